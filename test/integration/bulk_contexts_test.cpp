// Bulk runs whose consumer is not where the provider is: on several threads, or on io_contexts that come and go.
#include "support.hpp"
#include <boost/asio/thread_pool.hpp>
#include <boost/test/unit_test.hpp>
#include <future>
#include <memory>

namespace twilio_sms::test {
namespace {

notification_source several(std::size_t n, std::string to)
{
    return [n, to = std::move(to), i = std::size_t(0)]() mutable -> std::optional<notification> {
        return i++ == n ? std::nullopt : std::optional(notification(to, "hi"));
    };
}

asio::awaitable<void> consume(bulk_run& run, std::size_t& outcomes)
{
    while (auto const item = co_await run.next())
        ++outcomes;
}

// The next outcome, if it comes while a new io_context runs for a moment.
std::optional<bulk_item> next_within(bulk_run& run, std::chrono::milliseconds time)
{
    asio::io_context io; // at the same address each time, so that an earlier one may be taken for it
    auto outcome = asio::co_spawn(io, run.next(), asio::use_future);
    io.run_for(time);
    return outcome.wait_for(0s) == std::future_status::ready ? outcome.get() : std::nullopt;
}

// Of messages that are never answered.
simulator_options silent()
{
    simulator_options slow;
    slow.latency = 1h;
    return slow;
}

struct fixture {
    fixture() { made.emplace(io.get_executor(), twilio.options()); }
    void end_provider()
    {
        made.reset();
        io.restart();
        io.poll(); // its sends end
    }

    local_twilio twilio{silent()};
    asio::io_context io;
    std::optional<provider> made;
};

} // namespace

BOOST_AUTO_TEST_SUITE(bulk_contexts)

BOOST_AUTO_TEST_CASE(no_wake_up_is_lost_on_a_thread_pool)
{
    local_twilio twilio;
    asio::thread_pool pool(3);
    auto options = twilio.options();
    options.observer = nullptr; // so many lines say nothing
    provider p(pool.get_executor(), options);
    bulk_options limits;
    limits.max_in_flight = 1;
    limits.max_per_second = 50'000;
    auto run = p.bulk(several(3'000, "nonsense"), limits);
    std::size_t outcomes = 0;
    asio::co_spawn(pool, consume(run, outcomes), asio::use_future).get();
    BOOST_TEST(outcomes == 3'000u);
}

BOOST_FIXTURE_TEST_CASE(each_call_may_have_an_io_context_of_its_own, fixture)
{
    for (bool const slowly : {false, true}) {
        if (!made)
            made.emplace(io.get_executor(), twilio.options());
        bulk_options limits;
        limits.max_in_flight = 2;
        if (slowly)
            limits.max_per_second = 0.001;
        auto run = made->bulk(several(5, number(1)), limits);
        BOOST_TEST(!next_within(run, 20ms).has_value());
        BOOST_TEST(!next_within(run, 20ms).has_value());
        end_provider();
        auto const item = next_within(run, 1s);
        BOOST_REQUIRE(item.has_value());
        BOOST_TEST((item->outcome.error().code == errc::closed));
    }
}

BOOST_FIXTURE_TEST_CASE(an_io_context_that_ends_takes_only_its_own_waiter, fixture)
{
    bulk_options limits;
    limits.max_in_flight = 1;
    std::vector<notification> const messages{{"nonsense", "hi"}, {number(1), "hi"}};
    auto run = made->bulk(messages, limits);
    auto first = std::make_unique<asio::io_context>();
    asio::io_context second;
    asio::co_spawn(*first, run.next(), asio::detached);
    first->poll();
    io.poll();
    first->restart();
    first->poll();
    auto outcome = asio::co_spawn(second, run.next(), asio::use_future);
    second.poll();
    first.reset();
    end_provider();
    second.restart();
    second.poll();
    BOOST_REQUIRE((outcome.wait_for(0s) == std::future_status::ready));
    BOOST_TEST(outcome.get().has_value());
}

BOOST_FIXTURE_TEST_CASE(an_io_context_ends_while_its_run_waits_for_the_rate, fixture)
{
    bulk_options limits;
    limits.max_in_flight = 3;
    limits.max_per_second = 0.001;
    std::size_t outcomes = 0;
    auto ending = std::make_unique<asio::io_context>();
    {
        auto run = made->bulk(several(5, number(1)), limits);
        asio::co_spawn(*ending, consume(run, outcomes), asio::detached);
        ending->poll();
        ending.reset();
    }
    end_provider(); // now the last who knows the run lets it go
    BOOST_TEST(outcomes == 0u);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
