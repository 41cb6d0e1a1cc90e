// Connections: how many, which one, how long.
#include "fixture.hpp"
#include <boost/test/unit_test.hpp>

namespace twilio_sms::test {

BOOST_FIXTURE_TEST_SUITE(pool, fixture)

BOOST_AUTO_TEST_CASE(sends_in_a_row_use_one_connection)
{
    for (int i = 0; i < 10; ++i) {
        send(i);
        w.advance();
        BOOST_TEST(outcome(i) == "accepted after 1");
    }
    BOOST_TEST(w.connections.size() == 1u);
}

// From within the handler of the one before, as a coroutine in a loop does.
BOOST_AUTO_TEST_CASE(a_loop_of_sends_uses_one_connection)
{
    struct chain : recording_observer {
        fixture* f = nullptr;
        int next = 1;
        void on_outcome(outcome_event const&) noexcept override
        {
            if (next < 50)
                f->send(next++);
        }
    };
    auto const observer = std::make_shared<chain>();
    observer->f = this;
    make([&](auto& s) { s.observer = observer; });
    send(0);
    w.advance(1s);
    BOOST_TEST(outcomes.size() == 50u);
    BOOST_TEST(w.connections.size() == 1u);
}

BOOST_AUTO_TEST_CASE(never_more_than_max_connections)
{
    auto slow = replying(accepted_reply);
    slow.delay = 100ms;
    w.scripts = {answering({slow})};
    for (int i = 0; i < 40; ++i)
        send(i);
    w.advance(5s);
    BOOST_TEST(w.connections.size() == 4u);
    BOOST_TEST(outcomes.size() == 40u);
}

BOOST_AUTO_TEST_CASE(messages_go_out_in_the_order_they_came)
{
    make([](auto& s) { s.max_connections = 1; });
    for (int i = 0; i < 20; ++i)
        send(i);
    w.advance(1s);
    BOOST_REQUIRE_EQUAL(w.requests.size(), 20u);
    for (std::size_t i = 0; i < 20; ++i)
        BOOST_TEST(w.requests[i].ends_with("Number=" + std::to_string(i)));
}

BOOST_AUTO_TEST_CASE(idle_connections_are_closed)
{
    send(1);
    w.advance(44s);
    BOOST_TEST(last_event() == "outcome accepted after 1");
    w.advance(3s);
    BOOST_TEST(last_event() == "closed idle 0");
    send(2);
    w.advance();
    BOOST_TEST(outcome(2) == "accepted after 1");
    BOOST_TEST(w.connections.size() == 2u);
}

BOOST_AUTO_TEST_CASE(old_connections_are_replaced_between_requests)
{
    make([](auto& s) { s.limits = {1000s, 10s}; });
    for (int i = 0; i < 30; ++i) {
        send(i);
        w.advance(1s);
        BOOST_TEST(outcome(i) == "accepted after 1");
    }
    BOOST_TEST(w.connections.size() == 3u);
}

BOOST_AUTO_TEST_CASE(a_busy_connection_is_replaced_by_age_too)
{
    make([](auto& s) {
        s.limits = {1000s, 10s};
        s.max_connections = 1;
    });
    auto slow = replying(accepted_reply);
    slow.delay = 500ms;
    w.scripts = {answering({slow})};
    for (int i = 0; i < 60; ++i)
        send(i, {}, false);
    w.advance(60s);
    BOOST_TEST(outcomes.size() == 60u);
    BOOST_TEST(w.connections.size() >= 3u);
}

BOOST_AUTO_TEST_CASE(a_connection_the_server_ends_is_not_used_again)
{
    auto closing =
        replying(http_reply(201, R"({"sid":"SM00000000000000000000000000000001"})", "Connection: close\r\n"));
    w.scripts = {answering({closing})};
    send(1);
    w.advance();
    send(2);
    w.advance();
    BOOST_TEST(outcome(2) == "accepted after 1");
    BOOST_TEST(w.connections.size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_tainted_connection_is_not_used_again)
{
    w.scripts = {answering({replying(accepted_reply + "HTTP/1.1 200 OK\r\n")}), answering({replying(accepted_reply)})};
    send(1);
    w.advance();
    send(2);
    w.advance();
    BOOST_TEST(outcome(1) == "accepted after 1");
    BOOST_TEST(outcome(2) == "accepted after 1");
    BOOST_TEST(w.connections.size() == 2u);
}

// The reply fills the reader's buffer, so what follows it waits in the socket: it is not the next message's answer.
BOOST_AUTO_TEST_CASE(a_stray_reply_is_not_the_answer_to_the_next_message)
{
    make([](auto& s) { s.max_connections = 1; });
    std::string const head = "HTTP/1.1 201 X\r\nContent-Length: ";
    std::string body = R"({"sid":"SM00000000000000000000000000000001","pad":")";
    body += std::string(4096 - head.size() - 4 - 4 - body.size() - 2, 'x') + "\"}";
    auto const full = head + std::to_string(body.size()) + "\r\n\r\n" + body;
    BOOST_REQUIRE_EQUAL(full.size(), 4096u);
    w.scripts = {answering({replying(full + error_reply(400, 21211))}), answering({replying(accepted_reply)})};
    for (int i = 0; i < 3; ++i)
        send(i);
    w.advance(1s);
    for (int i = 0; i < 3; ++i)
        BOOST_TEST(outcome(i) == "accepted after 1");
    BOOST_TEST(w.connections.size() == 2u);
}

// The server closes after each reply without saying so: noticed before the next message, even back to back.
BOOST_AUTO_TEST_CASE(a_silent_close_costs_no_message)
{
    make([](auto& s) { s.max_connections = 1; });
    auto closing = answering({replying(accepted_reply)});
    closing.close_when_idle = true;
    w.scripts = {closing};
    for (int i = 0; i < 20; ++i)
        send(i);
    w.advance(5s);
    for (int i = 0; i < 20; ++i)
        BOOST_TEST(outcome(i) == "accepted after 1");
}

BOOST_AUTO_TEST_CASE(throttling_lowers_what_is_in_flight)
{
    make([](auto& s) { s.max_connections = 10; });
    auto no = replying(error_reply(429, 20429));
    no.delay = 100ms;
    auto yes = replying(accepted_reply);
    yes.delay = 100ms;
    script first = answering({no, yes});
    w.scripts = {first};
    for (int i = 0; i < 10; ++i)
        send(i);
    w.advance(60s);
    BOOST_TEST(outcomes.size() == 10u);
    BOOST_TEST(std::count(events->lines.begin(), events->lines.end(), "limit 7") == 1); // one burst counts once
    for (int i = 0; i < 10; ++i)
        BOOST_TEST(outcome(i) == "accepted after 2");
}

BOOST_AUTO_TEST_CASE(nothing_is_pending_when_all_is_over)
{
    send(1);
    w.advance();
    close();
    w.advance();
    w.io.restart();
    BOOST_TEST(w.io.run() == 0u); // returns: no work is left
    auto const users = d.use_count();
    BOOST_TEST(users == 1);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
