// A rate that several bulk runs share.
#pragma once
#include <atomic>
#include <chrono>
#include <twilio_sms/export.hpp>

namespace twilio_sms {

/// Spaces starts evenly at a rate (the generic cell rate algorithm). After a pause up to 50 ms worth of starts may
/// follow at once, so that coarse timers do not lower the rate; never more.
///
/// For one account that several providers serve, one for each thread say: give all their bulk runs the same one, see
/// `bulk_options::shared_rate`.
///
/// Thread safety: every function may be called from any thread at any time. No lock is taken.
class TWILIO_SMS_API rate_limit {
public:
    using time_point = std::chrono::steady_clock::time_point;

    /// Errors: throws `std::invalid_argument` unless `per_second` is above 0.
    explicit rate_limit(double per_second);

    rate_limit(rate_limit const&) = delete;
    rate_limit& operator=(rate_limit const&) = delete;

    /// Takes one start if one is due at `now`; false if none is.
    bool take(time_point now) noexcept;

    /// When the next start is due, unless others take it first; not after now means now.
    time_point next() const noexcept;

private:
    using duration = std::chrono::steady_clock::duration;

    duration const interval_;
    std::atomic<duration::rep> due_; // since the clock's epoch
};

} // namespace twilio_sms
