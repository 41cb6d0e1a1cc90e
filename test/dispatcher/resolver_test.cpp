// A send whose outcome is unknown is asked about, in virtual time.
#include "asking.hpp"
#include <boost/test/unit_test.hpp>

using namespace twilio_sms;
using namespace twilio_sms::test;
using namespace std::chrono_literals;

BOOST_FIXTURE_TEST_SUITE(asking_twilio, asking)

BOOST_AUTO_TEST_CASE(a_message_that_twilio_has_is_accepted)
{
    on_create = {"lost"};
    say(1);
    w.advance(44s);
    BOOST_TEST(result_of(1) == "running");
    BOOST_TEST(lists == 0); // nothing is asked before
    w.advance(1100ms);
    BOOST_TEST(result_of(1) == "list 0001 after 1");
    BOOST_TEST(lists == 1);
    BOOST_TEST(outcomes.at(1)->status == "sent");
    BOOST_TEST(outcomes.at(1)->segments == 1);
    BOOST_TEST((outcomes.at(1)->date_created == truth[0].created));
    std::vector<std::string> const told = {"attempt 1/4 new",         "opened 1", "closed lost 0",
                                           "failed 1 unknown asks",   "opened 1", "resolved accepted",
                                           "outcome accepted after 1"};
    BOOST_TEST(events->lines == told, boost::test_tools::per_element());
    BOOST_TEST(w.requests.back().starts_with(
        "GET /2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/Messages.json?To=%2B15550107391&PageSize=50 "
        "HTTP/1.1\r\n"));
}

BOOST_AUTO_TEST_CASE(a_message_that_twilio_does_not_have_is_sent_again)
{
    on_create = {"drop", "ok"};
    say(1);
    w.advance(46s);
    BOOST_TEST(result_of(1) == "reply 0001 after 2");
    BOOST_TEST(truth.size() == 1u);
    BOOST_TEST(events->lines[5] == "resolved not_sent repeats");
}

BOOST_AUTO_TEST_CASE(without_retries_it_is_not_sent)
{
    change([](auto& s) { s.retry.max_retries = 0; });
    on_create = {"drop"};
    say(1);
    w.advance(46s);
    BOOST_TEST(result_of(1) == "not_sent " + code(errc::connection_lost) + " after 1");
    auto const& f = outcomes.at(1).error();
    BOOST_TEST(f.message.ends_with("; Twilio was asked and does not have it"));
    BOOST_TEST(f.conditions.contains(condition::retryable));
    BOOST_TEST(f.unresolved == nullptr);
}

BOOST_AUTO_TEST_CASE(each_doubt_is_asked_about)
{
    change([](auto& s) { s.retry.max_retries = 1; });
    on_create = {"drop", "drop"};
    say(1);
    w.advance(46s);
    BOOST_TEST(result_of(1) == "running");
    w.advance(46s);
    BOOST_TEST(result_of(1) == "not_sent " + code(errc::connection_lost) + " after 2");
    BOOST_TEST(lists == 2);
}

BOOST_AUTO_TEST_CASE(a_late_acceptance_of_the_first_attempt_ends_the_second_doubt)
{
    on_create = {"drop", "drop"};
    say(1);
    w.advance(46s);
    take("+15550107391", "hi"); // after settle_time
    w.advance(46s);
    BOOST_TEST(result_of(1) == "list 0001 after 2");
}

BOOST_AUTO_TEST_CASE(what_others_sent_meanwhile_is_known_until_the_last_doubt_ends)
{
    on_create = {"drop", "ok", "silent"};
    say(1);
    w.advance(20s);
    say(2, "something+else");
    w.advance(26s);
    take("+15550107391", "hi"); // after settle_time
    w.advance(46s);
    BOOST_TEST(result_of(1) == "list 0002 after 2");
}

BOOST_AUTO_TEST_CASE(a_silent_server_is_asked_45_s_after_the_request)
{
    on_create = {"silent"};
    say(1);
    w.advance(31s + 100ms);
    BOOST_TEST(last_event() == "failed 1 unknown asks");
    w.advance(13s + 800ms);
    BOOST_TEST(lists == 0);
    w.advance(300ms);
    BOOST_TEST(lists == 1);
}

