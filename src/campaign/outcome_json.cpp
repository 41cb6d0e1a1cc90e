#include "campaign/outcome_json.hpp"
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace twilio_sms::campaign {
namespace {

namespace json = boost::json;

json::value text_or_null(std::string_view text)
{
    return text.empty() ? json::value(nullptr) : json::value(text);
}
json::value number_or_null(int number)
{
    return number == 0 ? json::value(nullptr) : json::value(number);
}

void append(json::object& out, receipt const& r)
{
    out["fate"] = to_string(fate::accepted);
    out["condition"] = nullptr;
    out["sid"] = r.sid;
    out["status"] = text_or_null(r.status);
    out["twilio_code"] = nullptr;
    out["http_status"] = nullptr; // a receipt does not say which 2xx it was
    out["attempts"] = r.attempts;
    out["message"] = nullptr;
}

void append(json::object& out, failure const& f)
{
    out["fate"] = to_string(f.fate);
    out["condition"] = text_or_null(f.conditions.primary());
    out["sid"] = nullptr;
    out["status"] = nullptr;
    out["twilio_code"] = number_or_null(f.twilio_code);
    out["http_status"] = number_or_null(f.http_status);
    out["attempts"] = f.attempts;
    out["message"] = text_or_null(f.message);
}

void append(json::object& out, result<receipt> const& outcome)
{
    if (outcome)
        append(out, *outcome);
    else
        append(out, outcome.error());
}

} // namespace

std::string outcome_json(result<receipt> const& outcome)
{
    json::object out;
    append(out, outcome);
    return json::serialize(out);
}

std::string result_line(std::uint64_t row, std::string_view to, result<receipt> const& outcome)
{
    json::object out;
    out["row"] = row;
    out["to"] = to;
    append(out, outcome);
    return json::serialize(out);
}

std::string skipped_line(std::uint64_t row, std::string_view to, std::string_view reason)
{
    json::object out;
    out["row"] = row;
    out["to"] = to;
    out["fate"] = "skipped";
    out["reason"] = reason;
    return json::serialize(out);
}

} // namespace twilio_sms::campaign
