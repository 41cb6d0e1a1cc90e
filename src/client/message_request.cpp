#include "client/message_request.hpp"
#include "client/failure_text.hpp"
#include "twilio/reply_decoder.hpp"

namespace twilio_sms::detail {

void read_reply(message_request& r)
{
    auto& end = r.report.end;
    if (end.why != breakdown::none)
        return;
    if (end.http_status >= 200 && end.http_status < 300) {
        end.has_sid = r.removes ? end.http_status == 204 : r.take(r.report.detail);
        r.report.detail = end.has_sid ? "" : "it is not what was asked for"; // instead of what may be a message's text
        return;
    }
    auto error = decode_error(r.report.detail, end.http_status);
    end.twilio_code = error.code;
    r.report.detail = std::move(error.message);
}

failure make_failure(message_request const& r, dispatcher_settings const& settings)
{
    auto const& end = r.report.end;
    auto const what = judge_request(end, r.effect);
    auto const tells_secrets = [&](std::string_view said) { return settings.request->credentials_quoted_in(said); };
    std::string_view detail = r.report.detail;
    if (end.http_status != 0 && tells_secrets(detail))
        detail = "its text is not shown, since it repeats the credentials";
    failure f;
    f.code = what.code;
    f.fate = fate_of_send(what.fate, r.effect == request_effect::changes && r.in_doubt);
    f.conditions = what.conditions;
    f.twilio_code = end.twilio_code;
    f.http_status = end.http_status;
    f.attempts = r.attempts;
    if (!tells_secrets(r.report.request_id))
        f.request_id = r.report.request_id;
    f.message = describe_failure(end, what,
                                 {settings.server, detail, settings.connect_timeout, settings.response_timeout,
                                  settings.total_timeout, settings.queue_timeout,
                                  settings.proxy ? std::string_view(settings.proxy->server) : std::string_view(),
                                  r.effect, f.fate != what.fate});
    return f;
}

} // namespace twilio_sms::detail
