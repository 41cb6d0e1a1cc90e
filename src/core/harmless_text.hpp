// Text of others, on its way to a terminal or a log.
#pragma once
#include <string>
#include <string_view>

namespace twilio_sms::detail {

/// Control characters, with those of C1, ends of lines, and what turns the direction of the text after it: a terminal
/// obeys these.
constexpr bool commands_terminals(char32_t c) noexcept
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/// The text in one line, with blanks in place of these, and '?' in place of bytes that are not UTF-8.
std::string harmless(std::string_view text);

} // namespace twilio_sms::detail
