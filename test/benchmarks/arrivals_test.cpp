#include "load/arrivals.hpp"
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <vector>

using twilio_sms::load::arrivals;

BOOST_AUTO_TEST_SUITE(open_loop)

BOOST_AUTO_TEST_CASE(lanes_take_turns)
{
    std::vector<std::int64_t> all;
    for (std::size_t lane = 0; lane < 3; ++lane) {
        auto a = arrivals::constant(300, lane, 3);
        for (int i = 0; i < 100; ++i)
            all.push_back(a.next().count());
    }
    std::sort(all.begin(), all.end());
    for (std::size_t i = 0; i < all.size(); ++i)
        BOOST_TEST(all[i] == static_cast<std::int64_t>((static_cast<double>(i) / 300 * 1e9) + 0.5));
}

BOOST_AUTO_TEST_CASE(equal_distances_do_not_drift)
{
    auto a = arrivals::constant(3, 0, 1);
    for (int i = 0; i < 3'000'000; ++i)
        a.next();
    BOOST_TEST(a.next().count() == 1'000'000'000'000'000);
}

// Exponential distances: their mean is 1 / rate, and a share of 1 - 1/e is below it.
BOOST_AUTO_TEST_CASE(poisson_lanes_make_the_rate_together)
{
    std::size_t const lanes = 2;
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        auto a = arrivals::poisson(1000, lane, lanes, 42);
        int const n = 100'000, mean_ns = 2'000'000;
        int below = 0;
        std::int64_t before = 0;
        for (int i = 0; i < n; ++i) {
            auto const now = a.next().count();
            BOOST_REQUIRE(now >= before);
            below += now - before < mean_ns;
            before = now;
        }
        BOOST_TEST(static_cast<double>(before) / n == mean_ns, boost::test_tools::tolerance(0.02));
        BOOST_TEST(static_cast<double>(below) / n == 0.632, boost::test_tools::tolerance(0.02));
    }
}

BOOST_AUTO_TEST_CASE(a_seed_means_the_same_again_and_lanes_differ)
{
    auto a = arrivals::poisson(10, 0, 2, 1), again = arrivals::poisson(10, 0, 2, 1), b = arrivals::poisson(10, 1, 2, 1);
    bool differ = false;
    for (int i = 0; i < 10; ++i) {
        auto const t = a.next();
        BOOST_TEST(t.count() == again.next().count());
        differ |= t != b.next();
    }
    BOOST_TEST(differ);
}

BOOST_AUTO_TEST_SUITE_END()
