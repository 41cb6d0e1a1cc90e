#include "campaign/message_template.hpp"
#include "campaign/error.hpp"
#include "core/utf8.hpp"
#include <algorithm>

namespace twilio_sms::campaign {
namespace {

constexpr std::string_view blanks = " \t\r\n";

std::string_view trimmed(std::string_view text) noexcept
{
    auto const first = text.find_first_not_of(blanks);
    return first == text.npos ? std::string_view() : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

bool is_blank(std::string_view text) noexcept
{
    return text.find_first_not_of(blanks) == text.npos;
}

// Errors with the position in characters, as people count.
[[noreturn]] void fail(std::string_view before, std::string const& what, std::vector<std::string> const& columns)
{
    auto const position = detail::count_code_points(before).value_or(before.size()) + 1;
    throw input_error("template: " + what + " at character " + std::to_string(position) +
                      "; the columns are: " + printable_list(columns));
}

} // namespace

message_template message_template::parse(std::string_view text, std::vector<std::string> const& columns)
{
    if (!detail::count_code_points(text) || text.find('\0') != text.npos)
        throw input_error("template: the text is not UTF-8");

    message_template result;
    std::size_t at = 0;
    while (at < text.size()) {
        auto const open = text.find("{{", at);
        if (open != at)
            result.parts_.emplace_back(std::string(text.substr(at, open - at)));
        if (open == text.npos)
            break;
        auto const before = text.substr(0, open);
        auto const close = text.find("}}", open + 2);
        if (close == text.npos)
            fail(before, "a {{ without }}", columns);
        auto const name = trimmed(text.substr(open + 2, close - open - 2));
        if (name.empty())
            fail(before, "an empty {{}}", columns);
        auto const column = std::ranges::find(columns, name);
        if (column == columns.end())
            fail(before, "no column is called \"" + printable_name(name) + '"', columns);
        result.parts_.emplace_back(static_cast<std::size_t>(column - columns.begin()));
        at = close + 2;
    }
    return result;
}

bool message_template::render(std::span<std::string const> fields, std::string& out, std::size_t& empty_column) const
{
    for (auto const& part : parts_) {
        if (auto const* text = std::get_if<std::string>(&part)) {
            out += *text;
            continue;
        }
        auto const column = std::get<std::size_t>(part);
        if (is_blank(fields[column])) {
            empty_column = column;
            return false;
        }
        out += fields[column];
    }
    return true;
}

} // namespace twilio_sms::campaign
