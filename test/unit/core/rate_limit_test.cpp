#include "support.hpp"
#include <stdexcept>
#include <thread>
#include <twilio_sms/rate_limit.hpp>
#include <vector>

using twilio_sms::rate_limit;
using namespace std::chrono_literals;

namespace {

constexpr rate_limit::time_point t0 = rate_limit::time_point() + 1h;

// Starts at once.
int burst(rate_limit& limit, rate_limit::time_point now)
{
    int n = 0;
    while (n < 100'000 && limit.take(now))
        ++n;
    BOOST_TEST((limit.next() > now));
    return n;
}

} // namespace

BOOST_AUTO_TEST_SUITE(rate)

BOOST_AUTO_TEST_CASE(the_first_start_is_now)
{
    for (double rate : {1e-15, 0.001, 1.0, 1000.0, 1e12}) {
        rate_limit limit(rate);
        BOOST_TEST((limit.next() <= t0));
        BOOST_TEST((limit.next() <= rate_limit::time_point::min() + 1h));
    }
}

BOOST_AUTO_TEST_CASE(starts_are_evenly_spaced)
{
    rate_limit limit(10);
    auto now = t0;
    BOOST_TEST(limit.take(now));
    for (int i = 1; i <= 50; ++i) {
        auto const next = limit.next();
        BOOST_TEST((next - now == (i == 1 ? 50ms : 100ms))); // the first gap is short by the slack
        now = next;
        BOOST_TEST(limit.take(now));
    }
}

BOOST_AUTO_TEST_CASE(a_pause_earns_no_more_than_the_slack)
{
    struct row {
        double rate;
        int starts; // 50 ms worth and the one that is due
    };
    for (auto const& row : {row{1, 1}, row{19, 1}, row{100, 6}, row{1000, 51}}) {
        BOOST_TEST_CONTEXT(row.rate << " a second")
        {
            rate_limit limit(row.rate);
            BOOST_TEST(burst(limit, t0) == row.starts);
            BOOST_TEST(burst(limit, t0 + 1h) == row.starts); // an hour earns as much as a moment
        }
    }
}

BOOST_AUTO_TEST_CASE(coarse_timers_do_not_lower_the_rate)
{
    for (double rate : {30.0, 100.0, 777.0, 1000.0}) {
        BOOST_TEST_CONTEXT(rate << " a second")
        {
            rate_limit limit(rate);
            int starts = 0;
            for (auto now = t0; now < t0 + 10s; now += 37ms) // late by up to 37 ms each time
                starts += burst(limit, now);
            BOOST_TEST(starts >= rate * 9.95);
            BOOST_TEST(starts <= rate * 10.05 + 1);
        }
    }
}

BOOST_AUTO_TEST_CASE(threads_that_share_it_take_each_start_once)
{
    rate_limit limit(1'000'000);
    std::vector<std::thread> threads;
    std::atomic<int> taken = 0;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            while (limit.take(t0))
                ++taken;
        });
    for (auto& thread : threads)
        thread.join();
    BOOST_TEST(taken == 50'001);
}

BOOST_AUTO_TEST_CASE(a_rate_is_above_zero)
{
    for (double rate : {0.0, -1.0, std::numeric_limits<double>::quiet_NaN()})
        BOOST_CHECK_THROW(rate_limit{rate}, std::invalid_argument);
}

BOOST_AUTO_TEST_SUITE_END()
