// What is repeated, when, and what the caller is told.
#include "fixture.hpp"
#include <boost/test/unit_test.hpp>

namespace twilio_sms::test {

BOOST_FIXTURE_TEST_SUITE(retries, fixture)

BOOST_AUTO_TEST_CASE(first_send_is_accepted)
{
    send(1);
    w.advance();
    BOOST_TEST(outcome(1) == "accepted after 1");
    BOOST_TEST(outcomes.at(1)->sid == "SM00000000000000000000000000000001");
    std::vector<std::string> const expected{"attempt 1/4 new", "opened 1", "outcome accepted after 1"};
    BOOST_TEST(events->lines == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(throttled_sends_back_off_and_lower_the_limit)
{
    w.scripts = {
        answering({replying(error_reply(429, 20429)), replying(error_reply(429, 20429)), replying(accepted_reply)})};
    send(1);
    w.advance();
    BOOST_TEST(outcome(1) == "running");
    w.advance(499ms); // 0.5 of 1000 ms
    BOOST_TEST(w.requests.size() == 1u);
    w.advance(50ms); // within the precision of time limits
    BOOST_TEST(w.requests.size() == 2u);
    w.advance(950ms); // 0.5 of 2000 ms
    BOOST_TEST(w.requests.size() == 2u);
    w.advance(150ms);
    BOOST_TEST(outcome(1) == "accepted after 3");
    std::vector<std::string> const expected{"attempt 1/4 new",
                                            "opened 1",
                                            "limit 1",
                                            "failed 1 not_sent repeat in 500",
                                            "attempt 2/4 reused",
                                            "failed 2 not_sent repeat in 1000",
                                            "attempt 3/4 reused",
                                            "outcome accepted after 3"};
    BOOST_TEST(events->lines == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(retry_after_is_honoured)
{
    w.scripts = {answering({replying(http_reply(429, "{}", "Retry-After: 7\r\n")), replying(accepted_reply)})};
    send(1);
    w.advance(6990ms);
    BOOST_TEST(w.requests.size() == 1u);
    w.advance(60ms);
    BOOST_TEST(outcome(1) == "accepted after 2");
}

BOOST_AUTO_TEST_CASE(retry_after_beyond_the_deadline_ends_the_send)
{
    w.scripts = {answering({replying(http_reply(429, "{}", "Retry-After: 300\r\n"))})};
    send(1);
    w.advance();
    BOOST_TEST(outcome(1) == "not_sent http:429 after 1");
}

BOOST_AUTO_TEST_CASE(rejections_are_final)
{
    w.scripts = {answering({replying(error_reply(400, 21211))})};
    send(1);
    w.advance(60s);
    BOOST_TEST(outcome(1) == "rejected twilio:21211 after 1");
    BOOST_TEST(w.requests.size() == 1u);
    BOOST_TEST(outcomes.at(1).error().conditions.contains(condition::bad_recipient));
}

BOOST_AUTO_TEST_CASE(full_queue_and_daily_limit_are_not_repeated)
{
    for (int const twilio_code : {21611, 63038}) {
        w.scripts = {answering({replying(error_reply(429, twilio_code))})};
        make([](auto&) {});
        w.scripts = {answering({replying(error_reply(429, twilio_code))})};
        outcomes.clear();
        send(1);
        w.advance(60s);
        BOOST_TEST(outcome(1) == "not_sent twilio:" + std::to_string(twilio_code) + " after 1");
    }
}

BOOST_AUTO_TEST_CASE(refused_connections_are_retried_until_max_retries)
{
    script refuse;
    refuse.on_connect = script::connect::refuse;
    w.scripts = {refuse};
    send(1);
    w.advance(60s);
    BOOST_TEST(outcome(1) == "not_sent " + code(errc::connect_failed) + " after 4");
    BOOST_TEST(w.lookups == 4); // the addresses may have moved
    BOOST_TEST(last_event() == "outcome not_sent after 4");
}

BOOST_AUTO_TEST_CASE(max_retries_of_zero_never_repeats)
{
    make([](auto& s) { s.retry.max_retries = 0; });
    w.scripts = {answering({replying(error_reply(429, 20429))})};
    send(1);
    w.advance(60s);
    BOOST_TEST(outcome(1) == "not_sent twilio:20429 after 1");
}

BOOST_AUTO_TEST_CASE(unknown_is_reported_and_never_repeated)
{
    script::answer lost;
    lost.close_after = true;
    w.scripts = {answering({lost})};
    send(1);
    w.advance(60s);
    BOOST_TEST(outcome(1) == "unknown " + code(errc::connection_lost) + " after 1");
    BOOST_TEST(w.requests.size() == 1u);
}

BOOST_AUTO_TEST_CASE(unknown_is_repeated_when_duplicates_are_accepted)
{
    make([](auto& s) { s.retry.repeat_unknown = true; });
    script::answer lost;
    lost.close_after = true;
    w.scripts = {answering({lost}), answering({replying(accepted_reply)})};
    send(1);
    w.advance(60s);
    BOOST_TEST(outcome(1) == "accepted after 2");
    BOOST_TEST(w.requests.size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_later_no_does_not_hide_that_an_earlier_attempt_may_have_been_sent)
{
    make([](auto& s) { s.retry.repeat_unknown = true; });
    script::answer lost;
    lost.close_after = true;
    w.scripts = {answering({lost}), answering({replying(error_reply(400, 21610))})};
    send(1);
    w.advance(60s);
    BOOST_TEST(outcome(1) == "unknown twilio:21610 after 2");
    BOOST_TEST(outcomes.at(1).error().message.find("an earlier attempt may have been sent") != std::string::npos);
}

// The kept connection died while nothing was going on: replaced at once, no attempt spent, no back-off.
BOOST_AUTO_TEST_CASE(dead_kept_connection_costs_no_attempt)
{
    for (bool const noticed_before_writing : {true, false}) {
        make([](auto&) {});
        outcomes.clear();
        w.requests.clear();
        script dies = answering({replying(accepted_reply)});
        dies.close_when_idle = noticed_before_writing;
        if (!noticed_before_writing) { // reset while the request is written
            script::answer reset;
            reset.takes = 0;
            reset.reset_when_full = true;
            dies.answers.push_back(reset);
        }
        w.scripts = {dies, answering({replying(accepted_reply)})};
        send(1);
        w.advance(1s);
        send(2);
        w.advance();
        BOOST_TEST(outcome(2) == "accepted after 1");
        BOOST_TEST(w.requests.size() == 2u);
    }
}

// The whole request cut at every byte by a reset, on a new connection: partly out without TLS may have been read.
BOOST_AUTO_TEST_CASE(request_reset_at_every_byte)
{
    send(0);
    w.advance();
    auto const length = w.requests.at(0).size();
    for (std::size_t k = 0; k <= length; ++k) {
        make([](auto& s) { s.retry.max_retries = 0; });
        outcomes.clear();
        script::answer reset;
        reset.takes = k;
        reset.reset_when_full = true;
        reset.reset_after = true; // with all bytes taken: reset in place of a reply
        w.scripts = {answering({reset})};
        send(1);
        w.advance(1s);
        BOOST_TEST_CONTEXT("reset after " << k << " of " << length << " bytes")
        {
            BOOST_TEST(outcome(1) == (k == 0 ? "not_sent " : "unknown ") + code(errc::connection_lost) + " after 1");
        }
    }
}

BOOST_AUTO_TEST_CASE(reply_cut_at_every_byte)
{
    for (std::size_t k = 0; k <= accepted_reply.size(); ++k) {
        make([](auto&) {});
        outcomes.clear();
        auto cut = replying(accepted_reply.substr(0, k));
        cut.close_after = true;
        w.scripts = {answering({cut})};
        send(1);
        w.advance(1s);
        auto const expected = k == accepted_reply.size() ? "accepted after 1" : "unknown ";
        BOOST_TEST(outcome(1).starts_with(expected), "cut after " << k << ": " << outcome(1));
    }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
