// Every way to call a provider, over real TLS.
#include "support.hpp"
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/test/unit_test.hpp>
#include <set>
#include <twilio_sms/rate_limit.hpp>

namespace twilio_sms::test {
namespace {

asio::awaitable<void> send_in_braces(provider& p)
{
    // Braces, short and long strings, in one expression with co_await: what GCC 12 gets wrong with aggregates.
    auto const first = co_await p.send({number(1), "short"});
    auto const second =
        co_await p.send({number(2), "a text that is too long for the small string buffer of std::string"});
    auto const third = co_await p.send(
        notification{number(3), "with media"}.with_media("https://example.com/a.png").with_validity_period(60s));
    BOOST_TEST(first.sid.starts_with("SM"));
    BOOST_TEST(first.status == "queued");
    BOOST_TEST(first.from == sender);
    BOOST_TEST(first.request_id.starts_with("RQ"));
    BOOST_TEST(first.segments == 1);
    BOOST_TEST(second.sid != first.sid);
    BOOST_TEST(third.sid.starts_with("MM"));
}

asio::awaitable<void> send_to_a_bad_number(provider& p)
{
    try {
        (void)co_await p.send({"+0123", text()});
        BOOST_ERROR("no exception");
    } catch (send_error const& e) {
        BOOST_TEST((e.details().fate == fate::rejected));
        BOOST_TEST((e.code() == errc::invalid_recipient));
        BOOST_TEST(e.details().attempts == 0);
        BOOST_TEST(std::string(e.what()).find("E.164") != std::string::npos);
    }
}

asio::awaitable<void> send_in_bulk(provider& p, std::vector<notification> const& messages, bulk_options options,
                                   std::set<std::size_t>& seen)
{
    auto run = p.bulk(messages, options);
    while (auto item = co_await run.next()) {
        BOOST_TEST(item->outcome.has_value());
        BOOST_TEST(seen.insert(item->index).second);
    }
}

notification_source source_that_throws_after(int messages)
{
    return [messages, given = 0]() mutable -> std::optional<notification> {
        if (given == messages)
            throw std::runtime_error("no more paper");
        return notification(number(given++), text());
    };
}

asio::awaitable<void> bulk_until_something_throws(provider& p, notification_source source, int& outcomes)
{
    auto run = p.bulk(std::move(source), bulk_options());
    bool threw = false;
    for (;;) {
        std::optional<bulk_item> item;
        try {
            item = co_await run.next();
        } catch (std::runtime_error const& e) {
            BOOST_TEST(std::string(e.what()) == "no more paper");
            BOOST_TEST(!threw);
            threw = true;
            continue;
        }
        if (!item)
            break;
        ++outcomes;
    }
    BOOST_TEST(threw);
}

asio::awaitable<void> sends_with_a_provider_of_its_own(provider_options options)
{
    auto const executor = co_await asio::this_coro::executor;
    provider p(executor, options);
    auto const sent = co_await p.try_send({number(1), text()});
    BOOST_TEST(!sent); // it never comes here
}

asio::awaitable<void> asks_with_a_provider_of_its_own(provider_options options)
{
    auto const executor = co_await asio::this_coro::executor;
    provider p(executor, options);
    co_await p.messages().fetch("SM0123456789abcdef0123456789abcdef");
    BOOST_TEST(false);
}

asio::awaitable<void> bulk_with_a_provider_of_its_own(provider_options options)
{
    auto const executor = co_await asio::this_coro::executor;
    provider p(executor, options);
    std::vector<notification> const messages(3, notification(number(3), text()));
    auto run = p.bulk(messages);
    while (co_await run.next())
        BOOST_TEST(false);
}

} // namespace

BOOST_AUTO_TEST_SUITE(calls)

BOOST_AUTO_TEST_CASE(send_and_its_exception)
{
    local_twilio twilio;
    asio::io_context io;
    provider p(io.get_executor(), twilio.options());
    asio::co_spawn(io, send_to_a_bad_number(p), asio::detached);
    asio::co_spawn(
        io,
        [](provider& q) -> asio::awaitable<void> {
            co_await send_in_braces(q);
            co_await q.close();
        }(p),
        asio::detached);
    io.run(); // returns, since the provider is closed
    BOOST_TEST(twilio.server().summary().accepted == 3u);
    BOOST_TEST(twilio.server().messages().back().media_urls.at(0) == "https://example.com/a.png");
}

BOOST_AUTO_TEST_CASE(future_and_callback_on_its_own_executor)
{
    local_twilio twilio;
    asio::io_context io, other;
    provider p(io.get_executor(), twilio.options());
    bool called = false;
    bool inside = true;
    p.async_send({number(1), text()}, asio::bind_executor(other, [&](result<receipt> r) {
                     BOOST_TEST(r.has_value());
                     BOOST_TEST(!inside);
                     called = true;
                 }));
    inside = false;
    std::thread runner([&io] { io.run(); });
    other.run(); // has work until the handler has run, though nothing else keeps it going
    BOOST_TEST(called);
    auto future = p.async_send({number(2), text()}, asio::use_future);
    BOOST_TEST(future.get().has_value());
    {
        provider ending(std::move(p));
    }
    runner.join();
}

// The hook is called on the caller's thread, once a message; what is no trace context is left out.
BOOST_AUTO_TEST_CASE(the_callers_trace_and_numbers_from_outside)
{
    struct traces : observer {
        std::vector<std::string> seen;
        void on_outcome(outcome_event const& e) noexcept override { seen.emplace_back(e.trace_parent); }
    };
    local_twilio twilio;
    auto options = twilio.options();
    auto const watch = std::make_shared<traces>();
    options.observer = watch;
    std::vector<std::string> const given{"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "no\r\ntrace"};
    std::size_t calls = 0;
    options.trace_parent = [&] { return given.at(calls++); };
    asio::io_context io;
    provider p(io.get_executor(), options);
    run(io, [](provider& sending) -> asio::awaitable<void> {
        co_await sending.send({number(1), text()});
        co_await sending.send({number(2), text()});
        co_await sending.close();
    }(p));
    BOOST_TEST(watch->seen == (std::vector<std::string>{given[0], ""}), boost::test_tools::per_element());
    auto const s = p.stats();
    BOOST_TEST(s.sends.accepted == 2u);
    BOOST_TEST(s.attempts == 2u);
    BOOST_TEST(s.pool.opened == 1u);
    BOOST_TEST(s.pool.open == 0u);
    BOOST_TEST(s.latency.count() == 2u);
}

BOOST_AUTO_TEST_CASE(refused_messages_complete_later_not_at_once)
{
    local_twilio twilio;
    asio::io_context io;
    provider p(io.get_executor(), twilio.options());
    bool called = false;
    p.async_send({"nobody", text()}, [&](result<receipt> r) {
        called = true;
        BOOST_TEST((r.error().fate == fate::rejected));
    });
    BOOST_TEST(!called);
    io.run();
    BOOST_TEST(called);
}

BOOST_AUTO_TEST_CASE(bulk_sends_all_and_returns_every_outcome)
{
    local_twilio twilio;
    asio::io_context io;
    provider p(io.get_executor(), twilio.options());
    std::vector<notification> messages;
    for (int i = 0; i < 500; ++i)
        messages.emplace_back(number(i), text());
    std::set<std::size_t> seen;
    bulk_options options;
    options.max_in_flight = 16;
    run(io, [](provider& q, auto const& all, auto how, auto& s) -> asio::awaitable<void> {
        co_await send_in_bulk(q, all, how, s);
        co_await q.close();
    }(p, messages, options, seen));
    BOOST_TEST(seen.size() == 500u);
    BOOST_TEST(twilio.server().summary().accepted == 500u);
    BOOST_TEST(twilio.server().summary().duplicates == 0u);
}

BOOST_AUTO_TEST_CASE(bulk_keeps_what_it_has_begun_when_the_source_throws)
{
    local_twilio twilio;
    asio::io_context io;
    provider p(io.get_executor(), twilio.options());
    int outcomes = 0;
    run(io, [](provider& q, int& n) -> asio::awaitable<void> {
        auto source = source_that_throws_after(5);
        co_await bulk_until_something_throws(q, std::move(source), n);
        co_await q.close();
    }(p, outcomes));
    BOOST_TEST(outcomes == 5);
}

BOOST_AUTO_TEST_CASE(bulk_ends_when_the_trace_context_throws)
{
    local_twilio twilio;
    asio::io_context io;
    auto options = twilio.options();
    int calls = 0;
    options.trace_parent = [&calls]() -> std::string {
        if (++calls == 4)
            throw std::runtime_error("no more paper");
        return {};
    };
    provider p(io.get_executor(), options);
    int outcomes = 0;
    run(io, [](provider& q, int& n) -> asio::awaitable<void> {
        auto source = source_that_throws_after(9);
        co_await bulk_until_something_throws(q, std::move(source), n);
        co_await q.close();
    }(p, outcomes));
    BOOST_TEST(outcomes == 3);
    BOOST_TEST(calls == 4);
    BOOST_TEST(twilio.server().summary().accepted == 3u);
}

BOOST_AUTO_TEST_CASE(bulk_wants_sensible_limits)
{
    local_twilio twilio;
    asio::io_context io;
    provider p(io.get_executor(), twilio.options());
    bulk_options none;
    none.max_in_flight = 0;
    BOOST_CHECK_THROW(p.bulk(std::vector<notification>(), none), std::invalid_argument);
    bulk_options negative;
    negative.max_per_second = -1;
    BOOST_CHECK_THROW(p.bulk(std::vector<notification>(), negative), std::invalid_argument);
    bulk_options both;
    both.max_per_second = 1;
    both.shared_rate = std::make_shared<rate_limit>(1);
    BOOST_CHECK_THROW(p.bulk(std::vector<notification>(), both), std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(runs_of_several_providers_share_a_rate)
{
    local_twilio twilio;
    asio::io_context io;
    provider first(io.get_executor(), twilio.options()), second(io.get_executor(), twilio.options());
    bulk_options options;
    options.shared_rate = std::make_shared<rate_limit>(1.0 / 3600); // so one start while this test runs
    std::vector<notification> const messages(1, notification(number(0), text()));
    run(io, [](provider& p, provider& q, auto const& all, auto how) -> asio::awaitable<void> {
        auto taken = p.bulk(all, how);
        auto const first_one = co_await taken.next();
        BOOST_TEST(first_one.has_value());
        auto late = q.bulk(all, how);
        asio::post(co_await asio::this_coro::executor, [&late] { late.stop(); }); // while it waits for the rate
        auto const nothing = co_await late.next();
        BOOST_TEST(!nothing.has_value());
        co_await p.close();
        co_await q.close();
    }(first, second, messages, options));
    BOOST_TEST(twilio.server().summary().accepted == 1u);
}

BOOST_AUTO_TEST_CASE(cancellation_reports_the_exact_fate)
{
    simulator_options slow;
    slow.latency = 60s;
    local_twilio twilio(slow);
    asio::io_context io;
    provider p(io.get_executor(), twilio.options());
    asio::cancellation_signal signal;
    std::optional<result<receipt>> outcome;
    p.async_send({number(1), text()}, asio::bind_cancellation_slot(signal.slot(), [&](result<receipt> r) {
                     outcome.emplace(std::move(r));
                     asio::co_spawn(io, p.close(), asio::detached);
                 }));
    // Once Twilio has it, for sure.
    while (twilio.server().summary().requests == 0)
        io.run_for(5ms);
    signal.emit(asio::cancellation_type::terminal);
    io.run();
    BOOST_TEST((outcome.value().error().fate == fate::unknown));
    BOOST_TEST((outcome->error().code == errc::cancelled));
}

BOOST_AUTO_TEST_CASE(waiting_for_close_can_be_cancelled)
{
    simulator_options slow;
    slow.latency = 60s;
    local_twilio twilio(slow);
    asio::io_context io;
    auto p = std::make_unique<provider>(io.get_executor(), twilio.options());
    p->async_send({number(1), text()}, [](result<receipt>) {});
    asio::cancellation_signal signal;
    bool ended = false;
    asio::co_spawn(io, p->close(),
                   asio::bind_cancellation_slot(signal.slot(), [&](std::exception_ptr) { ended = true; }));
    io.run_for(50ms);
    BOOST_TEST(!ended);
    signal.emit(asio::cancellation_type::terminal);
    io.run_for(200ms);
    BOOST_TEST(ended);
    p.reset();
    io.run();
}

BOOST_AUTO_TEST_CASE(a_deadline_of_the_call_needs_no_timer)
{
    simulator_options slow;
    slow.latency = 60s;
    local_twilio twilio(slow);
    auto const outcome =
        send_one(twilio.options(), {number(1), text()}, send_options(std::chrono::steady_clock::now() + 300ms));
    BOOST_TEST((outcome.error().fate == fate::unknown));
    BOOST_TEST((outcome.error().code == errc::deadline_exceeded));
}

BOOST_AUTO_TEST_CASE(destroying_the_provider_completes_what_is_outstanding)
{
    simulator_options slow;
    slow.latency = 60s;
    local_twilio twilio(slow);
    asio::io_context io;
    int ended = 0;
    {
        auto options = twilio.options();
        options.max_connections = 2;
        provider p(io.get_executor(), options);
        for (int i = 0; i < 5; ++i)
            p.async_send({number(i), text()}, [&](result<receipt> r) {
                BOOST_TEST((r.error().code == errc::closed));
                ++ended;
            });
        io.run_for(100ms);
    }
    io.restart();
    io.run();
    BOOST_TEST(ended == 5);
}

// The io_context goes first, with sends under way: nothing leaks (the address sanitizer looks).
BOOST_AUTO_TEST_CASE(destroying_the_io_context_with_sends_under_way)
{
    simulator_options slow;
    slow.latency = 60s;
    local_twilio twilio(slow);
    auto io = std::make_unique<asio::io_context>();
    auto p = std::make_unique<provider>(io->get_executor(), twilio.options());
    for (int i = 0; i < 40; ++i)
        asio::co_spawn(
            *io,
            [](provider& q, int n) -> asio::awaitable<void> {
                (void)co_await q.try_send({number(n), text()});
            }(*p, i),
            asio::detached);
    io->run_for(100ms);
    p.reset();
    io.reset();
}

// The leak check of the address sanitizer watches this: what a caller waits in may own the provider.
BOOST_AUTO_TEST_CASE(an_io_context_that_ends_first_takes_everything_along)
{
    struct endings : observer {
        int seen = 0;
        void on_outcome(outcome_event const&) noexcept override { ++seen; }
    };
    simulator_options slow;
    slow.latency = 60s;
    local_twilio twilio(slow);
    auto const watch = std::make_shared<endings>();
    auto options = twilio.options();
    options.observer = watch;
    auto const run_shortly = [](asio::io_context& io) { io.run_for(300ms); };
    {
        asio::io_context io;
        asio::co_spawn(io, sends_with_a_provider_of_its_own(options), asio::detached);
        run_shortly(io);
    }
    BOOST_TEST(watch->seen == 1);
    {
        asio::io_context io;
        auto const p = std::make_shared<provider>(io.get_executor(), options);
        p->async_send({number(2), text()}, [p](result<receipt> const&) { BOOST_TEST(false); });
        run_shortly(io);
    }
    BOOST_TEST(watch->seen == 2);
    {
        asio::io_context io;
        asio::co_spawn(io, bulk_with_a_provider_of_its_own(options), asio::detached);
        run_shortly(io);
    }
    BOOST_TEST(watch->seen == 5);
    {
        asio::io_context io;
        asio::co_spawn(io, asks_with_a_provider_of_its_own(options), asio::detached);
        run_shortly(io);
    }
}

BOOST_AUTO_TEST_CASE(options_problems_are_listed_by_the_constructor)
{
    asio::io_context io;
    try {
        provider p(io.get_executor(), provider_options());
        BOOST_ERROR("no exception");
    } catch (options_error const& e) {
        BOOST_TEST(e.problems().size() >= 3u);
        BOOST_TEST(std::string(e.what()).find("account_sid") != std::string::npos);
    }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
