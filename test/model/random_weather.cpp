#include "random_weather.hpp"
#include <sstream>

namespace twilio_sms::test {
namespace {

manner any_manner(dice& chance)
{
    return static_cast<manner>(chance.from(0, 2));
}

// Mostly nothing, sometimes a lot.
double intensity(dice& chance, double most)
{
    return chance.happens(0.4) ? 0 : chance.unit() * chance.unit() * most;
}

gateway_answer any_gateway_answer(dice& chance)
{
    struct {
        int status, code;
    } const answers[] = {{301, 0},     {400, 21211}, {400, 0},     {401, 20003}, {403, 20003}, {404, 20404},
                         {408, 0},     {409, 20409}, {429, 20429}, {429, 0},     {429, 21611}, {429, 63038},
                         {500, 20500}, {502, 0},     {503, 0},     {200, 0},     {204, 0}};
    auto const& chosen = answers[chance.from(0, static_cast<int>(std::size(answers)) - 1)];
    gateway_answer a;
    a.status = chosen.status;
    if (chosen.code != 0)
        a.body = R"({"code":)" + std::to_string(chosen.code) + R"(,"message":"no"})";
    if (a.status == 429 && chance.happens(0.3))
        a.fields = "Retry-After: " + std::to_string(chance.from(0, 40)) + "\r\n";
    return a;
}

bool may_come_after_acceptance(gateway_answer const& a)
{
    return a.status < 300 || a.status == 408 || a.status >= 500; // what says nothing
}

void draw_faults(simulator_options& o, dice& chance)
{
    double left = 0.9;
    for (std::size_t i = 0; i < simulated_fault_count; ++i) {
        auto const p = std::min(left, intensity(chance, 0.3));
        o.faults[static_cast<simulated_fault>(i)] = p;
        left -= p;
    }
    o.faults[simulated_fault::throttle_storm] *= 0.05;
    o.storm_length = static_cast<std::size_t>(chance.from(1, 30));
    left = 0.9;
    bool const forbids = chance.happens(0.05);
    for (std::size_t i = 0; i < simulated_list_fault_count; ++i) {
        auto const what = static_cast<simulated_list_fault>(i);
        auto const p = std::min(left, intensity(chance, 0.4));
        if (what == simulated_list_fault::forbidden && !forbids)
            continue;
        o.list_faults[what] = p;
        left -= p;
    }
}

} // namespace

climate draw_climate(dice& chance)
{
    climate c;
    auto& s = c.settings;
    s.policy = static_cast<unknown_policy>(chance.from(0, 2));
    s.max_retries = chance.from(0, 4);
    s.total_timeout = milliseconds(chance.from(10'000, 240'000));
    s.queue_timeout = milliseconds(chance.from(100, 20'000));
    s.settle_time = milliseconds(chance.from(1, 4) == 1 ? chance.from(1'000, 20'000) : 45'000);
    s.retry_delay = milliseconds(chance.from(1, 2'000));
    s.max_connections = static_cast<std::size_t>(chance.from(1, 16));
    if (chance.happens(0.2))
        s.own_clock_error = std::chrono::seconds(chance.from(-20'000, 20'000));

    auto& t = s.twilio;
    t.seed = static_cast<std::uint64_t>(chance.from(1, 1'000'000'000));
    if (chance.happens(0.8))
        draw_faults(t, chance);
    t.foreign_equal = chance.happens(0.2) ? 0.1 * chance.unit() : 0;
    t.foreign_other = chance.happens(0.2) ? 0.2 * chance.unit() : 0;
    t.foreign_offset = milliseconds(chance.from(0, 120'000));
    t.pages_shift = chance.happens(0.3);
    t.trial_prefix = chance.happens(0.1);
    t.smart_encoding = chance.happens(0.1);
    t.clock_skew = milliseconds(chance.happens(0.2) ? chance.from(-40'000'000, 40'000'000) : 0);
    t.delivery_time = milliseconds(chance.from(0, 100'000));
    if (chance.happens(0.1))
        t.max_concurrency = static_cast<std::size_t>(chance.from(1, 8));
    if (chance.happens(0.1)) {
        t.messages_per_second = 1 + 10 * chance.unit();
        t.queue_limit = static_cast<std::size_t>(chance.from(1, 100));
    }

    c.latency = milliseconds(chance.happens(0.2) ? chance.from(0, 20'000) : chance.from(0, 300));
    s.slowest_reply = c.latency;
    c.promise_holds = chance.happens(0.7);
    auto const all = c.promise_holds ? s.settle_time - 100ms : milliseconds(2 * s.settle_time);
    c.longest_delay = milliseconds(chance.from(0, static_cast<int>(all.count() / 2)));
    t.late_acceptance = milliseconds(chance.from(0, static_cast<int>(all.count() / 4)));
    t.list_lag = milliseconds(chance.happens(0.5) ? chance.from(0, static_cast<int>(all.count() / 4)) : 0);

    if (chance.happens(0.8)) {
        c.opening_fails = intensity(chance, 0.5);
        c.request_breaks = intensity(chance, 0.2);
        c.lost = intensity(chance, 0.2);
        c.reply_breaks = intensity(chance, 0.2);
        c.gateway_answers = intensity(chance, 0.3);
        c.ends_after = intensity(chance, 0.5);
        c.delays = intensity(chance, 0.3);
    }
    return c;
}

lookup_plan climate::next_lookup(dice& chance) const
{
    if (!chance.happens(opening_fails))
        return lookup_plan::works;
    return chance.happens(0.5) ? lookup_plan::fails : lookup_plan::hangs;
}

opening_plan climate::next_opening(dice& chance) const
{
    opening_plan p;
    if (!chance.happens(opening_fails))
        return p;
    using enum opening_plan::kind;
    opening_plan::kind const kinds[] = {refused, swallowed, broken};
    p.what = kinds[chance.from(0, 2)];
    p.how = chance.happens(0.5) ? manner::close : manner::reset;
    return p;
}

request_plan climate::next_request(dice& chance, bool creates) const
{
    request_plan p;
    p.how = any_manner(chance);
    p.to_client = milliseconds(static_cast<int>(chance.unit() * static_cast<double>(latency.count())));
    if (chance.happens(ends_after))
        p.in_the_end = chance.happens(0.5) ? manner::close : manner::reset;
    if (chance.happens(ends_after * 0.05))
        p.surplus = "?";
    if (chance.happens(request_breaks)) {
        p.takes = chance.unit();
        if (chance.happens(0.2)) {
            p.early = true;
            p.how = manner::stall;
            p.instead = any_gateway_answer(chance);
        }
        return p;
    }
    if (chance.happens(lost)) {
        p.reaches_twilio = false;
        return p;
    }
    if (chance.happens(reply_breaks))
        p.delivers = static_cast<request_plan::part>(chance.from(0, 2));
    if (chance.happens(gateway_answers)) {
        p.instead = any_gateway_answer(chance);
        p.reaches_twilio = creates && may_come_after_acceptance(p.instead) && chance.happens(0.5);
    }
    if (creates && chance.happens(delays)) {
        p.to_twilio = milliseconds(static_cast<int>(chance.unit() * static_cast<double>(longest_delay.count())));
        p.breaks_at_once = chance.happens(0.5);
    }
    return p;
}

std::string climate::describe() const
{
    char const* const policies[] = {"resolve_then_retry", "report", "retry"};
    std::ostringstream out;
    out << policies[static_cast<int>(settings.policy)] << ", max_retries " << settings.max_retries << ", total_timeout "
        << settings.total_timeout.count() << " ms, settle_time " << settings.settle_time.count() << " ms, "
        << settings.max_connections << " connections, list_lag " << settings.twilio.list_lag.count()
        << " ms, late_acceptance " << settings.twilio.late_acceptance.count() << " ms, delays up to "
        << longest_delay.count() << " ms, clock_skew " << settings.twilio.clock_skew.count() << " ms, own clock "
        << settings.own_clock_error.count() << " s off" << (promise_holds ? "" : "; beyond the promise");
    return out.str();
}

std::string describe(request_plan const& p)
{
    char const* const manners[] = {"closed", "reset", "silence"};
    char const* const parts[] = {"no reply", "half a head", "half a body", "a reply"};
    std::ostringstream out;
    if (p.takes < 1)
        out << "a share of " << p.takes << " is taken, ";
    if (!p.reaches_twilio)
        out << "lost, ";
    if (p.to_twilio.count() != 0)
        out << "reaches Twilio after " << p.to_twilio.count() << " ms, ";
    if (p.instead.status != 0)
        out << "a gateway says " << p.instead.status << (p.early ? " early, " : ", ");
    out << parts[static_cast<int>(p.delivers)] << " after " << p.to_client.count()
        << " ms; if it breaks: " << manners[static_cast<int>(p.how)] << (p.breaks_at_once ? " at once" : "")
        << (p.in_the_end ? "; ends afterwards" : "");
    return out.str();
}

} // namespace twilio_sms::test
