#include "cli/message_text.hpp"
#include "core/harmless_text.hpp"
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <optional>

namespace twilio_sms::cli {
namespace {

namespace json = boost::json;
using detail::harmless;
using moment = std::optional<std::chrono::sys_seconds>;

std::string iso8601(moment const& t)
{
    return t ? fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(*t))) : "";
}

json::value text_or_null(std::string_view text)
{
    return text.empty() ? json::value(nullptr) : json::value(text);
}

std::string line_of(json::object const& o)
{
    return json::serialize(o) + '\n';
}

} // namespace

std::string message_json(message const& m)
{
    json::object o;
    o["sid"] = m.sid;
    o["account_sid"] = text_or_null(m.account_sid);
    o["to"] = text_or_null(m.to);
    o["from"] = text_or_null(m.from);
    o["messaging_service_sid"] = text_or_null(m.messaging_service_sid);
    o["text"] = m.text;
    o["status"] = text_or_null(m.status);
    o["direction"] = text_or_null(m.direction);
    o["segments"] = m.segments;
    o["media"] = m.media;
    o["price"] = text_or_null(m.price);
    o["price_unit"] = text_or_null(m.price_unit);
    o["error_code"] = m.error_code == 0 ? json::value(nullptr) : json::value(m.error_code);
    o["error_message"] = text_or_null(m.error_message);
    o["date_created"] = text_or_null(iso8601(m.date_created));
    o["date_sent"] = text_or_null(iso8601(m.date_sent));
    o["date_updated"] = text_or_null(iso8601(m.date_updated));
    return line_of(o);
}

std::string message_sheet(message const& m)
{
    std::string sheet;
    auto const add = [&sheet](std::string_view name, std::string const& value) {
        if (!value.empty())
            sheet += fmt::format("{:<10}{}\n", name, harmless(value));
    };
    add("sid", m.sid);
    add("status", m.status);
    if (m.error_code != 0)
        add("error", fmt::format("{} {}", m.error_code, m.error_message));
    add("direction", m.direction);
    add("from", m.from);
    add("service", m.messaging_service_sid);
    add("to", m.to);
    add("created", iso8601(m.date_created));
    add("sent", iso8601(m.date_sent));
    add("updated", iso8601(m.date_updated));
    add("segments", std::to_string(m.segments));
    if (m.media != 0)
        add("media", std::to_string(m.media));
    if (!m.price.empty())
        add("price", m.price + ' ' + m.price_unit);
    add("text", m.text);
    return sheet;
}

std::string message_line(message const& m)
{
    auto const when = m.date_sent ? m.date_sent : m.date_created;
    auto const from = !m.from.empty() ? m.from : m.messaging_service_sid;
    return harmless(fmt::format("{} {:<20} {:<11} {} > {} {}", m.sid, iso8601(when), m.status, from, m.to, m.text)) +
           '\n';
}

std::string media_json(media_item const& m)
{
    json::object o;
    o["sid"] = m.sid;
    o["account_sid"] = text_or_null(m.account_sid);
    o["message_sid"] = text_or_null(m.message_sid);
    o["content_type"] = text_or_null(m.content_type);
    o["date_created"] = text_or_null(iso8601(m.date_created));
    o["date_updated"] = text_or_null(iso8601(m.date_updated));
    return line_of(o);
}

std::string media_line(media_item const& m)
{
    return harmless(fmt::format("{} {} {}", m.sid, iso8601(m.date_created), m.content_type)) + '\n';
}

} // namespace twilio_sms::cli
