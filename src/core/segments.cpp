#include "core/segments.hpp"
#include "core/utf8.hpp"
#include <algorithm>
#include <array>
#include <optional>
#include <twilio_sms/segments.hpp>

namespace twilio_sms {
namespace {

// The basic set beyond ASCII, ascending.
constexpr char32_t basic_beyond_ascii[] = {
    0x00A1, 0x00A3, 0x00A4, 0x00A5, 0x00A7, 0x00BF, 0x00C4, 0x00C5, 0x00C6, 0x00C7, 0x00C9, 0x00D1, 0x00D6,
    0x00D8, 0x00DC, 0x00DF, 0x00E0, 0x00E4, 0x00E5, 0x00E6, 0x00E8, 0x00E9, 0x00EC, 0x00F1, 0x00F2, 0x00F6,
    0x00F8, 0x00F9, 0x00FC, 0x0393, 0x0394, 0x0398, 0x039B, 0x039E, 0x03A0, 0x03A3, 0x03A6, 0x03A8, 0x03A9,
};

constexpr std::string_view extension_ascii = "\f^{}\\[~]|";
constexpr char32_t euro = 0x20AC;

constexpr auto ascii_septets = [] {
    std::array<unsigned char, 128> table{};
    for (std::size_t c = 0; c < table.size(); ++c)
        table[c] = c == '\n' || c == '\r' || (c >= 0x20 && c != '`' && c != 0x7F);
    for (char const c : extension_ascii)
        table[static_cast<unsigned char>(c)] = 2;
    return table;
}();

std::size_t utf16_units(char32_t c) noexcept
{
    return c > 0xFFFF ? 2 : 1;
}

// As `detail::take_code_point`, with the usual case in line.
std::optional<char32_t> take(std::string_view& text) noexcept
{
    if (text.empty() || static_cast<unsigned char>(text[0]) >= 0x80)
        return detail::take_code_point(text);
    char32_t const c = static_cast<unsigned char>(text[0]);
    text.remove_prefix(1);
    return c;
}

struct limits {
    std::size_t single;
    std::size_t part; // of several: the header takes its share
};

template <class Cost>
segment_count count(std::string_view text, sms_encoding encoding, limits limit, Cost cost) noexcept
{
    std::size_t total = 0;
    std::size_t parts = 1;
    std::size_t in_part = 0;
    while (auto const c = take(text)) {
        std::size_t const n = cost(*c);
        total += n;
        if (in_part + n > limit.part) {
            ++parts;
            in_part = 0;
        }
        in_part += n;
    }
    if (total <= limit.single)
        return {encoding, 1, total, limit.single - total};
    return {encoding, parts, total, limit.part - in_part};
}

bool fits_gsm7(std::string_view text) noexcept
{
    while (auto const c = take(text))
        if (detail::gsm7_septets(*c) == 0)
            return false;
    return true;
}

// So are most texts, and that is cheap to see.
std::optional<segment_count> one_segment_of_ascii(std::string_view text) noexcept
{
    constexpr std::size_t limit = 160;
    std::size_t total = 0;
    for (char const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        if (byte >= 0x80 || ascii_septets[byte] == 0)
            return std::nullopt;
        total += ascii_septets[byte];
    }
    if (total > limit)
        return std::nullopt;
    return segment_count{sms_encoding::gsm7, 1, total, limit - total};
}

} // namespace

std::size_t detail::gsm7_septets(char32_t c) noexcept
{
    if (c < 0x80)
        return ascii_septets[c];
    if (c == euro)
        return 2;
    return std::ranges::binary_search(basic_beyond_ascii, c) ? 1 : 0;
}

std::string_view to_string(sms_encoding e) noexcept
{
    return e == sms_encoding::gsm7 ? "GSM-7" : "UCS-2";
}

segment_count count_segments(std::string_view text) noexcept
{
    if (auto const one = one_segment_of_ascii(text))
        return *one;
    if (fits_gsm7(text))
        return count(text, sms_encoding::gsm7, {160, 153}, detail::gsm7_septets);
    return count(text, sms_encoding::ucs2, {70, 67}, utf16_units);
}

} // namespace twilio_sms
