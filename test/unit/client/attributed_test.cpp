#include "client/attributed.hpp"
#include "support.hpp"
#include <cstdio>
#include <string>

using namespace twilio_sms::detail;
using namespace std::chrono_literals;

namespace {

attributed_sids::time_point const start{1000s};

std::string sid(std::size_t n)
{
    char text[35];
    std::snprintf(text, sizeof text, "SM%032zx", n);
    return text;
}

} // namespace

BOOST_AUTO_TEST_SUITE(attributed)

BOOST_AUTO_TEST_CASE(knows_what_was_added)
{
    attributed_sids sids;
    sids.add("SM0123456789abcdef0123456789abcdef", start);
    BOOST_TEST(sids.contains("SM0123456789abcdef0123456789abcdef"));
    BOOST_TEST(sids.contains("SM0123456789ABCDEF0123456789ABCDEF")); // Twilio's expression lets both through
    BOOST_TEST(!sids.contains("SM0123456789abcdef0123456789abcdee"));
    BOOST_TEST(!sids.contains("SM1123456789abcdef0123456789abcdef"));
    BOOST_TEST(sids.complete_since(start - 1h));
}

BOOST_AUTO_TEST_CASE(every_digit_counts)
{
    attributed_sids sids;
    std::string const digits = "0123456789abcdef";
    for (std::size_t at = 2; at < 34; ++at)
        for (char const c : digits) {
            std::string one(34, '0');
            one[0] = 'S', one[1] = 'M', one[at] = c;
            BOOST_TEST_REQUIRE(sids.contains(one) == (c == '0' && at > 2));
            sids.add(one, start);
            BOOST_TEST_REQUIRE(sids.contains(one));
        }
}

BOOST_AUTO_TEST_CASE(old_ones_go_and_that_is_remembered)
{
    attributed_sids sids;
    for (std::size_t i = 0; i < 10; ++i)
        sids.add(sid(i), start + i * 1s);
    sids.forget_before(start + 5s);
    BOOST_TEST(!sids.contains(sid(4)));
    BOOST_TEST(sids.contains(sid(5)));
    BOOST_TEST(!sids.complete_since(start + 4s));
    BOOST_TEST(sids.complete_since(start + 4s + 1ns));
}

BOOST_AUTO_TEST_CASE(there_is_a_limit)
{
    attributed_sids sids;
    for (std::size_t i = 0; i <= attributed_sids::most; ++i)
        sids.add(sid(i), start + i * 1us);
    BOOST_TEST(!sids.contains(sid(0)));
    BOOST_TEST(sids.contains(sid(1)));
    BOOST_TEST(!sids.complete_since(start));
    auto const last_of_its_step = start + attributed_sids::step - 1us;
    BOOST_TEST(!sids.complete_since(last_of_its_step));
    BOOST_TEST(sids.complete_since(last_of_its_step + 1us));
}

BOOST_AUTO_TEST_SUITE_END()
