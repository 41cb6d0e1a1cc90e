#include <algorithm>
#include <cstddef>
#include <twilio_sms/phone_number.hpp>

namespace twilio_sms {
namespace {

// Not those of <cctype>, which depend on the locale.
constexpr bool is_digit(char c) noexcept
{
    return c >= '0' && c <= '9';
}
constexpr bool is_upper(char c) noexcept
{
    return c >= 'A' && c <= 'Z';
}
constexpr bool is_lower(char c) noexcept
{
    return c >= 'a' && c <= 'z';
}
constexpr bool is_hex(char c) noexcept
{
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
constexpr bool is_parenthesis(char c) noexcept
{
    return c == '(' || c == ')';
}
constexpr bool is_divider(char c) noexcept
{
    return c == ' ' || c == '.' || c == '-' || is_parenthesis(c);
}

// The length of what divides two groups of a number at the start of `text`: one divider, or a parenthesis with one
// beside it, as in "+1 (555) 867-5310". 0 when there is no digit after it.
std::size_t divider_length(std::string_view text) noexcept
{
    std::size_t n = 0;
    while (n < text.size() && n < 2 && is_divider(text[n]))
        ++n;
    if (n == 2 && !is_parenthesis(text[0]) && !is_parenthesis(text[1]))
        return 0;
    return n < text.size() && is_digit(text[n]) ? n : 0;
}

// `SM`, `AC`, `RQ`, ... and 32 hex digits: letters and digits that look like a number only by chance.
std::size_t sid_length(std::string_view text) noexcept
{
    constexpr std::size_t length = 34;
    auto const is_word = [](char c) { return is_digit(c) || is_upper(c) || is_lower(c); };
    if (text.size() < length || !is_upper(text[0]) || !is_upper(text[1]) ||
        !std::ranges::all_of(text.substr(2, length - 2), is_hex))
        return 0;
    return text.size() > length && is_word(text[length]) ? 0 : length;
}

} // namespace

bool is_e164(std::string_view number) noexcept
{
    if (number.size() < 3 || number.size() > 16 || number[0] != '+' || number[1] == '0')
        return false;
    return std::ranges::all_of(number.substr(1), is_digit);
}

bool is_channel_address(std::string_view address) noexcept
{
    auto const colon = address.find(':');
    if (colon == std::string_view::npos || colon == 0 || colon + 1 == address.size())
        return false;
    return std::ranges::all_of(address.substr(0, colon), is_lower) &&
           std::ranges::none_of(address.substr(colon + 1), [](char c) {
               auto const byte = static_cast<unsigned char>(c);
               return byte <= ' ' || byte == 0x7f;
           });
}

std::string mask_phone_number(std::string_view number)
{
    auto const digits = std::ranges::count_if(number, is_digit);
    auto const kept_at_an_end = digits > 6 ? 2 : 0;
    std::string masked(number);
    std::ptrdiff_t nth = 0;
    for (char& c : masked) {
        if (!is_digit(c))
            continue;
        ++nth;
        if (nth > kept_at_an_end && nth <= digits - kept_at_an_end)
            c = '*';
    }
    return masked;
}

std::string mask_phone_numbers_in(std::string_view text)
{
    std::string masked;
    masked.reserve(text.size());
    bool in_word = false;
    for (std::size_t at = 0; at < text.size();) {
        if (auto const sid = in_word ? 0 : sid_length(text.substr(at)); sid != 0) {
            masked += text.substr(at, sid);
            at += sid;
            continue;
        }
        if (!is_digit(text[at])) {
            in_word = is_upper(text[at]) || is_lower(text[at]);
            masked += text[at++];
            continue;
        }
        std::size_t end = at, digits = 0;
        for (;;) {
            for (; end < text.size() && is_digit(text[end]); ++end)
                ++digits;
            auto const divider = divider_length(text.substr(end));
            if (divider == 0)
                break;
            end += divider;
        }
        auto const run = text.substr(at, end - at);
        masked += digits >= 7 ? mask_phone_number(run) : std::string(run);
        in_word = true;
        at = end;
    }
    return masked;
}

} // namespace twilio_sms
