#include "cli/duration.hpp"
#include "support.hpp"

namespace twilio_sms::test {

using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(durations)

BOOST_AUTO_TEST_CASE(good_ones)
{
    struct {
        std::string text;
        std::chrono::milliseconds value;
    } const table[] = {{"50ms", 50ms}, {"2s", 2s}, {"1m", 1min}, {"1h", 1h}, {"0s", 0ms}, {"1500ms", 1500ms}};
    for (auto const& t : table)
        BOOST_TEST((cli::parse_duration(t.text) == t.value), t.text);
}

BOOST_AUTO_TEST_CASE(bad_ones)
{
    for (std::string const text : {"", "s", "-1s", "1.5s", "2 s", "2S", "2d", "ms2", "9223372036854775807h", "1s1s",
                                   "99999999999999999999s", "+1s"})
        BOOST_TEST(message_of<std::invalid_argument>([&] { cli::parse_duration(text); }) ==
                   "not a duration; write a whole number and a unit, like 50ms, 2s, 1m or 1h");
    BOOST_TEST(message_of<std::invalid_argument>([] { cli::parse_duration("50"); }) ==
               "the number has no unit; write it like 50ms, 2s, 1m or 1h");
}

BOOST_AUTO_TEST_CASE(as_text)
{
    struct {
        std::chrono::milliseconds value;
        std::string text;
    } const table[] = {{0ms, "0ms"}, {50ms, "50ms"}, {1500ms, "1500ms"}, {31s, "31s"},
                       {2min, "2m"}, {90s, "90s"},   {24h, "24h"}};
    for (auto const& t : table)
        BOOST_TEST(cli::duration_text(t.value) == t.text);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
