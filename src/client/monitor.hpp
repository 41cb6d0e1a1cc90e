// Who is told what happens: the counters always, the observer if there is one.
#pragma once
#include "client/counters.hpp"
#include "client/operation.hpp"
#include "core/fate.hpp"
#include <memory>
#include <string_view>
#include <twilio_sms/observer.hpp>
#include <twilio_sms/phone_number.hpp>
#include <utility>

namespace twilio_sms::detail {

/// Runs on the strand, except that `count` may be read anywhere.
class monitor {
public:
    using duration = std::chrono::steady_clock::duration;

    counters count;

    monitor(std::shared_ptr<observer> who, int attempts_allowed) noexcept
        : observer_(std::move(who)), attempts_allowed_(attempts_allowed)
    {}

    void media_dropped(operation const& op) const
    {
        if (observer_)
            for (auto const& media : op.dropped_media)
                observer_->on_media_dropped({mask_phone_number(op.to), media.index, media.reason});
    }

    void attempt_begins(operation& op, bool reused)
    {
        if (op.attempts > op.attempts_counted) { // else it goes on with another connection
            ++count.attempts;
            op.attempts_counted = op.attempts;
        }
        if (reused)
            ++count.reused;
        if (observer_)
            observer_->on_attempt({mask_phone_number(op.to), op.attempts, attempts_allowed_, reused, op.trace_parent});
    }

    /// The connection was dead before the request was handed over; the same attempt goes on with another.
    void connection_was_stale() noexcept { ++count.stale; }

    void answered(duration elapsed) noexcept { count.reply_time.add(elapsed); }

    void attempt_failed(operation const& op, failure const& why, bool repeats, bool asks, duration delay)
    {
        if (repeats && why.conditions.contains(condition::throttled))
            ++count.after_throttle;
        else if (repeats)
            ++(why.fate == fate::unknown ? count.after_unknown : count.after_not_sent);
        if (observer_)
            observer_->on_attempt_failed(
                {mask_phone_number(op.to), op.attempts, attempts_allowed_, why, repeats, asks, delay, op.trace_parent});
    }

    void repeat_withheld() noexcept { ++count.withheld; }

    void throttled() noexcept { ++count.throttled; }

    void limit_lowered(std::size_t limit) const
    {
        if (observer_)
            observer_->on_throttle({limit});
    }

    void in_doubt() noexcept { ++count.in_doubt; }

    /// What Twilio's list said. `sid` with `accepted`, `why` with `unknown`.
    void resolved(operation const& op, fate found, std::string_view sid, std::string_view why, bool repeats,
                  duration elapsed)
    {
        switch (found) {
        case fate::accepted: ++count.found; break;
        case fate::unknown: ++count.undecided; break;
        case fate::rejected:
        case fate::not_sent: ++count.absent; break;
        }
        if (repeats)
            ++count.after_asking;
        if (observer_)
            observer_->on_resolve({mask_phone_number(op.to), found, sid, why, repeats, elapsed, op.trace_parent});
    }

    /// Nobody waits for what the list says any more.
    void asking_abandoned() noexcept { ++count.undecided; }

    void ended(operation const& op, receipt const& r, duration elapsed)
    {
        ended(op, fate::accepted, &r, nullptr, elapsed);
    }
    void ended(operation const& op, failure const& f, duration elapsed) { ended(op, f.fate, nullptr, &f, elapsed); }

    void connection_opened(bool resumed)
    {
        ++count.opened;
        if (resumed)
            ++count.resumed;
        if (observer_)
            observer_->on_connection({connection_event::kind::opened, {}, open_connections(), count.waiting, resumed});
    }

    void connection_closed(std::string_view reason)
    {
        ++count.closed;
        if (observer_)
            observer_->on_connection({connection_event::kind::closed, reason, open_connections(), count.waiting});
    }

    std::size_t open_connections() const noexcept { return count.opened - count.closed; }

private:
    void ended(operation const& op, fate what, receipt const* accepted, failure const* failed, duration elapsed)
    {
        if (op.only_asks)
            return; // no send
        ++count.sends[static_cast<std::size_t>(what)];
        if (accepted)
            count.latency.add(elapsed);
        if (observer_)
            observer_->on_outcome({mask_phone_number(op.to), accepted, failed, op.attempts, elapsed, op.trace_parent});
    }

    std::shared_ptr<observer> const observer_;
    int const attempts_allowed_;
};

} // namespace twilio_sms::detail
