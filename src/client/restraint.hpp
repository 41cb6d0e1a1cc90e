// What keeps a provider from overwhelming a server that is in trouble.
#pragma once
#include "client/monitor.hpp"
#include "core/concurrency_limit.hpp"
#include "core/fate.hpp"
#include "core/retry_budget.hpp"
#include <cstddef>

namespace twilio_sms::detail {

/// Runs on the strand.
class restraint {
public:
    restraint(std::size_t max_in_flight, monitor& watch) : limit_(max_in_flight), watch_(watch) {}

    /// Messages that may be in flight now.
    std::size_t limit() const noexcept { return limit_.current(); }

    /// What the end of an attempt teaches.
    void learn(attempt_end const& end, verdict const& what, std::size_t in_flight, time_point now)
    {
        if (what.conditions.contains(condition::throttled)) {
            watch_.throttled();
            if (limit_.on_throttled(in_flight, now))
                watch_.limit_lowered(limit_.current());
        } else if (end.http_status != 0) {
            limit_.on_answered();
        }
        if (what.fate == fate::accepted || what.fate == fate::rejected)
            budget_.answered();
    }

    /// May a failed attempt be repeated? If not, its failure says so. One that was throttled is paced by the limit.
    bool lets_repeat(failure& failed)
    {
        if (failed.conditions.contains(condition::throttled) || budget_.take())
            return true;
        watch_.repeat_withheld();
        failed.message += "; not repeated, since too many sends are failing just now";
        return false;
    }

private:
    concurrency_limit limit_;
    retry_budget budget_;
    monitor& watch_;
};

} // namespace twilio_sms::detail
