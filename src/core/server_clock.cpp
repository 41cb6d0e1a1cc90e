#include "core/server_clock.hpp"
#include <algorithm>

namespace twilio_sms::detail {
namespace {

using std::chrono::milliseconds;

milliseconds since_start(server_clock::time_point when) noexcept
{
    return std::chrono::floor<milliseconds>(when.time_since_epoch());
}

// Two clocks drift apart: far less than this, a thousandth.
milliseconds drift(std::chrono::steady_clock::duration passed) noexcept
{
    return std::max(std::chrono::ceil<milliseconds>(passed / 1000), milliseconds(0));
}

} // namespace

void server_clock::learn(time_point asked, time_point received, std::chrono::sys_seconds date) noexcept
{
    // The server's clock was in [date, date + 1 s) at some moment between the two.
    offset_range now{date.time_since_epoch() - since_start(received) - milliseconds(1),
                     date.time_since_epoch() + std::chrono::seconds(1) - since_start(asked), received};
    if (offset_) {
        auto const widened = drift(received - offset_->learnt);
        auto const least = std::max(now.least, offset_->least - widened);
        auto const most = std::min(now.most, offset_->most + widened);
        if (least <= most) {
            now.least = least;
            now.most = most;
        } else { // a clock was set, or one of the two is wrong: either may be right
            now.least = std::min(now.least, offset_->least);
            now.most = std::max(now.most, offset_->most);
        }
    }
    offset_ = now;
}

server_span server_clock::at(time_point when, time_point now, std::chrono::sys_seconds own_now) const noexcept
{
    using calendar = std::chrono::sys_time<milliseconds>;
    if (offset_) {
        auto const widened = drift(std::max(now - offset_->learnt, offset_->learnt - when));
        return {calendar(since_start(when) + offset_->least - widened),
                calendar(since_start(when) + offset_->most + widened)};
    }
    auto const guess = calendar(own_now) - std::chrono::floor<milliseconds>(now - when);
    return {guess - trust_in_own_clock, guess + trust_in_own_clock};
}

} // namespace twilio_sms::detail
