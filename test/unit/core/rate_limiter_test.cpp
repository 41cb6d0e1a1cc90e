#include "core/rate_limiter.hpp"
#include "support.hpp"

using twilio_sms::detail::rate_limiter;
using namespace std::chrono_literals;

namespace {

constexpr rate_limiter::time_point t0 = rate_limiter::time_point() + 1h;

// Starts at once.
int burst(rate_limiter& limiter, rate_limiter::time_point now)
{
    int n = 0;
    for (; limiter.next_start() <= now && n < 100'000; ++n)
        limiter.started(now);
    return n;
}

} // namespace

BOOST_AUTO_TEST_SUITE(rate)

BOOST_AUTO_TEST_CASE(the_first_start_is_now)
{
    for (double rate : {1e-15, 0.001, 1.0, 1000.0, 1e12}) {
        rate_limiter limiter(rate);
        BOOST_TEST((limiter.next_start() <= t0));
        BOOST_TEST((limiter.next_start() <= rate_limiter::time_point::min() + 1h));
    }
}

BOOST_AUTO_TEST_CASE(starts_are_evenly_spaced)
{
    rate_limiter limiter(10);
    auto now = t0;
    limiter.started(now);
    for (int i = 1; i <= 50; ++i) {
        auto const next = limiter.next_start();
        BOOST_TEST((next - now == (i == 1 ? 50ms : 100ms))); // the first gap is short by the slack
        now = next;
        limiter.started(now);
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
            rate_limiter limiter(row.rate);
            BOOST_TEST(burst(limiter, t0) == row.starts);
            BOOST_TEST(burst(limiter, t0 + 1h) == row.starts); // an hour earns as much as a moment
        }
    }
}

BOOST_AUTO_TEST_CASE(coarse_timers_do_not_lower_the_rate)
{
    for (double rate : {30.0, 100.0, 777.0, 1000.0}) {
        BOOST_TEST_CONTEXT(rate << " a second")
        {
            rate_limiter limiter(rate);
            int starts = 0;
            for (auto now = t0; now < t0 + 10s; now += 37ms) // late by up to 37 ms each time
                starts += burst(limiter, now);
            BOOST_TEST(starts >= rate * 9.95);
            BOOST_TEST(starts <= rate * 10.05 + 1);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
