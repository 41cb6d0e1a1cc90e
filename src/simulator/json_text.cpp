#include "simulator/json_text.hpp"
#include <algorithm>

namespace twilio_sms::detail::sim {
namespace {

bool needs_escape(char c) noexcept
{
    return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}

void append_escaped(std::string& out, char c)
{
    static constexpr char hex[] = "0123456789abcdef";
    out += '\\';
    switch (c) {
    case '"':
    case '\\': out += c; break;
    case '\n': out += 'n'; break;
    case '\r': out += 'r'; break;
    case '\t': out += 't'; break;
    default:
        out += "u00";
        out += hex[static_cast<unsigned char>(c) >> 4];
        out += hex[c & 15];
    }
}

} // namespace

void append_json_string(std::string& out, std::string_view text)
{
    out += '"';
    while (!text.empty()) {
        // Whole runs at once: special characters are rare.
        auto const special = std::ranges::find_if(text, needs_escape);
        auto const run = static_cast<std::size_t>(special - text.begin());
        out += text.substr(0, run);
        text.remove_prefix(run);
        if (!text.empty()) {
            append_escaped(out, text.front());
            text.remove_prefix(1);
        }
    }
    out += '"';
}

void append_json_string_or_null(std::string& out, std::string_view text)
{
    if (text.empty())
        out += "null";
    else
        append_json_string(out, text);
}

} // namespace twilio_sms::detail::sim
