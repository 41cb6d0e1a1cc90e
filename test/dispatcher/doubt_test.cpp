// Where a list could mislead, and what asking costs Twilio.
#include "asking.hpp"
#include <boost/test/unit_test.hpp>

using namespace twilio_sms;
using namespace twilio_sms::test;
using namespace std::chrono_literals;

BOOST_FIXTURE_TEST_SUITE(doubts, asking)

BOOST_AUTO_TEST_CASE(clocks_within_twilio_may_differ)
{
    struct row {
        std::chrono::seconds behind;
        char const* outcome;
    };
    for (auto const& [behind, outcome] :
         {row{0s, "list 0004 after 1"}, row{2s, "list 0004 after 1"}, row{3s, "unknown"}, row{9s, "unknown"}}) {
        asking a;
        a.on_create = {"ok", "ok", "ok", "lost"};
        a.dates_are_behind = behind;
        for (int i = 0; i < 3; ++i) { // the Date headers teach the time
            a.say(i, "t" + std::to_string(i));
            a.w.advance(5s);
        }
        a.say(9);
        a.w.advance(100s);
        BOOST_TEST(a.result_of(9).starts_with(outcome), behind.count());
        BOOST_TEST(a.truth.size() == 4u, behind.count());
    }
}

BOOST_AUTO_TEST_CASE(a_message_the_list_shows_is_never_repeated_however_late_it_was)
{
    on_create = {"drop", "ok"};
    on_list = {"500", "500", "500", "500", "ok"};
    say(1);
    w.advance(49s);
    take("+15550107391", "hi"); // later than settle_time
    w.advance(70s);
    BOOST_TEST(result_of(1).starts_with("unknown"));
    BOOST_TEST(truth.size() == 1u);
}

BOOST_AUTO_TEST_CASE(who_asks_twice_is_told_the_same)
{
    change([](auto& s) { s.ask_about_unknown = false; });
    on_create = {"lost"};
    say(1);
    w.advance(60s);
    auto const unknown = outcomes.at(1).error();
    resolve(2, unknown);
    resolve(3, unknown); // at once
    w.advance(1s);
    resolve(4, unknown); // later
    w.advance(1s);
    for (int const asked : {2, 3, 4})
        BOOST_TEST(result_of(asked) == "list 0001 after 1");
    BOOST_TEST(lists == 1);
}

BOOST_AUTO_TEST_CASE(a_list_that_cannot_be_had_is_not_hammered)
{
    change([](auto& s) {
        s.max_connections = s.max_opening = 64;
        s.total_timeout = 300s;
    });
    on_create = {"drop"};
    on_list = {"429"};
    for (int i = 0; i < 1000; ++i) {
        auto const op = std::make_shared<detail::operation>();
        op->to = "+1555010" + std::to_string(1000 + i);
        op->form = "To=%2B" + op->to.substr(1) + "&From=%2B15550100001&Body=hi";
        op->queue_limited = false;
        start(i, op);
    }
    w.advance(120s);
    BOOST_TEST(lists > 0);
    BOOST_TEST(lists < 200); // of 1000 that wait, for 75 s
    on_list = {"ok"};
    on_create = {"ok"};
    w.advance(100s);
    std::map<std::string, int> results;
    for (int i = 0; i < 1000; ++i)
        ++results[result_of(i).substr(0, 6)];
    for (auto const& [what, count] : results)
        BOOST_TEST(what == "reply ", what << ": " << count);
}

BOOST_AUTO_TEST_CASE(an_equal_text_under_way_counts_whatever_was_asked_of_twilio)
{
    on_create = {"drop"};
    say(1);
    w.advance(20s);
    on_create = {"silent"};
    say(2, "hi", "&SmartEncoded=true"); // which changes nothing in this text
    w.advance(10s);
    take("+15550107391", "hi"); // it is the second's
    w.advance(20s);
    BOOST_TEST(lists >= 1);
    BOOST_TEST(result_of(1) == "running");
}

BOOST_AUTO_TEST_SUITE_END()
