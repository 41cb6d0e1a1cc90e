// A provider's counts: written on its strand, read anywhere.
#pragma once
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <twilio_sms/stats.hpp>

namespace twilio_sms::detail {

/// A number with one writer at a time: plain loads and stores, no locked instruction.
class tally {
public:
    void operator++() noexcept { set(*this + 1); }
    void operator--() noexcept { set(*this - 1); }
    void operator+=(std::uint64_t n) noexcept { set(*this + n); }
    operator std::uint64_t() const noexcept { return value_.load(std::memory_order_relaxed); }

private:
    void set(std::uint64_t v) noexcept { value_.store(v, std::memory_order_relaxed); }

    std::atomic<std::uint64_t> value_ = 0;
};

class latency_tally {
public:
    void add(std::chrono::steady_clock::duration value) noexcept
    {
        auto const us = std::chrono::duration_cast<std::chrono::microseconds>(value);
        ++counts_[latency_histogram::bucket_of(us)];
        sum_ += static_cast<std::uint64_t>(us.count());
    }

    latency_histogram read() const noexcept
    {
        latency_histogram all;
        for (std::size_t i = 0; i < all.size; ++i)
            all.counts[i] = counts_[i];
        all.sum = std::chrono::microseconds(sum_);
        return all;
    }

private:
    std::array<tally, latency_histogram::size> counts_;
    tally sum_;
};

/// The names are those of `provider_stats`.
struct counters {
    std::array<tally, 4> sends; // by fate
    tally attempts;
    tally after_throttle, after_not_sent, after_unknown, after_asking, withheld;
    tally throttled;
    tally in_doubt, found, absent, undecided;
    tally opened, closed, resumed, reused, stale, busy, waiting;
    latency_tally latency, reply_time;

    provider_stats read() const noexcept;
};

} // namespace twilio_sms::detail
