#include "simulator/message_json.hpp"
#include "simulator/json_text.hpp"
#include "simulator/timestamp.hpp"
#include <chrono>

namespace twilio_sms::detail::sim {
namespace {

// Formatting a date costs as much as the rest of the message; most of them fall into the same second.
std::string_view rfc2822_of(std::chrono::sys_seconds t)
{
    struct last_date {
        std::chrono::sys_seconds time = std::chrono::sys_seconds::min();
        std::string text;
    };
    thread_local last_date last;
    if (last.time != t) {
        last.text.clear();
        append_rfc2822(last.text, t);
        last.time = t;
    }
    return last.text;
}

} // namespace

void append_message_json(std::string& out, std::string_view sid, message_resource const& m)
{
    auto const append_path = [&] {
        out += "/2010-04-01/Accounts/";
        out += m.account_sid;
        out += "/Messages/";
        out += sid;
    };
    out += "{\"body\": ";
    append_json_string(out, m.body);
    out += ", \"num_segments\": \"";
    out += std::to_string(m.segments);
    out += "\", \"direction\": \"outbound-api\", \"from\": ";
    append_json_string_or_null(out, m.from);
    out += ", \"date_updated\": \"";
    out += rfc2822_of(m.updated);
    out += "\", \"price\": null, \"error_message\": ";
    append_json_string_or_null(out, m.error_message);
    out += ", \"uri\": \"";
    append_path();
    out += ".json\", \"account_sid\": \"";
    out += m.account_sid;
    out += "\", \"num_media\": \"";
    out += std::to_string(m.media_count);
    out += "\", \"to\": ";
    append_json_string(out, m.to);
    out += ", \"date_created\": \"";
    out += rfc2822_of(m.created);
    out += "\", \"status\": \"";
    out += to_string(m.status);
    out += "\", \"sid\": \"";
    out += sid;
    out += "\", \"date_sent\": ";
    append_json_string_or_null(out, m.sent ? rfc2822_of(*m.sent) : std::string_view());
    out += ", \"messaging_service_sid\": ";
    append_json_string_or_null(out, m.messaging_service_sid);
    out += ", \"error_code\": ";
    out += m.error_code != 0 ? std::to_string(m.error_code) : "null";
    out += ", \"price_unit\": \"USD\", \"api_version\": \"2010-04-01\", \"subresource_uris\": {\"media\": \"";
    append_path();
    out += "/Media.json\"}}";
}

} // namespace twilio_sms::detail::sim
