#include "load/histogram.hpp"
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <random>
#include <vector>

using std::chrono::nanoseconds;
using twilio_sms::load::histogram;

BOOST_AUTO_TEST_SUITE(latency_buckets)

BOOST_AUTO_TEST_CASE(short_durations_have_a_bucket_each)
{
    for (std::int64_t n = 0; n < 256; ++n) {
        BOOST_TEST(histogram::bucket_of(nanoseconds(n)) == static_cast<std::size_t>(n));
        BOOST_TEST(histogram::upper_bound(static_cast<std::size_t>(n)).count() == n);
    }
}

// Every bucket begins where the one before ends, and is at most 1/128 of its lower bound wide.
BOOST_AUTO_TEST_CASE(buckets_are_narrow_and_without_gaps)
{
    for (std::size_t b = 256; b + 1 < histogram::size; ++b) {
        auto const lower = histogram::upper_bound(b - 1).count() + 1;
        auto const upper = histogram::upper_bound(b).count();
        BOOST_TEST(histogram::bucket_of(nanoseconds(lower)) == b);
        BOOST_TEST(histogram::bucket_of(nanoseconds(upper)) == b);
        BOOST_TEST((upper - lower) * 128 < lower);
    }
}

BOOST_AUTO_TEST_CASE(extremes)
{
    BOOST_TEST(histogram::bucket_of(nanoseconds(-5)) == 0u);
    BOOST_TEST(histogram::bucket_of(nanoseconds::max()) == histogram::size - 1);
    histogram h;
    BOOST_TEST(h.quantile(0.99).count() == 0);
    h.add(nanoseconds::max());
    BOOST_TEST(h.quantile(0.5).count() == nanoseconds::max().count());
}

// By nearest rank, as a sorted list tells it.
BOOST_AUTO_TEST_CASE(quantiles_are_those_of_a_sorted_list_and_at_most_a_percent_above)
{
    std::mt19937_64 chance(7);
    std::vector<std::int64_t> all;
    histogram h;
    for (int i = 0; i < 20'000; ++i) {
        all.push_back(static_cast<std::int64_t>(std::exp(static_cast<double>(chance() % 2600) / 100)));
        h.add(nanoseconds(all.back()));
    }
    std::sort(all.begin(), all.end());
    for (double const share : {0.0, 0.0001, 0.1, 0.5, 0.9, 0.99, 0.999, 0.9999, 1.0}) {
        auto const rank = std::max(1.0, std::ceil(share * static_cast<double>(all.size())));
        auto const exact = static_cast<double>(all[static_cast<std::size_t>(rank) - 1]);
        auto const told = static_cast<double>(h.quantile(share).count());
        BOOST_TEST(told >= exact, share);
        BOOST_TEST(told <= exact * 1.01, share);
    }
    BOOST_TEST(h.quantile(1).count() == all.back());
    BOOST_TEST(h.max().count() == all.back());
    BOOST_TEST(h.count() == all.size());
}

BOOST_AUTO_TEST_CASE(ranks_are_rounded_up)
{
    histogram h;
    for (int i = 1; i <= 10; ++i)
        h.add(nanoseconds(i));
    BOOST_TEST(h.quantile(0.9).count() == 9);
    BOOST_TEST(h.quantile(0.91).count() == 10);
    BOOST_TEST(h.quantile(0.51).count() == 6);
}

BOOST_AUTO_TEST_CASE(histograms_add_up)
{
    histogram one, other, both;
    for (int i = 1; i <= 1000; ++i) {
        (i % 3 == 0 ? one : other).add(nanoseconds(i * 1000));
        both.add(nanoseconds(i * 1000));
    }
    auto reversed = other; // the longest is in `other`
    reversed += one;
    one += other;
    BOOST_TEST(one.count() == 1000u);
    BOOST_TEST(reversed.max().count() == one.max().count());
    for (double const share : {0.0, 0.25, 0.5, 0.99, 1.0})
        BOOST_TEST(one.quantile(share).count() == both.quantile(share).count());
}

BOOST_AUTO_TEST_SUITE_END()
