// Connections opened ahead of need.
#include "fixture.hpp"
#include <boost/test/unit_test.hpp>

using namespace twilio_sms;
using namespace twilio_sms::test;
using namespace std::chrono_literals;

namespace {

struct warming : fixture {
    std::vector<std::string> ends; ///< of warm-ups, in their order: "open" or the failure's code

    void warm_up(std::size_t connections)
    {
        auto const wait = std::make_shared<detail::warm_up_wait>(
            connections, [this](std::optional<failure> why) { ends.push_back(why ? why->code.to_string() : "open"); });
        asio::dispatch(d->strand, [this, wait] { d->warm_up(wait); });
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(warming_up, warming)

BOOST_AUTO_TEST_CASE(connections_are_open_before_the_first_send)
{
    warm_up(3);
    w.advance(100ms);
    BOOST_TEST(ends == std::vector<std::string>{"open"});
    BOOST_TEST(w.connections.size() == 3u);
    BOOST_TEST(w.requests.empty());
    send(1);
    w.advance(100ms);
    BOOST_TEST(outcome(1) == "accepted after 1");
    BOOST_TEST(w.connections.size() == 3u);
    BOOST_TEST(events->lines[3] == "attempt 1/4 reused");
}

BOOST_AUTO_TEST_CASE(some_at_once)
{
    make([](auto& s) {
        s.max_connections = 10;
        s.max_opening = 2;
    });
    warm_up(5);
    w.poll();
    BOOST_TEST(w.connections.size() == 5u); // one pair after the other
    BOOST_TEST(ends == std::vector<std::string>{"open"});
    w.scripts[0].on_connect = script::connect::hang;
    warm_up(9);
    w.advance(100ms);
    BOOST_TEST(w.connections.size() == 7u);
    BOOST_TEST(ends.size() == 1u);
}

BOOST_AUTO_TEST_CASE(those_that_are_open_count)
{
    send(1);
    w.advance(100ms);
    warm_up(1);
    w.advance(100ms);
    BOOST_TEST(ends == std::vector<std::string>{"open"});
    BOOST_TEST(w.connections.size() == 1u);
    warm_up(0);
    w.advance(100ms);
    BOOST_TEST(ends.size() == 2u);
}

BOOST_AUTO_TEST_CASE(one_that_is_being_opened_for_a_message_counts)
{
    send(1);
    warm_up(1);
    w.advance(100ms);
    BOOST_TEST(outcome(1) == "accepted after 1");
    BOOST_TEST(ends == std::vector<std::string>{"open"});
    BOOST_TEST(w.connections.size() == 1u);
}

BOOST_AUTO_TEST_CASE(close_gives_up_what_is_being_opened)
{
    w.scripts[0].on_connect = script::connect::hang;
    warm_up(2);
    w.advance(100ms);
    close();
    w.advance(100ms);
    BOOST_TEST(closed);
    for (auto const& c : w.connections)
        BOOST_TEST(!c->connector);
}

BOOST_AUTO_TEST_CASE(messages_come_first)
{
    make([](auto& s) { s.max_opening = 1; });
    w.scripts[0].on_connect = script::connect::hang;
    warm_up(4);
    send(1);
    w.advance(5100ms);
    BOOST_TEST(w.connections.size() == 2u);
    BOOST_TEST(outcome(1) == "running");
    BOOST_TEST(ends.size() == 1u); // failed; nothing more is opened ahead
    BOOST_TEST(ends[0] == code(errc::connect_timeout));
}

BOOST_AUTO_TEST_CASE(one_that_cannot_be_opened_ends_the_wait)
{
    w.scripts[0].on_connect = script::connect::refuse;
    warm_up(2);
    w.advance(100ms);
    BOOST_TEST(ends == std::vector<std::string>{code(errc::connect_failed)});
    BOOST_TEST(w.connections.size() <= 2u);
    w.advance(60s);
    BOOST_TEST(w.connections.size() <= 2u);
}

BOOST_AUTO_TEST_CASE(the_end_of_the_provider_ends_it)
{
    w.scripts[0].on_connect = script::connect::hang;
    warm_up(2);
    w.advance(100ms);
    shut_down();
    w.advance(100ms);
    BOOST_TEST(ends == std::vector<std::string>{code(errc::closed)});
    for (auto const& c : w.connections)
        BOOST_TEST(!c->connector); // given up
    warm_up(1);
    w.advance(100ms);
    BOOST_TEST(ends.size() == 2u);
}

BOOST_AUTO_TEST_CASE(close_closes_what_was_opened_ahead)
{
    warm_up(2);
    w.advance(100ms);
    close();
    w.advance(100ms);
    BOOST_TEST(closed);
    BOOST_TEST(last_event() == "closed closed 0");
}

BOOST_AUTO_TEST_SUITE_END()
