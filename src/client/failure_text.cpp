#include "client/failure_text.hpp"
#include "core/twilio_codes.hpp"

namespace twilio_sms::detail {
namespace {

std::string seconds(std::chrono::milliseconds limit)
{
    auto const ms = limit.count();
    if (ms % 1000 == 0)
        return std::to_string(ms / 1000) + " s";
    return std::to_string(ms) + " ms";
}

std::string_view possible_effect(request_effect effect)
{
    switch (effect) {
    case request_effect::sends: return "the message may have been sent";
    case request_effect::changes: return "the change may have been made";
    case request_effect::asks: break;
    }
    return "which changes nothing";
}

std::string request_state(handover request, request_effect effect)
{
    switch (request) {
    case handover::nothing: return "nothing was sent";
    case handover::incomplete_record: return "the request was not handed over whole, so nothing was sent";
    case handover::some: return "part of the request was handed over";
    case handover::whole: break;
    }
    return std::string("the request was handed over, ")
        .append(effect == request_effect::asks ? "" : "so ")
        .append(possible_effect(effect));
}

// What this one did not do must not be said then: it would be taken for the whole.
std::string_view earlier_effect(request_effect effect)
{
    return effect == request_effect::sends ? "an earlier attempt may have been sent"
                                           : "an earlier attempt may have made the change";
}

std::string with_detail(std::string text, std::string_view detail)
{
    if (!detail.empty())
        text.append(": ").append(detail);
    return text;
}

// Where there is no answer: what broke, and what to do.
std::string describe_breakdown(attempt_end const& end, verdict const& what, failure_context const& c)
{
    std::string const server(c.server);
    std::string const dialled = c.proxy.empty() ? server : "the proxy " + std::string(c.proxy);
    std::string const check_place = c.proxy.empty() ? "check base_url" : "check proxy";
    std::string text, advice;
    switch (what.code == errc::early_reply ? breakdown::early_reply : end.why) {
    case breakdown::name_lookup:
        text = with_detail("cannot find the address of " + dialled, c.detail);
        advice = check_place + " and the machine's name service";
        break;
    case breakdown::connect:
        text = with_detail("cannot connect to " + dialled, c.detail);
        advice = check_place + ", the network and firewalls";
        break;
    case breakdown::connect_timeout:
        text = "no connection to " + server + (c.proxy.empty() ? "" : " through " + dialled) +
               " within connect_timeout (" + seconds(c.connect_timeout) + ")";
        advice = check_place + ", the network and firewalls";
        break;
    case breakdown::proxy_refused:
        text = with_detail(dialled + " refused a connection to " + server, c.detail);
        advice = "check the user name and password in proxy, and whether the proxy lets this through";
        break;
    case breakdown::proxy_failed:
        text = with_detail(dialled + " made no connection to " + server, c.detail);
        advice = "check that proxy names an HTTP proxy and that it can reach the server";
        break;
    case breakdown::tls:
        text = with_detail("TLS with " + server + " failed", c.detail);
        advice = "check that base_url names an https server";
        break;
    case breakdown::certificate:
        text = with_detail("the certificate of " + server + " is not trusted", c.detail); // with advice of its own
        break;
    case breakdown::connection_lost: text = with_detail("the connection to " + server + " was lost", c.detail); break;
    case breakdown::response_timeout:
        text = "no answer from " + server + " within response_timeout (" + seconds(c.response_timeout) + ")";
        break;
    case breakdown::deadline:
        text = std::string("the time for this ") + (c.effect == request_effect::sends ? "send" : "request") +
               " was up (total_timeout is " + seconds(c.total_timeout) + ")";
        break;
    case breakdown::queue_timeout:
        text = "no connection came free within queue_timeout (" + seconds(c.queue_timeout) + ")";
        advice = "raise max_connections or send slower";
        break;
    case breakdown::reply_too_large:
        text = "the answer of " + server + " is too large";
        if (c.effect == request_effect::asks)
            advice = "ask for a smaller page_size";
        break;
    case breakdown::early_reply: text = server + " answered before it had the whole request"; break;
    case breakdown::cancelled: text = "cancelled"; break;
    case breakdown::closed: text = "the provider was closed"; break;
    case breakdown::none:
    case breakdown::malformed_reply:
        text = with_detail("the answer of " + server + " is not readable", c.detail);
        break;
    }
    text.append("; ").append(c.earlier_in_doubt ? earlier_effect(c.effect) : request_state(end.request, c.effect));
    if (!advice.empty())
        text.append("; ").append(advice);
    return text;
}

} // namespace

std::string describe_failure(attempt_end const& end, verdict const& what, failure_context const& c)
{
    bool const answered = end.why == breakdown::none && end.request == handover::whole && end.http_status >= 300;
    if (!answered)
        return describe_breakdown(end, what, c);

    std::string text = "HTTP " + std::to_string(end.http_status) + " from " + std::string(c.server);
    if (end.twilio_code != 0)
        text.append(", code ").append(std::to_string(end.twilio_code));
    text = with_detail(std::move(text), c.detail.ends_with('.') ? c.detail.substr(0, c.detail.size() - 1) : c.detail);
    if (what.fate == fate::unknown)
        text.append("; ").append(possible_effect(c.effect));
    else if (c.earlier_in_doubt)
        text.append("; ").append(earlier_effect(c.effect));
    std::string_view advice = c.effect != request_effect::sends && says_absent(end)
                                  ? "check the SID: the account has no such message or media, or not any more"
                                  : advice_for_twilio_code(end.twilio_code);
    if (advice.empty() && what.code == errc::redirected)
        advice = "redirects are not followed: check base_url";
    else if (advice.empty() && what.conditions.contains(condition::account))
        advice = advice_for_twilio_code(20003);
    else if (advice.empty() && what.conditions.contains(condition::configuration))
        advice = "check base_url";
    if (!advice.empty())
        text.append("; ").append(advice);
    return text;
}

} // namespace twilio_sms::detail