BOOST_AUTO_TEST_CASE(no_time_to_ask)
{
    change([](auto& s) { s.total_timeout = 44s; });
    on_create = {"lost"};
    say(1);
    w.advance(100ms);
    BOOST_TEST(result_of(1) == "unknown " + code(errc::connection_lost) + " after 1");
    BOOST_TEST(outcomes.at(1).error().unresolved != nullptr);
    w.advance(60s);
    BOOST_TEST(lists == 0);
}

BOOST_AUTO_TEST_CASE(no_time_to_ask_when_the_wait_for_the_reply_used_it_up)
{
    change([](auto& s) {
        s.settle_time = 10s;
        s.response_timeout = 31'001ms;
        s.total_timeout = 31'003ms;
    });
    on_create = {"silent"};
    say(1);
    w.advance(31'025ms);
    BOOST_TEST(result_of(1) == "unknown " + code(errc::response_timeout) + " after 1");
}

BOOST_AUTO_TEST_CASE(a_refused_list_leaves_it_unknown)
{
    on_create = {"lost"};
    on_list = {"403"};
    say(1);
    w.advance(46s);
    BOOST_TEST(result_of(1) == "unknown " + code(errc::connection_lost) + " after 1");
    BOOST_TEST(outcomes.at(1).error().message.find("does not let these credentials list messages (HTTP 403)") !=
               std::string::npos);
    BOOST_TEST(events->lines[5] == "resolved unknown");
    BOOST_TEST(lists == 1);
}

BOOST_AUTO_TEST_CASE(a_failing_list_is_asked_again_with_back_off)
{
    on_create = {"lost"};
    on_list = {"500", "close", "429", "ok"};
    say(1);
    w.advance(45s + 100ms);
    BOOST_TEST(lists == 1);
    w.advance(850ms);
    BOOST_TEST(lists == 1);
    w.advance(200ms);       // a second is over
    BOOST_TEST(lists == 3); // a kept connection that is found closed is replaced at once
    w.advance(800ms);
    BOOST_TEST(lists == 3);
    w.advance(200ms); // half of 2 s
    BOOST_TEST(lists == 4);
    BOOST_TEST(result_of(1) == "list 0001 after 1");
}

BOOST_AUTO_TEST_CASE(a_list_that_fails_to_the_end_leaves_it_unknown)
{
    on_create = {"lost"};
    on_list = {"500"};
    say(1);
    w.advance(119s);
    BOOST_TEST(result_of(1) == "running");
    w.advance(1100ms);
    BOOST_TEST(result_of(1) == "unknown " + code(errc::connection_lost) + " after 1");
    BOOST_TEST(outcomes.at(1).error().message.ends_with("; the time for this send was up before Twilio could tell"));
    int const asked = lists;
    w.advance(60s);
    BOOST_TEST(lists == asked);
}

BOOST_AUTO_TEST_CASE(another_text_to_the_number_makes_it_ambiguous)
{
    on_create = {"drop"};
    say(1);
    take("+15550107391", "something else");
    w.advance(46s);
    BOOST_TEST(result_of(1) == "unknown " + code(errc::connection_lost) + " after 1");
    BOOST_TEST(outcomes.at(1).error().message.ends_with("; Twilio's list of messages does not tell it from others"));
}

BOOST_AUTO_TEST_CASE(our_other_messages_to_the_number_are_known)
{
    on_create = {"drop", "ok"};
    say(1);
    say(2, "something+else");
    w.advance(46s);
    BOOST_TEST(result_of(1) == "reply 0002 after 2");
    BOOST_TEST(result_of(2) == "reply 0001 after 1");
}

BOOST_AUTO_TEST_CASE(equal_messages_on_purpose)
{
    on_create = {"lost", "ok", "drop", "ok"};
    say(1);
    w.advance(100ms);
    say(2);
    w.advance(100ms);
    say(3);
    w.advance(60s);
    BOOST_TEST(result_of(1) == "list 0001 after 1");
    BOOST_TEST(result_of(2) == "reply 0002 after 1");
    BOOST_TEST(result_of(3) == "reply 0003 after 2");
    BOOST_TEST(truth.size() == 3u);
}

BOOST_AUTO_TEST_CASE(an_equal_one_just_before_is_not_taken_for_it)
{
    on_create = {"ok", "ok", "drop", "ok"};
    for (int const number : {1, 2, 3}) {
        say(number);
        w.advance(1s); // dates are whole seconds: all three are in the window of the third
    }
    w.advance(60s);
    BOOST_TEST(result_of(3) == "reply 0003 after 2");
    BOOST_TEST(truth.size() == 3u);
}

BOOST_AUTO_TEST_CASE(an_equal_one_under_way_delays_the_answer)
{
    on_create = {"lost", "silent"};
    say(1);
    w.advance(30s);
    say(2);
    w.advance(16s);
    BOOST_TEST(lists >= 1);
    BOOST_TEST(result_of(1) == "running"); // 2 waits for its reply: the message could be its
    w.advance(31s);
    BOOST_TEST(result_of(1) == "list 0001 after 1");
    w.advance(60s);
    BOOST_TEST(truth.size() == 1u);
    BOOST_TEST(result_of(2) == "running"); // asked about, absent, repeated, silence again
}

BOOST_AUTO_TEST_CASE(what_twilio_rewrites_is_not_asked_about)
{
    on_create = {"lost"};
    form = "To=%2B15550107391&From=%2B15550100001&Body=hi&SmartEncoded=true";
    w.respond = [](std::string const&) {
        script::answer a;
        a.close_after = true;
        return a;
    };
    send(1);
    w.advance(100ms);
    BOOST_TEST(result_of(1) == "unknown " + code(errc::connection_lost) + " after 1");
    BOOST_TEST(outcomes.at(1).error().unresolved == nullptr); // nor later
}

BOOST_AUTO_TEST_CASE(the_servers_clock_counts_not_ours)
{
    server_is_ahead = 5h;
    on_create = {"lost"};
    say(1);
    w.advance(46s);
    BOOST_TEST(result_of(1) == "list 0001 after 1");
}

BOOST_AUTO_TEST_CASE(a_server_that_is_behind_tells_the_time_with_its_list)
{
    server_is_ahead = -5h;
    on_create = {"lost"};
    say(1);
    w.advance(46s);
    BOOST_TEST(result_of(1) == "list 0001 after 1");
}

BOOST_AUTO_TEST_CASE(pages_of_older_messages_are_not_read)
{
    on_create = {"drop", "ok"};
    w.respond = [this](std::string const& request) {
        auto a = answer(request);
        if (request.starts_with("GET"))
            a->reply = http_reply(
                200,
                R"({"next_page_uri":"/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef)"
                R"(/Messages.json?Page=1","messages":[)" +
                    json_of({"SM000000000000000000000000000000ff", "+15550107391", "hi", server_now() - 3min}) + "]}",
                date_field());
        return a;
    };
    say(1);
    w.advance(46s);
    BOOST_TEST(lists == 1);
    BOOST_TEST(result_of(1) == "reply 0001 after 2");
}

