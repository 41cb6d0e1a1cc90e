// Starts per second.
#pragma once
#include <algorithm>
#include <chrono>

namespace twilio_sms::detail {

/// Spaces starts evenly at a rate (the generic cell rate algorithm). After a pause up to 50 ms worth of starts may
/// follow at once, so that coarse timers do not lower the rate; never more.
class rate_limiter {
public:
    using time_point = std::chrono::steady_clock::time_point;
    using duration = std::chrono::steady_clock::duration;

    /// Precondition: `per_second` > 0.
    explicit rate_limiter(double per_second) noexcept
        : interval_(std::chrono::duration_cast<duration>(
              std::min(std::chrono::duration<double>(1.0 / per_second), std::chrono::duration<double>(longest))))
    {}

    /// When the next start may happen; not after `now` means now.
    time_point next_start() const noexcept { return due_; }

    /// Records a start at `now`. Precondition: `next_start() <= now`.
    void started(time_point now) noexcept { due_ = std::max(due_, now - slack) + interval_; }

    static constexpr std::chrono::milliseconds slack{50};

private:
    static constexpr std::chrono::hours longest{24 * 365}; // slower rates would leave the clock's range

    duration interval_;
    time_point due_ = time_point::min() + slack;
};

} // namespace twilio_sms::detail
