#include "core/harmless_text.hpp"
#include "support.hpp"

using namespace twilio_sms::detail;

BOOST_AUTO_TEST_SUITE(harmless_text)

BOOST_AUTO_TEST_CASE(what_is_shown)
{
    struct {
        std::string text, shown;
    } const rows[] = {
        {"", ""},
        {"Hi Ana, 100% ~ \\", "Hi Ana, 100% ~ \\"},
        {"a\x1b[31mred", "a [31mred"},
        {std::string("a\0b\nc\r\td\x7f", 9), "a b c  d "},
        {"\u0080\u009b31m\u009f\u00a0", "  31m \u00a0"},              // C1; a blank that is wider
        {"\u202atxt.\u202e\u2066\u2069 \u2028\u2029", " txt.      "}, // directions, ends of lines
        {"e\u0301 \U0001f468\u200d\U0001f469\u2764\ufe0f \u05d0\u200f",
         "e\u0301 \U0001f468\u200d\U0001f469\u2764\ufe0f \u05d0\u200f"},
        {"\u2027\u202f\u2065\u206a", "\u2027\u202f\u2065\u206a"}, // beside them
        {"a\x9b"
         "31m \xc3",
         "a?31m ?"}, // no UTF-8
    };
    for (auto const& row : rows)
        BOOST_TEST(harmless(row.text) == row.shown);
}

BOOST_AUTO_TEST_SUITE_END()
