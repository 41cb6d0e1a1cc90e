#include "client/attributed.hpp"
#include <algorithm>
#include <cstring>

namespace twilio_sms::detail {
namespace {

// The hex digits, eight at a time; of either case, which is their bit 5, as all digits have it.
std::uint64_t key_of(std::string_view sid) noexcept
{
    std::uint64_t key = 0;
    for (std::size_t at = 2; at != 34; at += 8) {
        std::uint64_t digits = 0;
        std::memcpy(&digits, sid.data() + at, sizeof digits);
        key = (key ^ (digits | 0x2020202020202020u)) * 0x9e3779b97f4a7c15u;
        key ^= key >> 32;
    }
    return key;
}

} // namespace

void attributed_sids::add(std::string_view sid, time_point now)
{
    if (keys_.size() == most)
        forget_oldest(1);
    if (groups_.empty() || now - groups_.back().first >= step)
        groups_.push_back({now, now, 0});
    keys_.push_back(key_of(sid));
    groups_.back().last = now;
    ++groups_.back().size;
}

void attributed_sids::forget_before(time_point when) noexcept
{
    while (!groups_.empty() && groups_.front().last < when)
        forget_oldest(groups_.front().size);
}

void attributed_sids::forget_oldest(std::size_t count) noexcept
{
    auto& oldest = groups_.front();
    forgotten_until_ = oldest.last;
    keys_.erase(keys_.begin(), keys_.begin() + static_cast<std::ptrdiff_t>(count));
    oldest.size -= count;
    if (oldest.size == 0)
        groups_.pop_front();
}

bool attributed_sids::contains(std::string_view sid) const noexcept
{
    return std::ranges::find(keys_, key_of(sid)) != keys_.end();
}

} // namespace twilio_sms::detail