BOOST_AUTO_TEST_CASE(cancelled_while_in_doubt)
{
    on_create = {"lost"};
    say(1);
    w.advance(10s);
    cancel(1);
    w.poll();
    BOOST_TEST(result_of(1) == "unknown " + code(errc::cancelled) + " after 1");
    BOOST_TEST(outcomes.at(1).error().unresolved != nullptr);
    w.advance(60s);
    BOOST_TEST(lists == 0);
}

BOOST_AUTO_TEST_CASE(cancelled_while_being_asked)
{
    on_create = {"lost"};
    w.respond = [this](std::string const& request) {
        auto a = answer(request);
        if (request.starts_with("GET"))
            a->delay = 5s;
        return a;
    };
    say(1);
    w.advance(46s);
    BOOST_TEST(lists == 1);
    cancel(1);
    w.advance(100ms);
    BOOST_TEST(result_of(1) == "unknown " + code(errc::cancelled) + " after 1");
    say(2);
    w.advance(60s);
    BOOST_TEST(result_of(2) == "list 0002 after 1");
}

BOOST_AUTO_TEST_CASE(close_waits_for_the_answer)
{
    on_create = {"lost"};
    say(1);
    w.advance(1s);
    close();
    w.advance(43s);
    BOOST_TEST(!closed);
    w.advance(2s);
    BOOST_TEST(closed);
    BOOST_TEST(result_of(1) == "list 0001 after 1");
    BOOST_TEST(last_event() == "closed closed 0");
}

BOOST_AUTO_TEST_CASE(the_end_of_the_provider_leaves_it_unknown)
{
    on_create = {"lost"};
    say(1);
    w.advance(1s);
    shut_down();
    w.poll();
    BOOST_TEST(result_of(1) == "unknown " + code(errc::closed) + " after 1");
}

