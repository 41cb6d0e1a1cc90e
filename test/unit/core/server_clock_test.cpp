#include "core/server_clock.hpp"
#include "support.hpp"

using namespace twilio_sms::detail;
using namespace std::chrono_literals;

namespace {

using time_point = server_clock::time_point;

time_point const start{1000s};
std::chrono::sys_seconds const noon{1'700'000'000s};

// Against the server's time at `start` being exactly noon + 0.4 s.
std::int64_t from_noon(std::chrono::sys_time<std::chrono::milliseconds> when)
{
    return (when - noon).count();
}

} // namespace

BOOST_AUTO_TEST_SUITE(clock_of_the_server)

BOOST_AUTO_TEST_CASE(before_any_reply_our_own_clock_counts_within_ten_minutes)
{
    server_clock const clock;
    auto const span = clock.at(start - 30s, start, noon);
    BOOST_TEST(from_noon(span.earliest) == -630'000);
    BOOST_TEST(from_noon(span.latest) == 570'000);
}

BOOST_AUTO_TEST_CASE(one_reply_tells_it_to_a_second_and_the_round_trip)
{
    server_clock clock;
    clock.learn(start, start + 100ms, noon);
    auto const span = clock.at(start, start, noon + 10h); // our own calendar does not matter
    BOOST_TEST(from_noon(span.earliest) == -102);
    BOOST_TEST(from_noon(span.latest) == 1001);
    auto const earlier = clock.at(start - 7s, start, noon);
    BOOST_TEST(from_noon(earlier.earliest) == -7109);
}

BOOST_AUTO_TEST_CASE(several_replies_narrow_it_down)
{
    server_clock clock;
    // The server's clock is 0.4 s ahead of `start`: its second turns at start + 0.6 s.
    clock.learn(start + 550ms, start + 590ms, noon);
    clock.learn(start + 610ms, start + 640ms, noon + 1s);
    auto const span = clock.at(start, start + 1s, noon);
    BOOST_TEST(from_noon(span.earliest) <= 400);
    BOOST_TEST(from_noon(span.latest) >= 400);
    BOOST_TEST((span.latest - span.earliest).count() < 150);
}

BOOST_AUTO_TEST_CASE(what_was_learnt_long_ago_counts_less)
{
    server_clock clock;
    clock.learn(start, start, noon);
    auto const soon = clock.at(start, start + 1s, noon);
    auto const later = clock.at(start, start + 1h, noon);
    BOOST_TEST((soon.latest - soon.earliest).count() == 1003);
    BOOST_TEST((later.latest - later.earliest).count() == 1001 + 2 * 3600);
}

BOOST_AUTO_TEST_CASE(replies_that_contradict_may_both_be_right_until_more_is_known)
{
    server_clock clock;
    clock.learn(start, start + 10ms, noon);
    clock.learn(start + 5s, start + 5s + 10ms, noon + 2h);
    auto const both = clock.at(start + 5s, start + 5s, noon);
    BOOST_TEST(from_noon(both.earliest) <= 5000);
    BOOST_TEST(from_noon(both.latest) >= 7'200'000);
    clock.learn(start + 6s, start + 6s + 10ms, noon + 2h + 1s);
    auto const span = clock.at(start + 6s, start + 6s, noon);
    BOOST_TEST(from_noon(span.earliest) >= 7'200'000);
    BOOST_TEST(from_noon(span.latest) <= 7'203'000);
}

BOOST_AUTO_TEST_CASE(times_long_before_what_was_learnt_are_less_sure)
{
    server_clock clock;
    clock.learn(start, start, noon);
    auto const span = clock.at(start - 500s, start, noon);
    BOOST_TEST((span.latest - span.earliest).count() == 1001 + 2 * 500);
}

BOOST_AUTO_TEST_SUITE_END()
