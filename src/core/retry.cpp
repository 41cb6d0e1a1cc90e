#include "core/retry.hpp"
#include <algorithm>

namespace twilio_sms::detail {
namespace {

// A kept connection that the peer closed while idle: no sign of trouble, and the request never got out.
bool died_while_idle(finished_attempt const& a) noexcept
{
    return a.reused_connection && a.what.fate == fate::not_sent && a.end.why == breakdown::connection_lost;
}

bool worth_repeating(retry_policy const& policy, finished_attempt const& a) noexcept
{
    if (!a.what.conditions.contains(condition::retryable))
        return false;
    if (a.end.why == breakdown::deadline || a.end.why == breakdown::queue_timeout)
        return false; // the time is used up
    switch (a.what.fate) {
    case fate::not_sent: return true;
    case fate::unknown: return policy.repeat_unknown;
    case fate::accepted:
    case fate::rejected: break;
    }
    return false;
}

} // namespace

duration backoff(int nth, std::chrono::milliseconds base, double random01) noexcept
{
    duration ceiling = base;
    for (int i = 1; i < nth && ceiling < max_backoff; ++i)
        ceiling *= 2;
    ceiling = std::min<duration>(ceiling, max_backoff);
    return std::chrono::duration_cast<duration>(ceiling * random01);
}

bool repeats_absent(retry_policy const& policy, int number, duration time_left) noexcept
{
    return number <= policy.max_retries && time_left > duration::zero();
}

next_step after_attempt(retry_policy const& policy, finished_attempt const& a, double random01) noexcept
{
    using enum next_step::kind;
    if (died_while_idle(a))
        return {replace_connection, {}};
    if (!worth_repeating(policy, a) || a.number > policy.max_retries)
        return {finish, {}};
    auto const delay = std::max(backoff(a.number, policy.retry_delay, random01), a.retry_after.value_or(duration()));
    if (delay >= a.time_left)
        return {finish, {}};
    return {repeat, delay};
}

} // namespace twilio_sms::detail
