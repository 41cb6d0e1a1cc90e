// The findings about the connection.
#include "cli/doctor_findings.hpp"
#include "cli/option_names.hpp"
#include "core/twilio_codes.hpp"
#include <cstdlib>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace twilio_sms::cli {
namespace {

using detail::breakdown;
using std::chrono::milliseconds;

constexpr std::chrono::seconds tolerated_offset{10};

// "what is wrong; nothing was sent; what to do", of which a doctor's visitor knows the middle.
finding failed(std::string check, std::string text)
{
    constexpr std::string_view known = "; nothing was sent";
    if (auto const at = text.find(known); at != text.npos)
        text.erase(at, known.size());
    auto const advice = text.find("; ");
    if (advice == text.npos)
        return {std::move(check), health::problem, std::move(text), "try again; see status.twilio.com"};
    return {std::move(check), health::problem, text.substr(0, advice), with_names_of_flags(text.substr(advice + 2))};
}

finding about_proxy(detail::connection_check const& seen)
{
    return {"proxy", health::ok, seen.proxy.empty() ? "none is used for " + seen.server : seen.proxy + " is used", ""};
}

finding about_names(detail::connection_check const& seen)
{
    if (seen.addresses.empty())
        return failed("name look-up", seen.problem);
    return {"name look-up", health::ok,
            fmt::format("{} in {} ms", fmt::join(seen.addresses, ", "), seen.lookup_time.count()), ""};
}

bool is_about_tls(breakdown why)
{
    return why == breakdown::tls || why == breakdown::certificate;
}

finding about_connection(detail::connection_check const& seen)
{
    bool const through_proxy = seen.why != breakdown::proxy_refused && seen.why != breakdown::proxy_failed;
    if (seen.address.empty() || !through_proxy)
        return failed("connection", seen.problem);
    return {"connection", health::ok, fmt::format("to {} in {} ms", seen.address, seen.connect_time.count()), ""};
}

std::string chain_text(detail::handshake_facts const& facts)
{
    std::vector<std::string> parts;
    for (auto const& c : facts.chain)
        parts.push_back(fmt::format("{} issued by {}, expires {:%Y-%m-%d}", c.subject, c.issuer,
                                    fmt::gmtime(c.expires.time_since_epoch().count())));
    return fmt::format("{}", fmt::join(parts, " <- "));
}

finding about_tls(detail::connection_check const& seen, provider_options const& options)
{
    if (!seen.tls) {
        if (!options.allow_insecure_http)
            return {"TLS", health::ok, "none: http:// to this machine", ""};
        return {"TLS", health::warning, "none: http:// shows the credentials to the network",
                "use https:// in --base-url"};
    }
    if (!seen.open) {
        auto f = failed("TLS", seen.problem);
        if (!seen.handshake.chain.empty())
            f.what += " (" + chain_text(seen.handshake) + ')';
        return f;
    }
    return {"TLS", health::ok, seen.handshake.protocol + ", " + chain_text(seen.handshake), ""};
}

finding about_clock(detail::connection_check::ahead const& clock)
{
    auto const middle = (clock.least + clock.most) / 2;
    auto const text = fmt::format(
        "{:.1f} s {} the server's, give or take {:.1f} s", std::abs(double(middle.count())) / 1000,
        middle < milliseconds(0) ? "behind" : "ahead of", double((clock.most - clock.least).count()) / 2000);
    if (clock.least <= tolerated_offset && clock.most >= -tolerated_offset)
        return {"clock", health::ok, text, ""};
    return {"clock", health::warning, text + "; certificates and send_at depend on it",
            "let the system keep the time (timedatectl set-ntp true)"};
}

std::string reply_text(detail::connection_check const& seen)
{
    auto text = fmt::format("HTTP {} from {}", seen.http_status, seen.server);
    if (seen.twilio_code != 0)
        text += fmt::format(", code {}", seen.twilio_code);
    return seen.twilio_text.empty() ? text : text + ": " + seen.twilio_text;
}

std::string advice_or(int code, std::string_view otherwise)
{
    auto const known = detail::advice_for_twilio_code(code);
    return with_names_of_flags(std::string(known.empty() ? otherwise : known));
}

finding listing_forbidden(detail::connection_check const& seen, provider_options const& options)
{
    if (options.when_unknown != unknown_policy::resolve_then_retry)
        return {"list", health::ok, "not allowed (" + reply_text(seen) + "), and not needed for this --when-unknown",
                ""};
    return {"list", health::warning,
            "not allowed (" + reply_text(seen) + "), so Twilio cannot be asked: an unknown outcome stays unknown",
            "use credentials that may read messages, or set --when-unknown report to be told at once"};
}

bool is_about_account(int code)
{
    return code == 20005 || code == 20010 || code == 20403; // not active, disabled, suspended
}

std::vector<finding> about_reply(detail::connection_check const& seen, provider_options const& options)
{
    auto const status = seen.http_status;
    if (seen.is_list)
        return {{"credentials", health::ok, "accepted", ""},
                {"list", health::ok, "messages can be listed, so Twilio can be asked about an unknown outcome", ""}};
    if (status == 403 && !is_about_account(seen.twilio_code))
        return {{"credentials", health::ok, "accepted", ""}, listing_forbidden(seen, options)};
    if (status == 401 || status == 403 || status == 404)
        return {{"credentials", health::problem, reply_text(seen),
                 advice_or(seen.twilio_code, detail::advice_for_twilio_code(status == 404 ? 20404 : 20003))}};
    if (status == 429)
        return {{"credentials", health::warning, "not checked: " + reply_text(seen), "try again when less is sent"}};
    if (status >= 500)
        return {{"answer", health::problem, reply_text(seen), "try again; see status.twilio.com"}};
    if (status < 300)
        return {{"answer", health::problem, reply_text(seen) + " is not a list of messages",
                 "check --base-url: that is not Twilio"}};
    return {{"answer", health::problem, reply_text(seen), advice_or(seen.twilio_code, "check base_url")}};
}

} // namespace

std::vector<finding> judge_connection(detail::connection_check const& seen, provider_options const& options)
{
    std::vector<finding> all{about_proxy(seen), about_names(seen)};
    auto const go_on = [&all] { return all.back().state != health::problem; };
    if (go_on())
        all.push_back(about_connection(seen));
    if (go_on() && (seen.open || is_about_tls(seen.why)))
        all.push_back(about_tls(seen, options));
    if (go_on() && seen.http_status == 0)
        all.push_back(failed("answer", seen.problem));
    if (!go_on())
        return all;
    if (seen.clock)
        all.push_back(about_clock(*seen.clock));
    for (auto& f : about_reply(seen, options))
        all.push_back(std::move(f));
    return all;
}

} // namespace twilio_sms::cli
