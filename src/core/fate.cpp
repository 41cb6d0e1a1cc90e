#include "core/fate.hpp"
#include "core/twilio_codes.hpp"

namespace twilio_sms::detail {
namespace {

fate fate_without_reply(handover request) noexcept
{
    switch (request) {
    case handover::nothing:
    case handover::incomplete_record: return fate::not_sent;
    case handover::some:
    case handover::whole: break;
    }
    return fate::unknown;
}

error_code code_of(breakdown why) noexcept
{
    switch (why) {
    case breakdown::name_lookup: return errc::name_lookup_failed;
    case breakdown::connect: return errc::connect_failed;
    case breakdown::connect_timeout: return errc::connect_timeout;
    case breakdown::proxy_refused: return errc::proxy_refused;
    case breakdown::proxy_failed: return errc::proxy_failed;
    case breakdown::tls: return errc::tls_failed;
    case breakdown::certificate: return errc::certificate_rejected;
    case breakdown::connection_lost: return errc::connection_lost;
    case breakdown::response_timeout: return errc::response_timeout;
    case breakdown::deadline: return errc::deadline_exceeded;
    case breakdown::queue_timeout: return errc::queue_timeout;
    case breakdown::reply_too_large: return errc::reply_too_large;
    case breakdown::early_reply: return errc::early_reply;
    case breakdown::cancelled: return errc::cancelled;
    case breakdown::closed: return errc::closed;
    case breakdown::none:
    case breakdown::malformed_reply: break;
    }
    return errc::malformed_reply;
}

conditions conditions_of(breakdown why) noexcept
{
    switch (why) {
    case breakdown::certificate:
    case breakdown::proxy_refused: return condition::configuration;
    case breakdown::connect_timeout:
    case breakdown::response_timeout:
    case breakdown::deadline:
    case breakdown::queue_timeout: return condition::timeout | condition::retryable;
    case breakdown::cancelled:
    case breakdown::closed: return condition::cancelled;
    default: return condition::retryable;
    }
}

verdict without_reply(attempt_end const& end, breakdown why) noexcept
{
    return {fate_without_reply(end.request), conditions_of(why), code_of(why)};
}

// Twilio's code when the body named one, else the HTTP status.
error_code code_of_reply(attempt_end const& end) noexcept
{
    return end.twilio_code != 0 ? error_code(end.twilio_code, twilio_category())
                                : error_code(end.http_status, http_category());
}

verdict client_error(attempt_end const& end) noexcept
{
    auto const code = code_of_reply(end);
    auto const meaning = conditions_of_twilio_code(end.twilio_code);
    switch (end.http_status) {
    case 401:
    case 403: return {fate::not_sent, condition::account, code};
    case 404:
        if (end.twilio_code == code_not_found)
            return {fate::not_sent, condition::account, code};
        if (end.twilio_code == 0) // not Twilio's API that answered
            return {fate::rejected, condition::configuration, code};
        break;
    case 407: return {fate::not_sent, condition::configuration, code};
    case 408: return {fate::unknown, condition::timeout | condition::retryable, code};
    case 409: return {fate::not_sent, condition::retryable, code};
    case 429:
        if (end.twilio_code == code_too_many_requests || end.twilio_code == 0)
            return {fate::not_sent, condition::throttled | condition::retryable, code};
        return {fate::not_sent, meaning.empty() ? conditions(condition::throttled) : meaning, code};
    default: break;
    }
    if (is_account_level(end.twilio_code))
        return {fate::not_sent, condition::account, code};
    return {fate::rejected, meaning, code};
}

} // namespace

breakdown breakdown_of_proxy(int http_status) noexcept
{
    if (http_status >= 200 && http_status < 300)
        return breakdown::none;
    return http_status == 403 || http_status == 407 ? breakdown::proxy_refused : breakdown::proxy_failed;
}

verdict judge(attempt_end const& end) noexcept
{
    if (end.why != breakdown::none)
        return without_reply(end, end.why);
    if (end.request != handover::whole)
        return without_reply(end, breakdown::early_reply);

    int const s = end.http_status;
    if (s >= 200 && s < 300) {
        if (end.has_sid)
            return {fate::accepted, {}, {}};
        return {fate::unknown, condition::retryable, errc::malformed_reply};
    }
    if (s >= 300 && s < 400)
        return {fate::rejected, condition::configuration, errc::redirected};
    if (s >= 400 && s < 500)
        return client_error(end);
    if (s >= 500 && s < 600)
        return {fate::unknown, condition::retryable, code_of_reply(end)};
    return {fate::unknown, condition::retryable, errc::malformed_reply};
}

} // namespace twilio_sms::detail
