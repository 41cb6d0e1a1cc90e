#include "client/attempt_report.hpp"
#include "client/failure_text.hpp"
#include "core/quotation.hpp"
#include "twilio/form_decode.hpp"
#include "twilio/reply_decoder.hpp"
#include "twilio/sent_message.hpp"

namespace twilio_sms::detail {
namespace {

// A server, or somebody on the way, may say back what it was told.
bool tells_secrets(std::string_view said, operation const& op, dispatcher_settings const& settings)
{
    auto const in = [said](std::string_view ours) { return quotes(said, ours); };
    bool found = settings.request->credentials_quoted_in(said);
    for_each_form_field(op.form, [&](std::string_view name, std::string_view value) {
        if (name == "Body" || name == "ContentVariables")
            found = found || in(value) || in(decode_form_value(value));
        return !found;
    });
    return found;
}

} // namespace

bool read_create_reply(attempt_report& report, reply_parser const& reply, operation const& op)
{
    auto& end = report.end;
    if (end.http_status < 200 || end.http_status >= 300) {
        auto error = decode_error(reply.body(), end.http_status);
        end.twilio_code = error.code;
        report.detail = std::move(error.message);
        return true;
    }
    static thread_local std::string named; // keeps its memory
    report.accepted = receipt();
    end.has_sid = decode_message(reply.body(), report.accepted, &named);
    if (!end.has_sid || may_be_recipient(named, op.to) || op.form.find("AddressRetention=obfuscate") != op.form.npos)
        return true;
    end.has_sid = false;
    report.detail = "it is about another message";
    return false;
}

attempt_report ended_by(breakdown why)
{
    attempt_report report;
    report.end.why = why;
    return report;
}

failure make_failure(operation const& op, attempt_report const& report, dispatcher_settings const& settings)
{
    auto const what = judge(report.end);
    std::string_view detail = report.detail;
    if (report.end.http_status != 0 && tells_secrets(detail, op, settings))
        detail = "its text is not shown, since it repeats the message or the credentials";
    failure f;
    f.code = what.code;
    f.fate = fate_of_send(what.fate, op.doubt != nullptr);
    f.conditions = what.conditions;
    f.twilio_code = report.end.twilio_code;
    f.http_status = report.end.http_status;
    f.attempts = op.attempts;
    if (!tells_secrets(report.request_id, op, settings))
        f.request_id = report.request_id;
    f.message = describe_failure(report.end, what,
                                 {settings.server, detail, settings.connect_timeout, settings.response_timeout,
                                  settings.total_timeout, settings.queue_timeout,
                                  settings.proxy ? std::string_view(settings.proxy->server) : std::string_view(),
                                  request_effect::sends, f.fate != what.fate});
    if (f.fate == fate::unknown && op.doubt && op.doubt->what)
        f.unresolved = op.doubt;
    return f;
}

std::shared_ptr<unresolved_send> make_doubt(operation const& op, attempt_report const& report,
                                            std::optional<creation_window> window)
{
    auto doubt = std::make_shared<unresolved_send>();
    doubt->what = recognisable(op.form);
    doubt->to = op.to;
    doubt->since = op.first_doubt ? op.first_doubt->since : report.begun;
    doubt->until = report.handed_over;
    doubt->window = window;
    if (window && op.first_doubt && op.first_doubt->window)
        doubt->window = window->hull(*op.first_doubt->window);
    return doubt;
}

receipt make_receipt(operation const& op, failure const& attempt, listed_message const& listed)
{
    receipt r;
    r.sid = listed.sid;
    r.status = listed.status;
    r.request_id = attempt.request_id;
    r.messaging_service_sid = listed.messaging_service_sid;
    r.from = listed.from;
    r.segments = listed.segments;
    r.attempts = op.attempts;
    r.evidence = evidence::list;
    if (listed.date_created)
        r.date_created = *listed.date_created;
    return r;
}

} // namespace twilio_sms::detail
