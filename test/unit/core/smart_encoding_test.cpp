#include "core/segments.hpp"
#include "core/smart_encoding.hpp"
#include "support.hpp"
#include <twilio_sms/segments.hpp>

using namespace twilio_sms;

BOOST_AUTO_TEST_SUITE(smart_encoding)

BOOST_AUTO_TEST_CASE(replacements)
{
    struct {
        char const* text;
        char const* becomes;
    } const cases[] = {{"", ""},
                       {"plain \u00e9 \u20ac", "plain \u00e9 \u20ac"},
                       {"a\u2014b\u2013c", "a-b-c"},
                       {"it\u2019s", "it's"},
                       {"\u00bd\u00a0\t", "1/2         "},
                       {"\u200bx\ufeff", "x"},
                       {"\uff21\u1d0b", "AK"},
                       {"\xf0\x9f\x98\x80\u2026", "\xf0\x9f\x98\x80..."},
                       {"\xff\u2026\xe2\x80", "\xff...\xe2\x80"}};
    for (auto const& c : cases)
        BOOST_TEST(smart_encoded(c.text) == c.becomes);
}

// Also what makes looking them up by halves right.
BOOST_AUTO_TEST_CASE(of_all_code_points)
{
    std::size_t replaced = 0;
    for (char32_t c = 0; c <= 0x10ffff; ++c) {
        auto const to = detail::smart_replacement(c);
        if (!to)
            continue;
        ++replaced;
        BOOST_TEST_CONTEXT("code point " << static_cast<unsigned>(c))
        {
            BOOST_TEST(detail::gsm7_septets(c) == 0u); // or it would not need one
            BOOST_TEST((count_segments(*to).encoding == sms_encoding::gsm7));
        }
    }
    BOOST_TEST(replaced == 270u);
}

BOOST_AUTO_TEST_SUITE_END()
