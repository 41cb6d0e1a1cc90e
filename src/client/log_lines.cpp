#include "client/log_lines.hpp"
#include "core/utf8.hpp"
#include <algorithm>
#include <array>
#include <boost/json/serialize.hpp>
#include <cstdio>

namespace twilio_sms::detail {
namespace {

// A recipient that was refused may be any bytes; a line of the log must be UTF-8 all the same.
std::string quoted(std::string_view text)
{
    std::string valid;
    if (!count_code_points(text)) {
        valid = text;
        std::ranges::replace_if(
            valid, [](char c) { return static_cast<unsigned char>(c) >= 0x80; }, '?');
        text = valid;
    }
    return boost::json::serialize(boost::json::string_view(text.data(), text.size()));
}

bool is_plain_word(std::string_view text) noexcept
{
    return std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~' && c != '"' && c != '=' && c != '\\'; });
}

std::string time_text(std::chrono::sys_time<std::chrono::milliseconds> when)
{
    auto const day = std::chrono::floor<std::chrono::days>(when);
    std::chrono::year_month_day const date(day);
    std::chrono::hh_mm_ss const time(when - day);
    std::array<char, 64> buffer;
    auto const length = std::snprintf(
        buffer.data(), buffer.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), static_cast<int>(time.hours().count()),
        static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()),
        static_cast<int>(time.subseconds().count()));
    return {buffer.data(), static_cast<std::size_t>(length)};
}

/// A field's value, with texts written by `Text`.
template <class Text>
struct value_writer {
    Text text;
    std::string operator()(std::string_view v) const { return text(v); }
    std::string operator()(std::int64_t v) const { return std::to_string(v); }
    std::string operator()(bool v) const { return v ? "true" : "false"; }
};
template <class Text>
value_writer(Text) -> value_writer<Text>;

} // namespace

std::string text_line(log_event const& event)
{
    std::string line;
    line.append(to_string(event.level)).append(" ").append(event.name).append(": ").append(event.text);
    value_writer const written{[](std::string_view v) { return is_plain_word(v) ? std::string(v) : quoted(v); }};
    for (auto const& field : event.fields) {
        auto const value = std::visit(written, field.value);
        if (!value.empty())
            line.append(" ").append(field.name).append("=").append(value);
    }
    return line;
}

std::string json_line(log_event const& event, std::chrono::sys_time<std::chrono::milliseconds> when)
{
    std::string line = "{\"time\":\"" + time_text(when) + '"';
    auto const member = [&](std::string_view name, std::string const& value) {
        line.append(",").append(quoted(name)).append(":").append(value);
    };
    member("level", quoted(to_string(event.level)));
    member("event", quoted(event.name));
    member("text", quoted(event.text));
    for (auto const& field : event.fields)
        member(field.name, std::visit(value_writer{quoted}, field.value));
    line += '}';
    return line;
}

} // namespace twilio_sms::detail
