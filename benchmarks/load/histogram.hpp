// Durations, counted in buckets that grow with them.
#pragma once
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace twilio_sms::load {

/// Nanoseconds up to 73 minutes; longer ones are in the last bucket. A bucket is at most 1/128 of its durations wide,
/// so what `quantile` says is at most 0.8 % too high, and never too low.
class histogram {
public:
    static constexpr std::size_t size = 4608;

    void add(std::chrono::nanoseconds value) noexcept;
    histogram& operator+=(histogram const& other) noexcept;

    std::uint64_t count() const noexcept { return count_; }
    std::chrono::nanoseconds max() const noexcept { return max_; } ///< exact

    /// A duration that this share of all is not above; zero when there are none.
    /// Precondition: `share` is from 0 to 1, e.g. 0.99.
    std::chrono::nanoseconds quantile(double share) const noexcept;

    static std::size_t bucket_of(std::chrono::nanoseconds value) noexcept;
    static std::chrono::nanoseconds upper_bound(std::size_t bucket) noexcept; ///< the longest duration in it

private:
    std::array<std::uint64_t, size> counts_{};
    std::uint64_t count_ = 0;
    std::chrono::nanoseconds max_{};
};

} // namespace twilio_sms::load
