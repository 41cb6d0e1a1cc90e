// Time limits, each at its place, with the fate that the place implies.
#include "fixture.hpp"
#include <boost/test/unit_test.hpp>

namespace twilio_sms::test {

BOOST_FIXTURE_TEST_SUITE(time_limits, fixture)

BOOST_AUTO_TEST_CASE(silence_after_the_request_is_unknown)
{
    w.scripts = {answering({script::answer{}})};
    send(1);
    w.advance(30900ms);
    BOOST_TEST(outcome(1) == "running");
    w.advance(200ms);
    BOOST_TEST(outcome(1) == "unknown " + code(errc::response_timeout) + " after 1");
    BOOST_TEST(outcomes.at(1).error().conditions.contains(condition::timeout));
}

BOOST_AUTO_TEST_CASE(a_request_that_could_not_be_written_at_all_is_not_sent)
{
    script::answer blocked;
    blocked.takes = 0;
    w.scripts = {answering({blocked})};
    send(1);
    w.advance(31050ms);
    BOOST_TEST(outcome(1) == "running"); // not_sent, so it is repeated
    BOOST_TEST(last_event() == "failed 1 not_sent repeat in 500");
}

BOOST_AUTO_TEST_CASE(connecting_has_its_own_limit)
{
    make([](auto& s) { s.retry.max_retries = 0; });
    script hang;
    hang.on_connect = script::connect::hang;
    w.scripts = {hang};
    send(1);
    w.advance(4900ms);
    BOOST_TEST(outcome(1) == "running");
    w.advance(200ms);
    BOOST_TEST(outcome(1) == "not_sent " + code(errc::connect_timeout) + " after 1");
}

BOOST_AUTO_TEST_CASE(each_address_gets_its_share_of_the_time)
{
    w.addresses = {1, 2, 3};
    script hang;
    hang.on_connect = script::connect::hang;
    script refuse;
    refuse.on_connect = script::connect::refuse;
    w.scripts = {hang, refuse, answering({replying(accepted_reply)})};
    send(1);
    w.advance(1600ms);
    BOOST_TEST(outcome(1) == "running");
    w.advance(200ms); // a third of 5 s
    BOOST_TEST(outcome(1) == "accepted after 1");
    std::vector<int> const tried{1, 2, 3};
    BOOST_TEST(w.connected_to == tried, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_address_that_worked_is_tried_first_next_time)
{
    w.addresses = {1, 2};
    script refuse;
    refuse.on_connect = script::connect::refuse;
    auto const closing = [] {
        auto a = replying(accepted_reply);
        a.close_after = true;
        return a;
    }();
    w.scripts = {refuse, answering({closing}), answering({replying(accepted_reply)})};
    send(1);
    w.advance(1s);
    send(2);
    w.advance(1s);
    std::vector<int> const tried{1, 2, 2};
    BOOST_TEST(w.connected_to == tried, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_look_up_that_hangs_is_abandoned)
{
    make([](auto& s) { s.retry.max_retries = 0; });
    w.lookup_hangs = true;
    send(1, 2s);
    w.advance(2050ms);
    BOOST_TEST(outcome(1) == "not_sent " + code(errc::deadline_exceeded) + " after 1");
}

BOOST_AUTO_TEST_CASE(a_name_without_address_fails_and_is_looked_up_again)
{
    w.lookup_failure = "yes";
    send(1);
    w.advance(100ms);
    BOOST_TEST(events->lines.at(1).starts_with("failed 1 not_sent repeat"));
    w.lookup_failure.clear();
    w.advance(10s);
    BOOST_TEST(outcome(1) == "accepted after 2");
    BOOST_TEST(w.lookups == 2);
}

BOOST_AUTO_TEST_CASE(look_ups_are_shared_and_kept_for_30_seconds)
{
    for (int i = 0; i < 4; ++i)
        send(i);
    w.advance();
    BOOST_TEST(w.lookups == 1);
    BOOST_TEST(w.connections.size() == 4u);
    w.advance(46s); // idle ones are closed by now
    send(4);
    w.advance();
    BOOST_TEST(w.lookups == 2);
    BOOST_TEST(outcome(4) == "accepted after 1");
}

BOOST_AUTO_TEST_CASE(the_deadline_cuts_short_whatever_is_under_way)
{
    w.scripts = {answering({script::answer{}})};
    send(1, 3s);
    w.advance(3050ms);
    BOOST_TEST(outcome(1) == "unknown " + code(errc::deadline_exceeded) + " after 1");
}

BOOST_AUTO_TEST_CASE(no_repeat_that_would_come_after_the_deadline)
{
    w.scripts = {answering({replying(error_reply(429, 20429))})};
    send(1, 400ms); // the first back-off is 500 ms
    w.advance();
    BOOST_TEST(outcome(1) == "not_sent twilio:20429 after 1");
}

BOOST_AUTO_TEST_CASE(waiting_for_a_connection_has_a_limit_in_single_sends_only)
{
    make([](auto& s) { s.max_connections = 1; });
    w.scripts = {answering({script::answer{}})};
    send(1);
    send(2);
    send(3, {}, false);
    w.advance(10050ms);
    BOOST_TEST(outcome(1) == "running");
    BOOST_TEST(outcome(2) == "not_sent " + code(errc::queue_timeout) + " after 0");
    BOOST_TEST(outcome(3) == "running");
    w.advance(200s);
    BOOST_TEST(outcome(3) == "unknown " + code(errc::response_timeout) + " after 1");
}

// An OTP that is too late must not go out.
BOOST_AUTO_TEST_CASE(a_deadline_that_has_passed_sends_nothing)
{
    send(1);
    w.advance();
    send(2, -5s); // passed before the call
    w.advance(1s);
    BOOST_TEST(outcome(2) == "not_sent " + code(errc::deadline_exceeded) + " after 0");
    BOOST_TEST(w.requests.size() == 1u);

    // Passed while the message was queued, and no tick has looked yet.
    make([](auto& s) { s.max_connections = 1; });
    auto slow = replying(accepted_reply);
    slow.delay = 10ms;
    w.scripts = {answering({slow})};
    w.requests.clear();
    send(3);
    send(4, 5ms);
    w.advance(11ms);
    BOOST_TEST(outcome(3) == "accepted after 1");
    BOOST_TEST(outcome(4) == "not_sent " + code(errc::deadline_exceeded) + " after 0");
    BOOST_TEST(w.requests.size() == 1u);

    // Passed while the connection was made, in a loop that was busy with something else.
    make([](auto&) {});
    w.requests.clear();
    send(5, 1s);
    asio::post(d->strand, [this] { w.now += 2s; });
    w.advance();
    BOOST_TEST(outcome(5) == "not_sent " + code(errc::deadline_exceeded) + " after 1");
    BOOST_TEST(w.requests.empty());
}

BOOST_AUTO_TEST_CASE(a_failed_look_up_fails_all_who_wait_for_it)
{
    make([](auto& s) {
        s.retry.max_retries = 0;
        s.max_connections = 4;
    });
    w.lookup_failure = "yes";
    for (int i = 0; i < 12; ++i)
        send(i);
    w.advance(100ms);
    for (int i = 0; i < 12; ++i)
        BOOST_TEST(outcome(i) == "not_sent " + code(errc::name_lookup_failed) + " after 1");
    BOOST_TEST(w.lookups <= 4); // three rounds of four
}

BOOST_AUTO_TEST_CASE(the_deadline_holds_in_the_queue_too)
{
    make([](auto& s) { s.max_connections = 1; });
    w.scripts = {answering({script::answer{}})};
    send(1);
    send(2, 2s);
    w.advance(2050ms);
    BOOST_TEST(outcome(2) == "not_sent " + code(errc::deadline_exceeded) + " after 0");
}

BOOST_AUTO_TEST_CASE(a_repeat_that_comes_due_with_the_deadline_waits_for_no_connection)
{
    make([](auto& s) {
        s.max_connections = 1;
        s.retry.retry_delay = 2002ms;
    });
    script refusing;
    refusing.on_connect = script::connect::refuse;
    w.scripts = {refusing, answering({})};
    send(1, 1010ms); // to be repeated after 1001 ms
    w.poll();
    send(2); // keeps the only connection
    w.advance(1025ms);
    BOOST_TEST(outcome(1) == "not_sent " + code(errc::deadline_exceeded) + " after 1");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
