// Cancellation, close and shut-down: every send ends exactly once, with the fate its state implies.
#include "fixture.hpp"
#include <boost/test/unit_test.hpp>

namespace twilio_sms::test {

BOOST_FIXTURE_TEST_SUITE(ending, fixture)

BOOST_AUTO_TEST_CASE(cancelled_in_each_state)
{
    // While connecting: nothing was sent.
    script hang;
    hang.on_connect = script::connect::hang;
    w.scripts = {hang};
    send(1);
    w.advance();
    cancel(1);
    w.advance();
    BOOST_TEST(outcome(1) == "not_sent " + code(errc::cancelled) + " after 1");

    // While the name is looked up.
    make([](auto&) {});
    w.lookup_hangs = true;
    send(2);
    w.advance();
    cancel(2);
    w.advance();
    BOOST_TEST(outcome(2) == "not_sent " + code(errc::cancelled) + " after 1");
    w.lookup_hangs = false;

    // After the request was handed over: unknown.
    make([](auto&) {});
    w.scripts = {answering({script::answer{}})};
    send(3);
    w.advance(1s);
    cancel(3);
    w.advance();
    BOOST_TEST(outcome(3) == "unknown " + code(errc::cancelled) + " after 1");

    // While waiting to be repeated: the last attempt was turned away.
    make([](auto&) {});
    w.scripts = {answering({replying(error_reply(429, 20429))})};
    send(4);
    w.advance();
    cancel(4);
    w.advance(60s);
    BOOST_TEST(outcome(4) == "not_sent " + code(errc::cancelled) + " after 1");
    BOOST_TEST(w.requests.size() == 2u);

    // While waiting to be repeated after an unknown outcome: it may have been sent.
    make([](auto& s) { s.retry.repeat_unknown = true; });
    script::answer lost;
    lost.close_after = true;
    w.scripts = {answering({lost})};
    send(5);
    w.advance();
    cancel(5);
    w.advance(60s);
    BOOST_TEST(outcome(5) == "unknown " + code(errc::cancelled) + " after 1");

    // In the queue.
    make([](auto& s) { s.max_connections = 1; });
    w.scripts = {answering({script::answer{}})};
    send(6);
    send(7);
    w.advance();
    cancel(7);
    w.advance();
    BOOST_TEST(outcome(7) == "not_sent " + code(errc::cancelled) + " after 0");
    BOOST_TEST(outcome(6) == "running");

    // When it is over: nothing happens.
    make([](auto&) {});
    send(8);
    w.advance();
    cancel(8);
    w.advance(1s);
    BOOST_TEST(outcome(8) == "accepted after 1");
}

BOOST_AUTO_TEST_CASE(cancelling_one_leaves_the_others_alone)
{
    make([](auto& s) { s.max_connections = 1; });
    auto slow = replying(accepted_reply);
    slow.delay = 500ms;
    w.scripts = {answering({slow})};
    for (int i = 0; i < 5; ++i)
        send(i);
    w.advance();
    cancel(0);
    cancel(2);
    w.advance(5s);
    BOOST_TEST(outcome(0) == "unknown " + code(errc::cancelled) + " after 1");
    BOOST_TEST(outcome(2) == "not_sent " + code(errc::cancelled) + " after 0");
    for (int const i : {1, 3, 4})
        BOOST_TEST(outcome(i) == "accepted after 1");
}

BOOST_AUTO_TEST_CASE(a_reply_that_is_already_there_beats_the_cancellation)
{
    auto slow = replying(accepted_reply);
    slow.delay = 500ms;
    w.scripts = {answering({slow})};
    send(1);
    w.advance(499ms);
    w.at(w.now + 1ms, [this](error_code) { cancel(1); }); // queued behind the reply of the same moment
    w.advance(10ms);
    BOOST_TEST(outcome(1) == "accepted after 1");
}

BOOST_AUTO_TEST_CASE(close_drains)
{
    make([](auto& s) { s.max_connections = 1; });
    auto slow = replying(accepted_reply);
    slow.delay = 500ms;
    w.scripts = {answering({replying(error_reply(429, 20429)), slow})};
    send(1);
    send(2);
    w.advance();
    close();
    send(3);
    w.advance();
    BOOST_TEST(outcome(3) == "not_sent " + code(errc::closed) + " after 0");
    BOOST_TEST(!closed);
    w.advance(10s);
    BOOST_TEST(outcome(1) == "accepted after 2");
    BOOST_TEST(outcome(2) == "accepted after 1");
    BOOST_TEST(closed);
    BOOST_TEST(last_event() == "closed closed 0");
}

BOOST_AUTO_TEST_CASE(close_of_an_idle_provider_closes_its_connections)
{
    send(1);
    w.advance();
    close();
    w.advance();
    BOOST_TEST(closed);
    BOOST_TEST(last_event() == "closed closed 0");
}

BOOST_AUTO_TEST_CASE(shut_down_ends_everything_with_exact_fates)
{
    make([](auto& s) { s.max_connections = 2; });
    script hang;
    hang.on_connect = script::connect::hang;
    w.scripts = {answering({script::answer{}}), hang};
    send(1); // its request is out
    send(2); // connecting
    send(3); // queued
    w.advance(1s);
    shut_down();
    w.advance();
    BOOST_TEST(outcome(1) == "unknown " + code(errc::closed) + " after 1");
    BOOST_TEST(outcome(2) == "not_sent " + code(errc::closed) + " after 1");
    BOOST_TEST(outcome(3) == "not_sent " + code(errc::closed) + " after 0");
}

// Every send ends in exactly one outcome event, even when nobody is left to be told.
BOOST_AUTO_TEST_CASE(the_end_of_the_io_context_is_told_to_the_observer)
{
    auto kept = events;
    {
        fixture inner;
        kept = inner.events;
        inner.make([](auto& s) { s.max_connections = 1; });
        inner.w.scripts = {answering({script::answer{}})};
        inner.send(1);
        inner.send(2);
        inner.w.advance(1s);
        inner.operations.clear();
    }
    auto const told = [&kept](std::string const& line) {
        return std::count(kept->lines.begin(), kept->lines.end(), line);
    };
    BOOST_TEST(told("outcome unknown after 1") == 1);  // its request was out
    BOOST_TEST(told("outcome not_sent after 0") == 1); // this one was in the queue
}

// Not even when a kept connection fails in the moment of writing.
BOOST_AUTO_TEST_CASE(no_handler_is_called_from_within_a_send)
{
    script::answer torn; // without TLS, part of a request may have been read
    torn.takes = 10;
    torn.reset_when_full = true;
    w.scripts = {answering({replying(accepted_reply), torn})};
    send(1);
    w.advance();
    std::string at_once;
    asio::post(d->strand, [&] {
        send(2);
        at_once = outcome(2);
    });
    w.advance();
    BOOST_TEST(at_once == "running");
    BOOST_TEST(outcome(2) == "unknown " + code(errc::connection_lost) + " after 1");
}

// An observer that cancels what is about to be repeated is heard.
BOOST_AUTO_TEST_CASE(cancelled_from_within_an_event)
{
    struct canceller : recording_observer {
        fixture* f = nullptr;
        void on_attempt_failed(attempt_failed_event const&) noexcept override { f->cancel(1); }
    };
    auto const observer = std::make_shared<canceller>();
    observer->f = this;
    make([&](auto& s) { s.observer = observer; });
    w.scripts = {answering({replying(error_reply(429, 20429)), replying(accepted_reply)})};
    send(1);
    w.advance(60s);
    BOOST_TEST(outcome(1) == "not_sent twilio:20429 after 1");
    BOOST_TEST(w.requests.size() == 1u);
}

// The share of one address ends in the same moment as the send is cancelled: no further address is tried.
BOOST_AUTO_TEST_CASE(cancelled_while_an_address_times_out)
{
    w.addresses = {1, 2};
    script hang;
    hang.on_connect = script::connect::hang;
    w.scripts = {hang, answering({replying(accepted_reply)})};
    send(1);
    w.advance(2499ms);
    w.at(w.now + 1ms, [this](error_code) { cancel(1); }); // together with the tick of 2500 ms
    w.advance(100ms);
    BOOST_TEST(outcome(1) == "not_sent " + code(errc::cancelled) + " after 1");
    BOOST_TEST(w.requests.size() == 0u);
}

// The rule of cancellation signals: no handler from within `emit`.
BOOST_AUTO_TEST_CASE(no_handler_is_called_from_within_a_cancellation)
{
    w.lookup_hangs = true;
    send(1);
    w.advance();
    std::string at_once;
    asio::post(d->strand, [&] {
        d->cancel(operations.at(1));
        at_once = outcome(1);
    });
    w.advance();
    BOOST_TEST(at_once == "running");
    BOOST_TEST(outcome(1) == "not_sent " + code(errc::cancelled) + " after 1");
}

BOOST_AUTO_TEST_CASE(a_handler_that_throws_does_not_end_the_worker)
{
    auto const op = std::make_shared<detail::operation>();
    op->to = "+15550107391";
    op->caller.emplace(asio::any_io_executor(asio::make_strand(w.io)));
    op->handler.emplace([](result<receipt>) { throw std::runtime_error("from the handler"); });
    asio::dispatch(d->strand, [this, op] { d->submit(op); });
    BOOST_CHECK_EXCEPTION(w.advance(), std::runtime_error,
                          [](auto const& e) { return std::string(e.what()) == "from the handler"; });
    send(2);
    w.advance();
    BOOST_TEST(outcome(2) == "accepted after 1");
    BOOST_TEST(w.connections.size() == 1u);
}

BOOST_AUTO_TEST_CASE(an_observer_may_send)
{
    struct sender : recording_observer {
        fixture* f = nullptr;
        int left = 3;
        void on_outcome(outcome_event const& e) noexcept override
        {
            recording_observer::on_outcome(e);
            if (left-- > 0)
                f->send(100 + left);
        }
    };
    auto const observer = std::make_shared<sender>();
    observer->f = this;
    make([&](auto& s) { s.observer = observer; });
    send(1);
    w.advance(1s);
    for (int const i : {1, 100, 101, 102})
        BOOST_TEST(outcome(i) == "accepted after 1");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
