#include "audit.hpp"
#include "numbered_text.hpp"
#include <algorithm>
#include <utility>

namespace twilio_sms::load {

// --- small_values ---

void small_values::resize(std::uint64_t size)
{
    size_ = size;
    fours_.resize((size + 3) / 4);
}

unsigned small_values::operator[](std::uint64_t at) const noexcept
{
    return fours_[at / 4] >> (at % 4 * 2) & 3u;
}

void small_values::set(std::uint64_t at, unsigned value) noexcept
{
    auto const shift = at % 4 * 2;
    auto& four = fours_[at / 4];
    four = static_cast<std::uint8_t>((four & ~(3u << shift)) | value << shift);
}

// --- told ---

void told::begin()
{
    all_.resize(all_.size() + 1);
}

void told::ended(std::uint64_t place, fate f) noexcept
{
    all_.set(place, f == fate::accepted ? accepted : f == fate::unknown ? unknown : refused);
}

// --- audit ---

audit::audit(std::vector<told const*> lanes, std::string run_id) : lanes_(std::move(lanes)), run_id_(std::move(run_id))
{
    std::uint64_t most = 0;
    for (auto const lane : lanes_)
        most = std::max(most, lane->size());
    times_taken_.resize(most * lanes_.size());
}

void audit::add(std::string_view truth_line)
{
    // Within a JSON string its quotation marks would be escaped.
    if (truth_line.find("\"foreign\":true") != truth_line.npos)
        return;
    auto const number = find_number(truth_line, run_id_);
    if (!number)
        return;
    ++so_far_.taken;
    if (*number >= times_taken_.size()) {
        ++so_far_.wrong; // never begun
        return;
    }
    auto const before = times_taken_[*number];
    if (before != 0)
        ++so_far_.duplicated;
    times_taken_.set(*number, std::min(before + 1, 2u));
}

audit_result audit::result() const
{
    audit_result r = so_far_;
    for (std::uint64_t number = 0; number < times_taken_.size(); ++number) {
        auto const& lane = *lanes_[number % lanes_.size()];
        auto const place = number / lanes_.size();
        auto const said = place < lane.size() ? lane[place] : told::nothing;
        bool const taken = times_taken_[number] != 0;
        r.lost += said == told::accepted && !taken;
        r.wrong += (said == told::refused || said == told::nothing) && taken;
        r.unknown += said == told::unknown;
        r.unknown_taken += said == told::unknown && taken;
    }
    return r;
}

} // namespace twilio_sms::load
