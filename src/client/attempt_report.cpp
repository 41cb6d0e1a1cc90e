#include "client/attempt_report.hpp"
#include "client/failure_text.hpp"

namespace twilio_sms::detail {

attempt_report ended_by(breakdown why)
{
    attempt_report report;
    report.end.why = why;
    return report;
}

failure make_failure(operation const& op, attempt_report const& report, dispatcher_settings const& settings)
{
    auto const what = judge(report.end);
    failure f;
    f.code = what.code;
    f.fate = fate_of_send(what.fate, op.maybe_sent);
    f.conditions = what.conditions;
    f.twilio_code = report.end.twilio_code;
    f.http_status = report.end.http_status;
    f.attempts = op.attempts;
    f.request_id = report.request_id;
    f.message = describe_failure(report.end, what,
                                 {settings.server, report.detail, settings.connect_timeout, settings.response_timeout,
                                  settings.total_timeout, settings.queue_timeout,
                                  settings.proxy ? std::string_view(settings.proxy->server) : std::string_view()});
    if (f.fate != what.fate)
        f.message += "; an earlier attempt may have been sent";
    return f;
}

} // namespace twilio_sms::detail
