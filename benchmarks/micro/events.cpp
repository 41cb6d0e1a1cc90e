// What is told of a send, and to whom.
#include "cases.hpp"
#include "client/monitor.hpp"
#include "samples.hpp"
#include <chrono>
#include <memory>
#include <twilio_sms/log.hpp>
#include <twilio_sms/stats.hpp>

namespace twilio_sms::benchmarks {
namespace {

using namespace std::chrono_literals;

class listener : public observer {
public:
    void on_attempt(attempt_event const& e) noexcept override { keep(e); }
    void on_outcome(outcome_event const& e) noexcept override { keep(e); }
};

// The events of a send that is accepted at once.
micro_case telling(std::string name, std::shared_ptr<observer> who)
{
    auto const watch = std::make_shared<detail::monitor>(std::move(who), 4);
    auto const op = std::make_shared<detail::operation>();
    op->to = code_message.to;
    op->attempts = 1;
    receipt r;
    r.sid = "SM8af02b4fd2811b2cf63689cd751d42c7";
    r.status = "queued";
    return repeating(std::move(name), [watch, op, r] {
        watch->attempt_begins(*op, true);
        watch->answered(142ms);
        watch->ended(*op, r, 143ms);
        keep(watch->count);
    });
}

micro_case adding()
{
    return repeating("histogram_add", [all = latency_histogram()]() mutable {
        all.add(143ms);
        keep(all);
    });
}

} // namespace

std::vector<micro_case> event_cases()
{
    return {adding(), telling("events_unheard", nullptr), telling("events_heard", std::make_shared<listener>()),
            telling("events_logged", make_log_observer(log_level::info, [](log_event const& e) { keep(e); }))};
}

} // namespace twilio_sms::benchmarks
