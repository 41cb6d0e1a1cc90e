// Phone numbers and masking. Input: a number, or a text with numbers in it.
// - E.164 is what its regular expression says.
// - Masking keeps every other character, shows at most two digits at each end, and leaves no number in a text.
#include "core/notification_check.hpp"
#include "core/utf8.hpp"
#include "property.hpp"
#include <regex>
#include <string>
#include <twilio_sms/phone_number.hpp>
#include <twilio_sms/segments.hpp>

using namespace twilio_sms;
using fuzz::require;

namespace {

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool matches(std::string_view text, char const* expression)
{
    if (text.size() > 64) // std::regex recurses
        return false;
    return std::regex_match(text.begin(), text.end(), std::regex(expression));
}

void check_forms(std::string_view text)
{
    static std::regex const e164("\\+[1-9][0-9]{1,14}");
    bool const right = text.size() <= 16 && std::regex_match(text.begin(), text.end(), e164);
    require(is_e164(text) == right, "E.164 is a plus and 2 to 15 digits");
    if (detail::is_sender(text) && !right && !is_channel_address(text))
        require(matches(text, "[0-9]{3,8}|(?=.*[A-Za-z])[A-Za-z0-9 +_&-]{1,11}"),
                "a sender is a number, a short code or an alphanumeric ID");
    if (is_channel_address(text)) {
        require(text.front() >= 'a' && text.front() <= 'z' && text.find(':') + 1 < text.size(),
                "a channel address has both parts");
        for (char const c : text)
            require(static_cast<unsigned char>(c) > ' ' && c != 0x7f, "an address has no blanks or controls");
    }
}

void check_masked_number(std::string_view text)
{
    auto const masked = mask_phone_number(text);
    require(masked.size() == text.size(), "masking keeps the length");
    auto const all = std::ranges::count_if(text, is_digit);
    auto const shown = std::ranges::count_if(masked, is_digit);
    require(shown == (all > 6 ? 4 : 0), "four digits show, none of a short number");
    for (std::size_t i = 0, nth = 0; i < text.size(); ++i) {
        if (is_digit(text[i]))
            ++nth;
        require(masked[i] == text[i] || (is_digit(text[i]) && masked[i] == '*'), "only digits are masked");
        if (is_digit(masked[i]))
            require(nth <= 2 || nth + 2 > static_cast<std::size_t>(all), "what shows are the ends");
    }
}

// Where a SID begins, `SM` and 32 hex digits that stand alone: those are no numbers, whatever their digits.
bool is_sid_at(std::string_view text, std::size_t at)
{
    auto const word = [&](std::size_t i) {
        return i < text.size() && std::isalnum(static_cast<unsigned char>(text[i]));
    };
    if ((at > 0 && word(at - 1)) || text.size() - at < 34 || word(at + 34))
        return false;
    auto const upper = [](char c) { return c >= 'A' && c <= 'Z'; };
    return upper(text[at]) && upper(text[at + 1]) && std::ranges::all_of(text.substr(at + 2, 32), [](char c) {
               return std::isxdigit(static_cast<unsigned char>(c));
           });
}

void check_masked_text(std::string_view text)
{
    auto const masked = mask_phone_numbers_in(text);
    require(masked.size() == text.size(), "masking keeps the length");
    for (std::size_t i = 0; i < text.size(); ++i)
        require(masked[i] == text[i] || (is_digit(text[i]) && masked[i] == '*'), "only digits are masked");
    std::size_t run = 0; // digits in a row, also with one divider between them
    for (std::size_t i = 0; i < masked.size(); ++i) {
        if (is_sid_at(masked, i)) {
            i += 33;
            run = 0;
        } else if (is_digit(masked[i])) {
            require(++run < 7, "no run of seven digits is left");
        } else if (std::string_view(" .-()").find(masked[i]) == std::string_view::npos || i == 0 ||
                   !is_digit(masked[i - 1])) {
            run = 0;
        }
    }
    require(mask_phone_numbers_in(masked) == masked, "what is masked stays as it is");
    require(detail::count_code_points(masked) == detail::count_code_points(text), "a text stays a text");
}

// Every code point that is taken is the one whose encoding stands there.
void check_utf8(std::string_view text)
{
    auto rest = text;
    while (auto const c = detail::take_code_point(rest)) {
        std::string encoded;
        if (*c < 0x80)
            encoded = {static_cast<char>(*c)};
        else if (*c < 0x800)
            encoded = {static_cast<char>(0xc0 | *c >> 6), static_cast<char>(0x80 | (*c & 0x3f))};
        else if (*c < 0x10000)
            encoded = {static_cast<char>(0xe0 | *c >> 12), static_cast<char>(0x80 | (*c >> 6 & 0x3f)),
                       static_cast<char>(0x80 | (*c & 0x3f))};
        else
            encoded = {static_cast<char>(0xf0 | *c >> 18), static_cast<char>(0x80 | (*c >> 12 & 0x3f)),
                       static_cast<char>(0x80 | (*c >> 6 & 0x3f)), static_cast<char>(0x80 | (*c & 0x3f))};
        require(*c <= 0x10ffff && (*c < 0xd800 || *c > 0xdfff), "a code point is one of Unicode's");
        require(text.starts_with(encoded), "a code point is the shortest form of itself");
        text.remove_prefix(encoded.size());
        require(rest == text, "a code point takes its bytes and no others");
    }
}

void check_segments(std::string_view text)
{
    auto const count = count_segments(text);
    auto const points = detail::count_code_points(text);
    require(count.segments >= 1, "every message has a segment");
    if (!points)
        return;
    bool const gsm7 = count.encoding == sms_encoding::gsm7;
    require(count.segments <= 1 + 2 * *points / (gsm7 ? 152 : 66), "a character takes at most two places");
    require(*points <= count.segments * (gsm7 ? 160 : 70), "a character takes at least one place");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    std::string_view const text = fuzz::input(data, size).rest();
    check_forms(text);
    check_masked_number(text);
    check_masked_text(text);
    check_utf8(text);
    check_segments(text);
    return 0;
}
