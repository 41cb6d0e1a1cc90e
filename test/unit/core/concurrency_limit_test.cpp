#include "core/concurrency_limit.hpp"
#include "support.hpp"

using twilio_sms::detail::concurrency_limit;
using namespace std::chrono_literals;

namespace {

constexpr concurrency_limit::time_point t0{};

} // namespace

BOOST_AUTO_TEST_SUITE(concurrency)

BOOST_AUTO_TEST_CASE(starts_at_the_maximum_and_stays_in_bounds)
{
    for (std::size_t maximum : {1u, 2u, 32u, 10'000u}) {
        concurrency_limit limit(maximum);
        BOOST_TEST(limit.current() == maximum);
        limit.on_answered();
        BOOST_TEST(limit.current() == maximum);
        for (int i = 0; i < 100; ++i)
            limit.on_throttled(maximum, t0 + i * 1s);
        BOOST_TEST(limit.current() == 1u);
    }
}

BOOST_AUTO_TEST_CASE(falls_to_seven_tenths_of_what_was_in_flight)
{
    struct row {
        std::size_t maximum, in_flight, lowered;
        bool fell;
    };
    row const rows[] = {
        {100, 100, 70, true}, {100, 10, 7, true}, {100, 200, 70, true}, // the limit was lower than what was in flight
        {100, 1, 1, true},    {100, 0, 1, true},  {2, 2, 1, true},      {1, 1, 1, false},
    };
    for (auto const& row : rows) {
        BOOST_TEST_CONTEXT(row.maximum << " at most, " << row.in_flight << " in flight")
        {
            concurrency_limit limit(row.maximum);
            BOOST_TEST(limit.on_throttled(row.in_flight, t0) == row.fell);
            BOOST_TEST(limit.current() == row.lowered);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_burst_counts_once)
{
    concurrency_limit limit(100);
    BOOST_TEST(limit.on_throttled(100, t0));
    BOOST_TEST(!limit.on_throttled(99, t0));
    BOOST_TEST(!limit.on_throttled(98, t0 + 499ms));
    BOOST_TEST(limit.current() == 70u);
    BOOST_TEST(limit.on_throttled(70, t0 + 500ms));
    BOOST_TEST(limit.current() == 49u);
    BOOST_TEST(!limit.on_throttled(49, t0 + 999ms)); // counted from the last decrease, not from the first
}

BOOST_AUTO_TEST_CASE(the_first_answer_counts_at_any_time)
{
    for (auto const now : {concurrency_limit::time_point::min() + 1ns, t0, concurrency_limit::time_point::max()}) {
        concurrency_limit limit(10);
        BOOST_TEST(limit.on_throttled(10, now));
    }
}

BOOST_AUTO_TEST_CASE(rises_by_one_after_about_as_many_answers_as_the_limit)
{
    concurrency_limit limit(100);
    limit.on_throttled(10, t0);
    BOOST_TEST(limit.current() == 7u);
    int answers = 0;
    for (; limit.current() == 7; ++answers)
        limit.on_answered();
    BOOST_TEST(answers >= 7);
    BOOST_TEST(answers <= 9);
    for (int i = 0; i < 10'000; ++i)
        limit.on_answered();
    BOOST_TEST(limit.current() == 100u);
}

BOOST_AUTO_TEST_SUITE_END()
