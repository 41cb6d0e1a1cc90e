// Limits that hold for all sends of a provider together.
#include "fixture.hpp"
#include <boost/test/unit_test.hpp>

using namespace twilio_sms;
using namespace twilio_sms::test;
using namespace std::chrono_literals;

BOOST_FIXTURE_TEST_SUITE(repeats_in_bad_times, fixture)

BOOST_AUTO_TEST_CASE(when_everything_fails_repeats_end)
{
    make([](auto& s) {
        s.max_connections = s.max_opening = 200;
        s.retry.retry_delay = 0ms;
    });
    w.scripts = {script()};
    w.scripts[0].on_connect = script::connect::refuse;
    for (int i = 0; i < 200; ++i)
        send(i);
    w.advance(10s);
    BOOST_TEST(w.connections.size() == 300u); // 200 first attempts and 100 repeats
    int told = 0;
    for (auto const& [number, outcome] : outcomes)
        told += outcome.error().message.ends_with("; not repeated, since too many sends are failing just now");
    BOOST_TEST(told > 0);
}

BOOST_AUTO_TEST_CASE(being_throttled_does_not_count)
{
    make([](auto& s) {
        s.max_connections = s.max_opening = 200;
        s.retry.retry_delay = 0ms;
        s.retry.max_retries = 3;
    });
    w.scripts = {answering({replying(error_reply(429, 20429))})};
    for (int i = 0; i < 100; ++i)
        send(i);
    w.advance(10s);
    BOOST_TEST(w.requests.size() == 400u);
}

BOOST_AUTO_TEST_CASE(handshakes_take_turns)
{
    make([](auto& s) {
        s.max_connections = 10;
        s.max_opening = 2;
    });
    w.scripts = {script()};
    w.scripts[0].on_connect = script::connect::hang;
    for (int i = 0; i < 5; ++i)
        send(i);
    w.advance(100ms);
    BOOST_TEST(w.connections.size() == 2u);
    w.advance(5s);
    BOOST_TEST(w.connections.size() == 4u); // the first two gave up
}

BOOST_AUTO_TEST_SUITE_END()
