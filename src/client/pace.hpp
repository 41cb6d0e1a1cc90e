// How fast a provider may send and repeat: what its sends' ends have taught.
#pragma once
#include "client/attempt_report.hpp"
#include "core/concurrency_limit.hpp"
#include "core/retry_budget.hpp"
#include <chrono>
#include <cstddef>
#include <twilio_sms/observer.hpp>

namespace twilio_sms::detail {

/// Runs on the strand.
class pace {
public:
    explicit pace(std::size_t max_connections) : limit_(max_connections) {}

    /// Messages that may be in flight now.
    std::size_t limit() const noexcept { return limit_.current(); }

    void attempt_ended(attempt_report const& report, verdict const& what, std::size_t in_flight,
                       std::chrono::steady_clock::time_point now, observer* told)
    {
        if (what.conditions.contains(condition::throttled)) {
            if (limit_.on_throttled(in_flight, now) && told)
                told->on_throttle({limit_.current()});
        } else if (report.end.http_status != 0) {
            limit_.on_answered();
        }
        if (what.fate == fate::accepted || what.fate == fate::rejected)
            budget_.answered();
    }

    /// May the send that failed like this be repeated? Else its message says why not.
    bool allows_repeat(failure& failed)
    {
        if (budget_.take())
            return true;
        failed.message += "; not repeated, since too many sends are failing just now";
        return false;
    }

private:
    concurrency_limit limit_;
    retry_budget budget_;
};

} // namespace twilio_sms::detail
