#include "client/counters.hpp"
#include "support.hpp"
#include <twilio_sms/stats.hpp>

using namespace twilio_sms;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(latency_histograms)

BOOST_AUTO_TEST_CASE(every_duration_is_in_the_bucket_that_says_so)
{
    using histogram = latency_histogram;
    for (std::int64_t us = 0; us < 134'000'000; us += 1 + us / 50) {
        auto const value = std::chrono::microseconds(us);
        auto const bucket = histogram::bucket_of(value);
        BOOST_TEST_REQUIRE(bucket < histogram::size);
        BOOST_TEST_REQUIRE((histogram::lower_bound(bucket) <= value));
        BOOST_TEST_REQUIRE((value < histogram::lower_bound(bucket + 1)));
    }
}

BOOST_AUTO_TEST_CASE(buckets_are_narrow_and_follow_each_other)
{
    using histogram = latency_histogram;
    for (std::size_t b = 0; b < histogram::size; ++b) {
        auto const lower = histogram::lower_bound(b), upper = histogram::lower_bound(b + 1);
        BOOST_TEST_REQUIRE((upper - lower <= std::max(1us, lower / 16)));
        BOOST_TEST_REQUIRE(histogram::bucket_of(lower) == b);
        BOOST_TEST_REQUIRE(histogram::bucket_of(upper - 1us) == b);
    }
}

BOOST_AUTO_TEST_CASE(beyond_the_ends)
{
    using histogram = latency_histogram;
    BOOST_TEST(histogram::bucket_of(-1us) == 0u);
    BOOST_TEST(histogram::bucket_of(24h) == histogram::size - 1);
    BOOST_TEST((histogram::lower_bound(histogram::size) > 134s));
}

BOOST_AUTO_TEST_CASE(quantiles)
{
    latency_histogram h;
    BOOST_TEST((h.quantile(0.99) == 0us));
    for (int i = 1; i <= 10; ++i)
        h.add(std::chrono::microseconds(i));
    BOOST_TEST((h.quantile(0) == 1us));
    BOOST_TEST((h.quantile(0.5) == 5us));
    BOOST_TEST((h.quantile(0.51) == 6us));
    BOOST_TEST((h.quantile(1) == 10us));
    h.add(1s);
    auto const longest = h.quantile(1);
    BOOST_TEST((longest >= 1s && longest <= 1'062'500us));
}

BOOST_AUTO_TEST_CASE(they_add_up_and_subtract)
{
    latency_histogram a, b;
    a.add(3us);
    b.add(3us);
    b.add(5ms);
    auto sum = a;
    sum += b;
    BOOST_TEST(sum.count() == 3u);
    BOOST_TEST((sum.sum == 5006us));
    auto const rest = sum.since(a);
    BOOST_TEST((rest.counts == b.counts));
    BOOST_TEST((rest.sum == b.sum));
}

BOOST_AUTO_TEST_SUITE_END()
