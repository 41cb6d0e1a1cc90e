#include <algorithm>
#include <stdexcept>
#include <twilio_sms/rate_limit.hpp>

namespace twilio_sms {
namespace {

using duration = std::chrono::steady_clock::duration;

constexpr std::chrono::milliseconds slack{50};
constexpr std::chrono::hours longest{24 * 365}; // slower rates would leave the clock's range

duration interval_of(double per_second)
{
    if (!(per_second > 0))
        throw std::invalid_argument("a rate must be above 0 a second");
    return std::chrono::duration_cast<duration>(
        std::min(std::chrono::duration<double>(1.0 / per_second), std::chrono::duration<double>(longest)));
}

} // namespace

rate_limit::rate_limit(double per_second) : interval_(interval_of(per_second)), due_((duration::min() + slack).count())
{}

bool rate_limit::take(time_point now) noexcept
{
    auto due = due_.load(std::memory_order_relaxed);
    duration::rep next = 0;
    do {
        if (duration(due) > now.time_since_epoch())
            return false;
        next = (std::max(duration(due), now.time_since_epoch() - slack) + interval_).count();
    } while (!due_.compare_exchange_weak(due, next, std::memory_order_relaxed));
    return true;
}

rate_limit::time_point rate_limit::next() const noexcept
{
    return time_point(duration(due_.load(std::memory_order_relaxed)));
}

} // namespace twilio_sms
