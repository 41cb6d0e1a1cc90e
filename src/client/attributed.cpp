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

std::uint64_t key_of(std::string_view sid) noexcept
{
    std::uint64_t halves[2] = {};
    for (std::size_t i = 0; i < 32; ++i)
        halves[i / 16] = halves[i / 16] << 4 | digit(sid[i + 2]);
    auto const mixed = halves[0] * 0x9e3779b97f4a7c15u; // halves that depend on each other shall not cancel out
    return (mixed ^ mixed >> 32) + halves[1];
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
