#include "client/counters.hpp"
#include <algorithm>

namespace twilio_sms::detail {

provider_stats counters::read() const noexcept
{
    provider_stats s;
    s.sends = {sends[0], sends[1], sends[2], sends[3]};
    s.attempts = attempts;
    s.repeats = {after_throttle, after_not_sent, after_unknown, after_asking, withheld};
    s.throttled = throttled;
    s.asked = {in_doubt, found, absent, undecided};
    // In this order, so that connections that come and go meanwhile never make a difference negative.
    std::uint64_t const under_way = busy, gone = closed;
    s.pool.opened = opened;
    s.pool.open = s.pool.opened - gone;
    s.pool.busy = std::min(under_way, static_cast<std::uint64_t>(s.pool.open));
    s.pool.idle = s.pool.open - s.pool.busy;
    s.pool.waiting = waiting;
    s.pool.resumed = resumed;
    s.pool.reused = reused;
    s.pool.stale = stale;
    s.latency = latency.read();
    s.reply_time = reply_time.read();
    return s;
}

} // namespace twilio_sms::detail
