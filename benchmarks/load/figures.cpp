#include "figures.hpp"
#include "machine.hpp"
#include <algorithm>
#include <boost/json/array.hpp>
#include <chrono>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <utility>

namespace twilio_sms::load {
namespace {

constexpr double percentiles[] = {0, 10, 25, 50, 75, 90, 95, 97.5, 99, 99.5, 99.75, 99.9, 99.95, 99.975, 99.99};
constexpr std::pair<char const*, double> named_shares[] = {
    {"p50_us", 0.5}, {"p90_us", 0.9}, {"p99_us", 0.99}, {"p999_us", 0.999}, {"p9999_us", 0.9999}};

double microseconds(std::chrono::nanoseconds t)
{
    return static_cast<double>(t.count()) / 1000;
}

// Of 100 sends nobody knows a p99.9.
bool knows(histogram const& h, double share)
{
    return h.count() != 0 && static_cast<double>(h.count()) * (1 - share) > 1 - 1e-6;
}

boost::json::array percentile_curve(histogram const& h)
{
    boost::json::array curve;
    for (double const p : percentiles)
        if (knows(h, p / 100))
            curve.push_back({p, microseconds(h.quantile(p / 100))});
    return curve;
}

boost::json::array timeline(recording const& r)
{
    boost::json::array seconds;
    double left = r.seconds;
    for (auto const& s : r.timeline) {
        boost::json::object second{{"rate", static_cast<double>(s.accepted) / std::clamp(left, 1e-3, 1.0)}};
        if (s.accepted != 0)
            second["p99_us"] = s.latencies.quantile(0.99).count();
        seconds.push_back(std::move(second));
        left -= 1;
    }
    return seconds;
}

boost::json::object settings_json(settings const& s, std::string const& server)
{
    boost::json::object o{{"loop", s.loop()},           {"in_flight", s.in_flight},    {"threads", s.threads},
                          {"warm_up", s.warm_up},       {"seconds", s.seconds},        {"audit", s.audit},
                          {"recipients", s.recipients}, {"text_bytes", s.text.size()}, {"server", server}};
    if (s.rate)
        o["rate"] = *s.rate;
    if (s.poisson) {
        o["poisson"] = true;
        o["seed"] = s.seed;
    }
    if (s.settle_time)
        o["settle_time"] = *s.settle_time;
    if (s.response_timeout)
        o["response_timeout"] = *s.response_timeout;
    return o;
}

boost::json::object audit_json(audit_result const& a)
{
    return {{"taken", a.taken},    {"lost", a.lost},       {"duplicated", a.duplicated},
            {"wrong", a.wrong},    {"unknown", a.unknown}, {"unknown_taken", a.unknown_taken},
            {"pending", a.pending}};
}

boost::json::object counts_json(provider_stats const& s)
{
    return {{"attempts", s.attempts},
            {"throttled", s.throttled},
            {"repeats_after_throttle", s.repeats.after_throttle},
            {"repeats_after_not_sent", s.repeats.after_not_sent},
            {"repeats_after_asking", s.repeats.after_asking},
            {"in_doubt", s.asked.in_doubt},
            {"found", s.asked.found},
            {"absent", s.asked.absent},
            {"connections_opened", s.pool.opened},
            {"connections_resumed", s.pool.resumed},
            {"connections_stale", s.pool.stale}};
}

std::string now_text()
{
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::system_clock::now()));
}

} // namespace

std::uint64_t figures::failed() const noexcept
{
    auto const of = [this](fate f) { return measured.fates[static_cast<std::size_t>(f)]; };
    return of(fate::rejected) + of(fate::not_sent) + of(fate::unknown);
}

void add_counts(provider_stats& to, provider_stats const& of)
{
    to.attempts += of.attempts;
    to.throttled += of.throttled;
    to.repeats.after_throttle += of.repeats.after_throttle;
    to.repeats.after_not_sent += of.repeats.after_not_sent;
    to.repeats.after_asking += of.repeats.after_asking;
    to.asked.in_doubt += of.asked.in_doubt;
    to.asked.found += of.asked.found;
    to.asked.absent += of.asked.absent;
    to.pool.opened += of.pool.opened;
    to.pool.resumed += of.pool.resumed;
    to.pool.stale += of.pool.stale;
}

