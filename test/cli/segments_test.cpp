#include "tool.hpp"

namespace twilio_sms::test {

BOOST_AUTO_TEST_SUITE(segments)

BOOST_AUTO_TEST_CASE(for_people)
{
    struct {
        std::vector<std::string> arguments;
        std::string says;
    } const rows[] = {
        {{"hello"}, "GSM-7, 1 segment, 5 septets, 155 left\n"},
        {{""}, "GSM-7, 1 segment, 0 septets, 160 left\n"},
        {{"[\u20ac]"}, "GSM-7, 1 segment, 6 septets, 154 left\n"},
        {{"\u4f60\u597d"},
         "UCS-2, 1 segment, 2 UTF-16 units, 68 left\n"
         "Not in GSM-7, by position:\n"
         "      1  U+4F60    \u4f60\n"
         "      2  U+597D    \u597d\n"
         "Smart encoding changes nothing of that\n"},
        {{"it\u2019s\u200b \U0001f600"},
         "UCS-2, 1 segment, 8 UTF-16 units, 62 left\n"
         "Not in GSM-7, by position:\n"
         "      3  U+2019    \u2019  smart encoding makes it '''\n"
         "      5  U+200B    smart encoding leaves it out\n"
         "      7  U+1F600   \U0001f600\n"
         "With smart encoding: UCS-2, 1 segment, 7 UTF-16 units, 63 left\n"},
        {{"--smart-encoding", "10 \u2013 12"}, "GSM-7, 1 segment, 7 septets, 153 left\n"},
        {{std::string(1601, 'a')},
         "GSM-7, 11 segments, 1601 septets, 82 left\n"
         "1601 characters: Twilio takes at most 1600 in one message\n"},
    };
    for (auto const& row : rows) {
        auto arguments = row.arguments;
        arguments.insert(arguments.begin(), "segments");
        auto const end = run_tool(arguments);
        BOOST_TEST(end.out == row.says);
        BOOST_TEST(end.err == "");
        BOOST_TEST(end.exit_code == 0);
    }
}

BOOST_AUTO_TEST_CASE(for_scripts)
{
    BOOST_TEST(run_tool({"segments", "--json", "a`\U0001f600"}).out ==
               R"({"encoding":"UCS-2","segments":1,"units":4,"units_left":66,"characters":3,"forces_ucs2":)"
               R"([{"character":"`","code_point":"U+0060","position":2,"replacement":"'"},)"
               "{\"character\":\"\U0001f600\",\"code_point\":\"U+1F600\",\"position\":3,\"replacement\":null}],"
               R"("smart_encoding":{"encoding":"UCS-2","segments":1,"units":4,"units_left":66}})"
               "\n");
}

BOOST_AUTO_TEST_CASE(where_the_text_comes_from)
{
    temporary_directory const directory;
    for (auto const* const ending : {"", "\n", "\r\n"}) {
        auto const file = directory.write("text", std::string("hi\nyou") + ending);
        BOOST_TEST(run_tool({"segments", "--file", file}).out == "GSM-7, 1 segment, 6 septets, 154 left\n");
    }
    BOOST_TEST(run_tool({"segments"}).out == "GSM-7, 1 segment, 0 septets, 160 left\n"); // from /dev/null
}

BOOST_AUTO_TEST_CASE(bad_input)
{
    temporary_directory const directory;
    struct {
        std::vector<std::string> arguments;
        std::string says;
    } const rows[] = {
        {{"ab\xff"}, "error: the text is not UTF-8 from byte 3 on; convert it with iconv\n"},
        {{"--file", directory.path("none")},
         "error: --file: " + directory.path("none") + " cannot be read: No such file or directory\n"},
        {{"--file", directory.path(".")},
         "error: --file: " + directory.path(".") + " cannot be read: Is a directory\n"},
        {{"a", "b"}, "error: one argument too many; a text with blanks needs quotes; see twilio-sms segments --help\n"},
        {{"a", "--file", "b"}, "error: TEXT excludes --file; see twilio-sms segments --help\n"},
    };
    for (auto const& row : rows) {
        auto arguments = row.arguments;
        arguments.insert(arguments.begin(), "segments");
        auto const end = run_tool(arguments);
        BOOST_TEST(end.err == row.says);
        BOOST_TEST(end.out == "");
        BOOST_TEST(end.exit_code == 2);
    }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
