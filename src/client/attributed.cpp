#include "client/attributed.hpp"
#include <algorithm>

namespace twilio_sms::detail {
namespace {

// Hex digits of either case: '0'-'9' are 0x30-0x39, letters have bit 6.
constexpr std::uint64_t digit(char c) noexcept
{
    auto const u = static_cast<unsigned char>(c);
    return (u & 0xfu) + (u >> 6) * 9u;
}

} // namespace

attributed_sids::packed_sid attributed_sids::pack(std::string_view sid) noexcept
{
    packed_sid packed{};
    for (std::size_t i = 0; i < 32; ++i)
        packed[i / 16] = packed[i / 16] << 4 | digit(sid[i + 2]);
    return packed;
}

void attributed_sids::add(std::string_view sid, time_point now)
{
    if (entries_.size() == most) {
        forgotten_until_ = entries_.front().added;
        entries_.pop_front();
    }
    entries_.push_back({pack(sid), now});
}

void attributed_sids::forget_before(time_point when) noexcept
{
    while (!entries_.empty() && entries_.front().added < when) {
        forgotten_until_ = entries_.front().added;
        entries_.pop_front();
    }
}

bool attributed_sids::contains(std::string_view sid) const noexcept
{
    auto const wanted = pack(sid);
    return std::ranges::any_of(entries_, [&](entry const& e) { return e.sid == wanted; });
}

} // namespace twilio_sms::detail