boost::json::object to_json(figures const& f)
{
    auto const& m = f.measured;
    auto const sends = static_cast<double>(m.accepted);
    boost::json::object o{{"client", "twilio-sms"},     {"in_flight", f.asked.in_flight},
                          {"threads", f.asked.threads}, {"seconds", m.seconds},
                          {"sends", m.accepted},        {"failed", f.failed()},
                          {"rate", sends / m.seconds}};
    if (m.accepted != 0) {
        o["cpu_us"] = static_cast<double>(m.used.cpu.count()) / sends;
        if (allocations_are_counted()) {
            o["allocations"] = static_cast<double>(m.used.allocations.calls) / sends;
            o["openssl_allocations"] = static_cast<double>(m.used.allocations.openssl_calls) / sends;
            o["allocated_bytes"] = static_cast<double>(m.used.allocations.bytes) / sends;
        }
    }
    for (auto const& [name, share] : named_shares)
        if (knows(m.latencies, share))
            o[name] = microseconds(m.latencies.quantile(share));
    if (m.latencies.count() != 0)
        o["max_us"] = microseconds(m.latencies.max());
    if (knows(m.late, 0.99))
        o["begun_late_p99_us"] = microseconds(m.late.quantile(0.99));
    o["peak_rss_kib"] = f.peak_resident_kib;
    o["connections"] = f.stats.pool.opened;
    o["outcomes"] = boost::json::object{
        {"accepted", m.fates[0]}, {"rejected", m.fates[1]}, {"not_sent", m.fates[2]}, {"unknown", m.fates[3]}};
    if (f.audited)
        o["audit"] = audit_json(*f.audited);
    o["percentiles"] = percentile_curve(m.latencies);
    o["timeline"] = timeline(m);
    o["provider"] = counts_json(f.stats);
    o["settings"] = settings_json(f.asked, f.server);
    o["machine"] = machine_facts();
    o["time"] = now_text();
    return o;
}

std::string summary(figures const& f)
{
    auto const& m = f.measured;
    auto const sends = static_cast<double>(m.accepted);
    std::string text =
        fmt::format("{} loop, {} in flight, {} thread{}, {:.1f} s: {} sends, {:.0f} a second, {} failed\n",
                    f.asked.loop(), f.asked.in_flight, f.asked.threads, f.asked.threads == 1 ? "" : "s", m.seconds,
                    m.accepted, sends / m.seconds, f.failed());
    if (m.accepted != 0) {
        text += fmt::format("a send: {:.2f} us of CPU", static_cast<double>(m.used.cpu.count()) / sends);
        if (allocations_are_counted())
            text += fmt::format(", {:.2f} allocations ({:.2f} of OpenSSL), {:.0f} bytes",
                                static_cast<double>(m.used.allocations.calls) / sends,
                                static_cast<double>(m.used.allocations.openssl_calls) / sends,
                                static_cast<double>(m.used.allocations.bytes) / sends);
        text += '\n';
    }
    if (m.latencies.count() != 0) {
        text += "latency in us:";
        for (auto const& [name, share] : named_shares)
            if (knows(m.latencies, share))
                text += fmt::format(" p{:g} {:.0f},", share * 100, microseconds(m.latencies.quantile(share)));
        text += fmt::format(" max {:.0f}\n", microseconds(m.latencies.max()));
    }
    text += fmt::format("{} connections opened, peak memory {} KiB\n", f.stats.pool.opened, f.peak_resident_kib);
    if (f.audited)
        text += fmt::format("audit: {} taken; {} lost, {} duplicated, {} wrong, {} unknown ({} of them taken){}\n",
                            f.audited->taken, f.audited->lost, f.audited->duplicated, f.audited->wrong,
                            f.audited->unknown, f.audited->unknown_taken,
                            f.audited->pending != 0 ? fmt::format(", {} still to be taken", f.audited->pending) : "");
    return text;
}

} // namespace twilio_sms::load
