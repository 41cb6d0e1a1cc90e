// How many requests may be in flight: lowered when Twilio throttles, raised again slowly.
#pragma once
#include <chrono>
#include <cstddef>

namespace twilio_sms::detail {

/// Additive increase, multiplicative decrease, as TCP does it. Starts at the maximum.
class concurrency_limit {
public:
    using time_point = std::chrono::steady_clock::time_point;

    explicit concurrency_limit(std::size_t maximum) noexcept : maximum_(static_cast<double>(maximum)), limit_(maximum_)
    {}

    /// Requests that may be in flight; at least 1.
    std::size_t current() const noexcept { return static_cast<std::size_t>(limit_); }

    /// An answer 429 came while `in_flight` requests, it included, were in flight. Answers to requests of the same
    /// burst say the same thing, so within `decrease_interval` only the first one counts. True when the limit fell.
    bool on_throttled(std::size_t in_flight, time_point now) noexcept;

    /// An answer that was not 429: one more request in flight after about `current()` of them.
    void on_answered() noexcept;

    static constexpr std::chrono::milliseconds decrease_interval{500};

private:
    double maximum_;
    double limit_;
    time_point last_decrease_ = time_point::min();
};

} // namespace twilio_sms::detail