BOOST_AUTO_TEST_CASE(a_failure_that_was_kept_is_resolved_later)
{
    change([](auto& s) { s.ask_about_unknown = false; });
    on_create = {"lost", "drop"};
    say(1);
    w.advance(1s);
    say(2, "ho");
    w.advance(1s);
    BOOST_TEST(result_of(1) == "unknown " + code(errc::connection_lost) + " after 1");
    w.advance(10min);
    events->lines.clear();
    resolve(3, outcomes.at(1).error());
    resolve(4, outcomes.at(2).error());
    w.advance(1s);
    BOOST_TEST(result_of(3) == "list 0001 after 1");
    BOOST_TEST(result_of(4) == "not_sent " + code(errc::connection_lost) + " after 1");
    BOOST_TEST(lists == 1); // both are to one number
    std::vector<std::string> const told = {"opened 1", "resolved accepted", "resolved not_sent"};
    BOOST_TEST(events->lines == told, boost::test_tools::per_element()); // no outcome a second time
}

BOOST_AUTO_TEST_CASE(what_cannot_be_recognised_cannot_be_resolved_either)
{
    on_create = {"lost"};
    say(1, "hi", "&ContentSid=HX0123456789abcdef0123456789abcdef");
    w.respond = [](std::string const&) {
        script::answer a;
        a.close_after = true;
        return a;
    };
    w.advance(1s);
    BOOST_TEST((outcomes.at(1).error().fate == fate::unknown));
    BOOST_TEST(outcomes.at(1).error().unresolved == nullptr);
}

BOOST_AUTO_TEST_CASE(our_clock_may_be_hours_off_at_the_first_send)
{
    server_is_ahead = -5h;
    on_create = {"lost"};
    say(1);
    w.advance(46s);
    BOOST_TEST(result_of(1) == "list 0001 after 1");
    BOOST_TEST(truth.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_machine_that_slept_does_not_look_for_it_too_late)
{
    on_create = {"ok", "lost"};
    say(1, "first"); // teaches the time
    w.advance(2s);
    say(2);
    w.advance(1s);
    server_is_ahead = 10min; // the steady clock stood still meanwhile
    w.advance(46s);
    BOOST_TEST(result_of(2) == "list 0002 after 1");
}

BOOST_AUTO_TEST_CASE(a_gateways_clock_does_not_count)
{
    on_create = {"ok", "lost"};
    say(1, "first");
    w.advance(2s);
    w.respond = [this](std::string const& request) {
        auto a = answer(request);
        if (request.starts_with("POST") && a->close_after) {
            server_is_ahead = 1h;
            a->close_after = false;
            a->reply = http_reply(502, "<html>", date_field());
            server_is_ahead = 0h;
        }
        return a;
    };
    say(2);
    w.advance(46s);
    BOOST_TEST(result_of(2) == "list 0002 after 1");
}

BOOST_AUTO_TEST_CASE(resolving_waits_until_the_message_has_settled)
{
    change([](auto& s) { s.ask_about_unknown = false; });
    on_create = {"lost"};
    say(1);
    w.advance(1s);
    resolve(2, outcomes.at(1).error());
    w.advance(43s);
    BOOST_TEST(lists == 0);
    cancel(2);
    w.poll();
    BOOST_TEST(result_of(2) == "unknown " + code(errc::cancelled) + " after 1");
}

BOOST_AUTO_TEST_CASE(questions_never_take_a_messages_place)
{
    change([](auto& s) { s.max_connections = 1; });
    on_create = {"lost", "ok"};
    w.respond = [this](std::string const& request) {
        auto a = answer(request);
        if (request.starts_with("GET"))
            a->delay = 20s;
        return a;
    };
    say(1);
    w.advance(46s);
    say(2, "ho");
    w.advance(100ms);
    BOOST_TEST(result_of(2) == "reply 0002 after 1");
    BOOST_TEST(result_of(1) == "running");
}

BOOST_AUTO_TEST_CASE(a_question_that_gets_no_answer_ends)
{
    on_create = {"lost"};
    int asked = 0;
    w.respond = [&, this](std::string const& request) -> std::optional<script::answer> {
        if (request.starts_with("GET") && ++asked == 1)
            return std::nullopt;
        return answer(request);
    };
    say(1);
    w.advance(45s + 31s + 1s);
    BOOST_TEST(asked == 2);
    BOOST_TEST(result_of(1) == "list 0001 after 1");
}

BOOST_AUTO_TEST_SUITE_END()
