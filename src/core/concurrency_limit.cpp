#include "core/concurrency_limit.hpp"
#include <algorithm>

namespace twilio_sms::detail {

bool concurrency_limit::on_throttled(std::size_t in_flight, time_point now) noexcept
{
    if (last_decrease_ != time_point::min() && now - last_decrease_ < decrease_interval)
        return false;
    // From what was really in flight: the limit itself may never have been reached.
    double const lowered = std::max(1.0, std::min(limit_, static_cast<double>(in_flight)) * 0.7);
    bool const fell = lowered < limit_;
    limit_ = lowered;
    last_decrease_ = now;
    return fell;
}

void concurrency_limit::on_answered() noexcept
{
    limit_ = std::min(maximum_, limit_ + 1.0 / limit_);
}

} // namespace twilio_sms::detail
