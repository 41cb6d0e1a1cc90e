#include "simulator/timestamp.hpp"
#include <boost/test/unit_test.hpp>

using namespace twilio_sms::detail::sim;
using namespace std::chrono;

namespace {

constexpr sys_seconds example = sys_days(year(2023) / 8 / 24) + hours(5) + minutes(1) + seconds(45);

std::string rfc2822(sys_seconds t)
{
    std::string text;
    append_rfc2822(text, t);
    return text;
}

} // namespace

BOOST_AUTO_TEST_SUITE(timestamps)

BOOST_AUTO_TEST_CASE(written)
{
    BOOST_TEST(rfc2822(example) == "Thu, 24 Aug 2023 05:01:45 +0000");
    BOOST_TEST(rfc2822(sys_seconds()) == "Thu, 01 Jan 1970 00:00:00 +0000");
    std::string text;
    append_iso8601(text, example + milliseconds(7));
    BOOST_TEST(text == "2023-08-24T05:01:45.007Z");
}

BOOST_AUTO_TEST_CASE(read)
{
    for (auto const* text : {"2023-08-24T05:01:45Z", "2023-08-24T05:01:45.999Z", "2023-08-24T07:01:45+02:00",
                             "2023-08-24T07:01:45+0200", "2023-08-23T23:31:45-05:30"})
        BOOST_TEST((parse_iso8601(text) == example), text);
    for (auto const* text :
         {"", "2023", "2023-08-24", "2023-08-24T05:01:45", "2023-08-24 05:01:45Z", "2023-13-24T05:01:45Z",
          "2023-02-29T05:01:45Z", "2023-08-24T24:01:45Z", "2023-08-24T05:01:45.Z", "2023-08-24T05:01:45Zx",
          "2023-08-24T05:01:45+2", "-023-08-24T05:01:45Z", "2023-08-24T05:01:45+25:00"})
        BOOST_TEST(!parse_iso8601(text).has_value(), text);
}

BOOST_AUTO_TEST_SUITE_END()
