#include "cli/settings_text.hpp"
#include <boost/test/unit_test.hpp>

namespace twilio_sms::test {

using namespace cli;

BOOST_AUTO_TEST_SUITE(settings_texts)

BOOST_AUTO_TEST_CASE(what_is_understood)
{
    auto const all = parse_settings("\xef\xbb\xbf# a comment\r\n"
                                    "\n"
                                    "  from-number = \"+15017122661\"  # another\r\n"
                                    "max_retries=0\n"
                                    "allow-insecure-http\t=\ttrue\n"
                                    "ca-file = 'C:\\no\\escape # \"quoted\"'\n"
                                    "region = \"a\\\"b\\\\c\\td\\ne\"\n"
                                    "edge = ''\n"
                                    "x = -12# no blank\n"
                                    "y = false");
    struct {
        char const *name, *value;
        setting::kind is;
        std::size_t line;
    } const expected[] = {
        {"from-number", "+15017122661", setting::kind::text, 3},
        {"max_retries", "0", setting::kind::number, 4},
        {"allow-insecure-http", "true", setting::kind::truth, 5},
        {"ca-file", "C:\\no\\escape # \"quoted\"", setting::kind::text, 6},
        {"region", "a\"b\\c\td\ne", setting::kind::text, 7},
        {"edge", "", setting::kind::text, 8},
        {"x", "-12", setting::kind::number, 9},
        {"y", "false", setting::kind::truth, 10},
    };
    BOOST_REQUIRE(all.size() == std::size(expected));
    for (std::size_t i = 0; i < all.size(); ++i) {
        BOOST_TEST(all[i].name == expected[i].name);
        BOOST_TEST(all[i].value == expected[i].value);
        BOOST_TEST((all[i].is == expected[i].is), all[i].name);
        BOOST_TEST(all[i].line == expected[i].line);
    }
    BOOST_TEST(parse_settings("").empty());
    BOOST_TEST(parse_settings("\n \n#").empty());
}

BOOST_AUTO_TEST_CASE(what_is_not)
{
    struct {
        std::string text;
        std::size_t line;
        std::string says;
    } const rows[] = {
        {"\n[send]", 2, "sections are not known here; write all options without one"},
        {"a", 1, "is not of the form name = value"},
        {"= 1", 1, "is not of the form name = value"},
        {"a: 1", 1, "is not of the form name = value"},
        {"a b = 1", 1, "is not of the form name = value"},
        {"a = ", 1, "a: the value is neither a text in quotation marks, nor a whole number, true or false"},
        {"a = 5s", 1, "a: the value is neither a text in quotation marks, nor a whole number, true or false"},
        {"a = -", 1, "a: the value is neither a text in quotation marks, nor a whole number, true or false"},
        {"a = [1]", 1, "a: the value is neither a text in quotation marks, nor a whole number, true or false"},
        {"a = \"hunter2", 1, "a: the closing quotation mark is missing"},
        {"a = 'hunter2\nb = '", 1, "a: the closing quotation mark is missing"},
        {"a = \"\\", 1,
         R"(a: \ begins an escape, but only \" \\ \t \n are known; in single quotes it stands for itself)"},
        {"a = \"C:\\Users\"", 1,
         R"(a: \ begins an escape, but only \" \\ \t \n are known; in single quotes it stands for itself)"},
        {"a = 'b' c", 1, "a: there is something after the value; a text needs quotation marks around all of it"},
        {"a = 1 2", 1, "a: there is something after the value; a text needs quotation marks around all of it"},
        {"a = '\xff'", 1, "a: the value is not UTF-8"},
        {"a = 1\nb = 2\na = 3", 3, "a: is given already in line 1; remove one"},
    };
    for (auto const& row : rows)
        BOOST_CHECK_EXCEPTION(parse_settings(row.text), settings_error, [&](settings_error const& e) {
            BOOST_TEST(e.what() == row.says);
            BOOST_TEST(e.line == row.line, row.text);
            return true;
        });
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
