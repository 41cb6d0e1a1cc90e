// Chance as a function: the same seed and number always give the same bits.
#pragma once
#include <cstdint>

namespace twilio_sms::detail::sim {

/// The finalizer of SplitMix64: every input bit changes half of the output bits.
constexpr std::uint64_t mix_bits(std::uint64_t x) noexcept
{
    x ^= x >> 30;
    x *= 0xbf58476d1ce4e5b9u;
    x ^= x >> 27;
    x *= 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

/// Draw number `draw` of event `n`.
constexpr std::uint64_t random_bits(std::uint64_t seed, std::uint64_t n, std::uint64_t draw) noexcept
{
    return mix_bits(mix_bits(seed + 0x9e3779b97f4a7c15u * (n + 1)) + draw);
}

/// From 0, inclusive, to 1, exclusive.
constexpr double unit_interval(std::uint64_t bits) noexcept
{
    return static_cast<double>(bits >> 11) * 0x1p-53;
}

} // namespace twilio_sms::detail::sim
