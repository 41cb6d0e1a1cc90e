#include "simulator/sender_queues.hpp"
#include <algorithm>

namespace twilio_sms::detail::sim {

std::optional<std::chrono::milliseconds> sender_queues::enter(std::string_view sender, std::size_t segments,
                                                              time_point now)
{
    using std::chrono::milliseconds;
    if (!in_use())
        return milliseconds(0);
    auto found = busy_until_.find(sender);
    if (found == busy_until_.end())
        found = busy_until_.emplace(sender, 0.0).first;
    auto const at = static_cast<double>(now.time_since_epoch().count());
    double const wait = std::max(found->second - at, 0.0);
    double const waiting_segments = wait * segments_per_second_ / 1000;
    double const more = static_cast<double>(segments);
    if (limit_ != 0 && waiting_segments + more > static_cast<double>(limit_))
        return std::nullopt;
    found->second = at + wait + more * 1000 / segments_per_second_;
    constexpr double longest = 1e9; // ms, 11 days: more than Twilio keeps anything
    return milliseconds(static_cast<milliseconds::rep>(std::min(wait, longest)));
}

} // namespace twilio_sms::detail::sim
