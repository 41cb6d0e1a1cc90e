#include "case_run.hpp"
#include "simulator/fault_plan.hpp"
#include "simulator/random_bits.hpp"
#include <algorithm>

namespace twilio_sms::test {
namespace {

std::string const number = "+15551230001";
std::string const other_number = "+15551230009";

tls_contexts& shared_tls()
{
    static tls_contexts contexts;
    return contexts;
}

run_settings settings_for(model_case const& c)
{
    run_settings s;
    s.policy = c.policy == model_policy::retry                ? unknown_policy::retry
               : c.policy == model_policy::resolve_then_retry ? unknown_policy::resolve_then_retry
                                                              : unknown_policy::report;
    s.max_retries = model_retries;
    s.tls = c.tls ? &shared_tls() : nullptr;
    s.own_clock_error = c.list.own_clock_error;
    s.twilio = c.list.twilio;
    s.twilio.seed = c.seed;
    if (!c.list.readable)
        s.total_timeout = 150s;
    if (c.what.step) {
        auto steps = std::vector<simulated_step>(static_cast<std::size_t>(c.always ? 4 : 1), *c.what.step);
        if (c.list.others == list_behaviour::neighbour::equal_inside)
            steps.front().foreign_equal = 5s;
        s.twilio.script[number] = steps;
        s.twilio.storm_length = 2;
    }
    return s;
}

// Of a simulator's fault that has two forms the wanted one, and lags that are long where they are to be.
std::uint64_t seed_for(model_case const& c)
{
    for (std::uint64_t seed = 1;; ++seed) {
        bool fits = !c.what.step || sim::decide_fault(seed, c.reused ? 1 : 0, sim::fault_probabilities()).other_form ==
                                        c.what.other_form;
        for (std::uint64_t position = 0; position < 6 && c.list.twilio.list_lag >= 1h; ++position)
            fits = fits && sim::unit_interval(sim::random_bits(seed, position, 23)) > 0.2;
        if (fits)
            return seed;
    }
}

void plan_faults(provider_run& run, model_case const& c)
{
    auto const left = std::make_shared<int>(c.always ? 1000 : 1);
    auto const& f = c.what;
    if (f.lookup != lookup_plan::works)
        run.net.on_lookup = [f, left] { return (*left)-- > 0 ? f.lookup : lookup_plan::works; };
    if (f.opening.what != opening_plan::kind::works)
        run.net.on_connect = [f, left] { return (*left)-- > 0 ? f.opening : opening_plan(); };
    if (!f.opens() && !f.step)
        run.net.on_request = [f, left, tls = c.tls](request_record const& r) {
            bool const is_it = tls || (r.creates && r.to == number);
            return is_it && (*left)-- > 0 ? f.request : request_plan();
        };
}

void others_before(provider_run& run, model_case const& c)
{
    using others = list_behaviour::neighbour;
    int const count = c.list.others == others::many_outside ? 120 : 1;
    if (c.list.others != others::equal_outside && c.list.others != others::other_outside && count == 1)
        return;
    if (c.what.step && c.list.others == others::equal_outside)
        return; // it would take the script's step
    for (int i = 0; i < count; ++i)
        run.foreign_message(number, c.list.others == others::equal_outside ? c.list.text : "something else");
    run.net.advance(60s);
}

void others_meanwhile(provider_run& run, model_case const& c)
{
    using others = list_behaviour::neighbour;
    bool const equal = c.list.others == others::equal_inside && !c.what.step;
    if (!equal && c.list.others != others::other_inside)
        return;
    run.net.advance(5s);
    run.foreign_message(number, equal ? c.list.text : "something else");
}

std::string long_field()
{
    return "&StatusCallback=https%3A%2F%2Fexample.test%2F" + std::string(40'000, 'x');
}

void compare(audit& a, prediction const& expected, provider_run const& run, std::size_t mine, std::size_t last)
{
    auto const& s = run.at(last);
    if (!s.outcome)
        return;
    auto const expect = [&](bool good, std::string const& what) {
        if (!good)
            a.wrong.push_back("expected " + what);
    };
    auto const& first = run.at(mine);
    auto const& r = *s.outcome;
    int const attempts = r.has_value() ? r.value().attempts : r.error().attempts;
    expect(s.what() == expected.fate, std::string(to_string(expected.fate)) + ", was " +
                                          std::string(to_string(s.what())) +
                                          (r.has_value() ? "" : ": " + r.error().message));
    expect(attempts == expected.attempts,
           std::to_string(expected.attempts) + " attempts, were " + std::to_string(attempts));
    auto const& about = run.subjects().at({first.to, first.text});
    expect(about.ours.size() == expected.messages,
           std::to_string(expected.messages) + " messages at Twilio, are " + std::to_string(about.ours.size()));
}

// A provider with everything prepared for the case's send.
void prepare(provider_run& run, model_case const& c)
{
    if (c.reused) {
        run.send(other_number, "warm-up");
        run.run_to_the_end(1s);
        run.net.advance(100ms);
    }
    plan_faults(run, c);
    others_before(run, c);
}

std::size_t send(provider_run& run, model_case const& c, std::optional<milliseconds> within = {})
{
    return run.send(number, c.list.text, c.list.more_fields + (c.what.long_request ? long_field() : ""), within);
}

} // namespace

audit run_case(model_case const& wanted)
{
    auto c = wanted;
    c.seed = seed_for(c);
    provider_run run(settings_for(c));
    prepare(run, c);
    auto const mine = send(run, c);
    others_meanwhile(run, c);
    run.run_to_the_end(15min);
    auto last = mine;
    if (c.policy == model_policy::report_then_resolve && run.can_resolve(mine)) {
        last = run.resolve(mine);
        run.run_to_the_end(15min);
    }
    auto const expected = predict(c);
    auto a = run.check(expected.promise_holds);
    compare(a, expected, run, mine, last);
    return a;
}

void run_interrupted(model_case const& wanted, interruption how, std::vector<audit>& results)
{
    auto c = wanted;
    c.seed = seed_for(c);
    std::vector<milliseconds> moments; // from the send on
    {
        provider_run run(settings_for(c));
        prepare(run, c);
        run.net.keeps_moments = true;
        auto const begun = run.net.now;
        send(run, c);
        run.run_to_the_end(15min);
        milliseconds before{0};
        for (auto const m : run.net.moments) {
            auto const at = std::chrono::floor<milliseconds>(m - begun);
            moments.push_back((before + at) / 2);
            moments.push_back(at);
            before = at;
        }
    }
    auto const last = std::unique(moments.begin(), moments.end());
    moments.erase(last, moments.end());
    for (auto const at : moments) {
        provider_run run(settings_for(c));
        prepare(run, c);
        std::size_t mine = run.sends();
        auto const begun = run.net.now;
        if (how != interruption::deadline)
            run.net.at(begun + at, [&](error_code) {
                if (how == interruption::cancel)
                    run.cancel(mine);
                else
                    run.shut_down();
            });
        mine = send(run, c, how == interruption::deadline ? std::optional(at) : std::nullopt);
        run.run_to_the_end(15min);
        auto a = run.check(predict(c).promise_holds);
        if (how != interruption::deadline && run.at(mine).outcome && run.at(mine).ended > begun + at + 1ms)
            a.wrong.push_back("did not end at once");
        for (auto& w : a.wrong)
            w += ", ended after " + std::to_string(at.count()) + " ms";
        results.push_back(std::move(a));
    }
}

audit run_together(std::array<fault, 3> const& faults, milliseconds apart, bool same_form)
{
    provider_run run{run_settings()};
    std::size_t next = 0;
    run.net.on_request = [&](request_record const& r) {
        return r.creates && next < faults.size() ? faults[next++].request : request_plan();
    };
    for (std::size_t i = 0; i < faults.size(); ++i) {
        run.send(number, "the same",
                 same_form ? "" : "&StatusCallback=https%3A%2F%2Fexample.test%2F" + std::to_string(i));
        run.net.advance(apart);
    }
    run.run_to_the_end(15min);
    auto a = run.check(true);
    if (!same_form)
        return a;
    std::size_t accepted = 0;
    for (auto const& f : faults) {
        model_case c;
        c.what = f;
        c.policy = model_policy::resolve_then_retry;
        accepted += predict(c).fate == fate::accepted;
    }
    auto const twilio_has = run.subjects().at({number, "the same"}).ours.size();
    if (a.accepted != accepted || twilio_has != accepted)
        a.wrong.push_back("expected " + std::to_string(accepted) + " accepted; " + std::to_string(a.accepted) +
                          " said to be, " + std::to_string(twilio_has) + " are");
    return a;
}

} // namespace twilio_sms::test
