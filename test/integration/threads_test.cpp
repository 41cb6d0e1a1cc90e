// One provider used from four threads, with cancellations and close() in the middle: every send ends exactly once.
// Made for the thread sanitizer.
#define BOOST_TEST_MODULE threads
#include "support.hpp"
#include <array>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/test/unit_test.hpp>

namespace twilio_sms::test {
namespace {

struct counters {
    std::atomic<int> begun = 0, accepted = 0, not_sent = 0, unknown = 0, rejected = 0;
    int ended() const { return accepted + not_sent + unknown + rejected; }
};

void count(counters& c, result<receipt> const& r)
{
    if (r)
        ++c.accepted;
    else if (r.error().fate == fate::not_sent)
        ++c.not_sent;
    else if (r.error().fate == fate::unknown)
        ++c.unknown;
    else
        ++c.rejected;
}

asio::awaitable<void> send_some(provider& p, int from, int n, counters& c)
{
    for (int i = 0; i < n; ++i) {
        ++c.begun;
        // Named: GCC 12 destroys the strings of a conditional expression twice when it stands beside a co_await.
        auto const to = i % 10 == 9 ? std::string("bad") : number(from + i);
        count(c, co_await p.try_send({to, text()}));
    }
}

// Sends with a signal that fires soon after, from the same strand, as the slot's contract wants.
asio::awaitable<void> send_and_cancel(provider& p, int from, int n, counters& c)
{
    auto const executor = co_await asio::this_coro::executor;
    asio::steady_timer timer(executor);
    for (int i = 0; i < n; ++i) {
        auto const signal = std::make_shared<asio::cancellation_signal>();
        ++c.begun;
        auto handler = [&c, signal](result<receipt> r) { count(c, r); };
        auto bound = asio::bind_executor(executor, std::move(handler));
        p.async_send({number(from + i), text()}, asio::bind_cancellation_slot(signal->slot(), std::move(bound)));
        timer.expires_after(std::chrono::microseconds(200 * (i % 8)));
        co_await timer.async_wait(asio::use_awaitable);
        signal->emit(asio::cancellation_type::terminal);
    }
}

} // namespace

BOOST_AUTO_TEST_CASE(four_threads_one_provider)
{
    simulator_options simulated;
    simulated.latency = 1ms;
    simulated.faults = {{simulated_fault::reply_lost, 0.02}, {simulated_fault::throttle, 0.02}};
    local_twilio twilio(simulated);
    for (bool const close_early : {false, true}) {
        asio::io_context io;
        auto options = twilio.options();
        options.max_connections = 8;
        options.settle_time = 100ms;
        struct quiet : observer {
            std::atomic<int> outcomes = 0;
            void on_outcome(outcome_event const&) noexcept override { ++outcomes; }
        };
        auto const watch = std::make_shared<quiet>();
        options.observer = watch;
        provider p(io.get_executor(), options);
        counters c;
        int const first = close_early ? 100'000 : 0; // nobody gets two messages
        std::atomic<int> left = 0, thrown = 0;
        auto const finished = [&](std::exception_ptr e) {
            thrown += e != nullptr; // Boost.Test's own checks are not made for several threads
            if (--left == 0)
                asio::co_spawn(io, p.close(), asio::detached);
        };
        left = 16;
        for (int i = 0; i < 12; ++i) // some on strands of their own, some on the bare context
            asio::co_spawn(asio::make_strand(io), send_some(p, first + i * 1000, 40, c), finished);
        for (int i = 12; i < 16; ++i)
            asio::co_spawn(asio::make_strand(io), send_and_cancel(p, first + i * 1000, 40, c), finished);
        if (close_early)
            asio::co_spawn(io, p.close(), asio::detached);
        std::array<std::thread, 4> threads;
        for (auto& t : threads)
            t = std::thread([&io] { io.run(); });
        for (auto& t : threads)
            t.join();
        BOOST_TEST(thrown == 0);
        BOOST_TEST(c.ended() == c.begun);
        BOOST_TEST(watch->outcomes == c.begun);
    }
    BOOST_TEST(twilio.server().summary().duplicates == 0u);
}

// A token and a key that both work, replaced by each other all the time, and none that works at the start.
BOOST_AUTO_TEST_CASE(credentials_replaced_while_four_threads_send)
{
    std::string const key = "SK00000000000000000000000000000004", secret = "secret-of-the-key";
    simulator_options simulated;
    simulated.accounts.emplace_back(account_sid, std::string(::test::canary_token)).api_keys.emplace_back(key, secret);
    local_twilio twilio(simulated);
    asio::io_context io;
    auto options = twilio.options();
    options.auth_token = "no-token-of-the-account";
    options.observer = nullptr;
    options.max_connections = 8;
    provider p(io.get_executor(), options);
    p.replace_credentials(key, secret); // what is begun from here on is accepted
    counters c;
    std::atomic<int> left = 8;
    for (int i = 0; i < 8; ++i)
        asio::co_spawn(asio::make_strand(io), send_some(p, i * 1000, 100, c), [&](std::exception_ptr) {
            if (--left == 0)
                asio::co_spawn(io, p.close(), asio::detached);
        });
    std::array<std::thread, 4> threads;
    for (auto& t : threads)
        t = std::thread([&io] { io.run(); });
    for (int i = 0; left > 0; ++i) {
        if (i % 2 == 0)
            p.replace_credentials(::test::canary_token);
        else
            p.replace_credentials(key, secret);
        std::this_thread::yield();
    }
    for (auto& t : threads)
        t.join();
    BOOST_TEST(c.begun == 800);
    BOOST_TEST(c.accepted == 720); // the others have no recipient
    BOOST_TEST(c.rejected == 80);
}

BOOST_AUTO_TEST_CASE(destroyed_while_four_threads_send)
{
    local_twilio twilio;
    asio::io_context io;
    counters c;
    auto p = std::make_unique<provider>(io.get_executor(), twilio.options());
    for (int i = 0; i < 200; ++i) {
        ++c.begun;
        p->async_send({number(i), text()}, [&c](result<receipt> r) { count(c, r); });
    }
    std::array<std::thread, 4> threads;
    for (auto& t : threads)
        t = std::thread([&io] { io.run(); });
    p.reset();
    for (auto& t : threads)
        t.join();
    BOOST_TEST(c.ended() == c.begun);
}

} // namespace twilio_sms::test
