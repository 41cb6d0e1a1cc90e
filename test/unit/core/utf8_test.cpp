#include "core/utf8.hpp"
#include "support.hpp"

using namespace twilio_sms::detail;
using namespace std::literals;

namespace {

std::string encoded(char32_t c)
{
    auto const byte = [](char32_t b) { return static_cast<char>(static_cast<unsigned char>(b)); };
    if (c < 0x80)
        return {byte(c)};
    if (c < 0x800)
        return {byte(0xc0 | (c >> 6)), byte(0x80 | (c & 0x3f))};
    if (c < 0x10000)
        return {byte(0xe0 | (c >> 12)), byte(0x80 | ((c >> 6) & 0x3f)), byte(0x80 | (c & 0x3f))};
    return {byte(0xf0 | (c >> 18)), byte(0x80 | ((c >> 12) & 0x3f)), byte(0x80 | ((c >> 6) & 0x3f)),
            byte(0x80 | (c & 0x3f))};
}

} // namespace

BOOST_AUTO_TEST_SUITE(utf8)

BOOST_AUTO_TEST_CASE(every_code_point)
{
    for (char32_t c = 0; c <= 0x11ffff; ++c) {
        auto const bytes = encoded(c) + "x";
        std::string_view rest = bytes;
        auto const taken = take_code_point(rest);
        bool const valid = c <= 0x10ffff && !(c >= 0xd800 && c <= 0xdfff);
        if (taken.has_value() != valid || (valid && (*taken != c || rest != "x")) || (!valid && rest != bytes))
            BOOST_ERROR("U+" << std::hex << static_cast<unsigned long>(c));
    }
}

BOOST_AUTO_TEST_CASE(counts)
{
    struct row {
        char const* name;
        std::string_view text;
        std::optional<std::size_t> count;
    };
    row const rows[] = {
        {"empty", "", 0},
        {"ASCII", "hello", 5},
        {"NUL", "a\0b"sv, 3},
        {"two bytes", "\xc3\xa9", 1},
        {"three bytes", "\xe2\x82\xac\xe2\x82\xac", 2},
        {"four bytes", "\xf0\x9f\x98\x80!", 2},
        {"a continuation alone", "\x80", {}},
        {"two bytes cut", "\xc3", {}},
        {"three bytes cut", "\xe2\x82", {}},
        {"four bytes cut", "\xf0\x9f\x98", {}},
        {"second byte wrong", "\xc3(", {}},
        {"third byte wrong", "\xe2\x82(", {}},
        {"last byte too large", "\xe2\x82\xc0", {}},
        {"overlong slash", "\xc0\xaf", {}},
        {"overlong with c1", "\xc1\xbf", {}},
        {"overlong in three", "\xe0\x80\xaf", {}},
        {"largest overlong in three", "\xe0\x9f\xbf", {}},
        {"smallest in three", "\xe0\xa0\x80", 1},
        {"overlong in four", "\xf0\x8f\xbf\xbf", {}},
        {"smallest in four", "\xf0\x90\x80\x80", 1},
        {"surrogate", "\xed\xa0\x80", {}},
        {"last before the surrogates", "\xed\x9f\xbf", 1},
        {"largest", "\xf4\x8f\xbf\xbf", 1},
        {"above the largest", "\xf4\x90\x80\x80", {}},
        {"lead f5", "\xf5\x80\x80\x80", {}},
        {"lead ff", "\xff", {}},
        {"Latin-1", "caf\xe9", {}},
        {"bad at the end", "good \xff", {}},
    };
    for (auto const& row : rows)
        BOOST_TEST_CONTEXT(row.name)
        {
            BOOST_TEST((count_code_points(row.text) == row.count));
        }
}

BOOST_AUTO_TEST_CASE(nothing_is_taken_from_nothing)
{
    std::string_view empty;
    BOOST_TEST(!take_code_point(empty).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
