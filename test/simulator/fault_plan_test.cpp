#include "simulator/fault_plan.hpp"
#include <boost/test/unit_test.hpp>

using namespace twilio_sms;
using namespace twilio_sms::detail::sim;
using enum simulated_fault;

BOOST_AUTO_TEST_SUITE(fault_plans)

BOOST_AUTO_TEST_CASE(same_seed_same_fate)
{
    fault_probabilities const some{{reply_lost, 0.1}, {throttle, 0.2}};
    int different = 0;
    for (std::uint64_t n = 0; n < 1000; ++n) {
        BOOST_TEST((decide_fault(7, n, some).fault == decide_fault(7, n, some).fault));
        different += decide_fault(7, n, some).fault != decide_fault(8, n, some).fault;
    }
    BOOST_TEST(different > 100);
}

BOOST_AUTO_TEST_CASE(frequencies_match)
{
    fault_probabilities const some{{reply_lost, 0.1}, {stall_after, 0.0}, {error_before, 0.3}};
    std::map<std::optional<simulated_fault>, int> seen;
    int pages = 0;
    constexpr int n = 100'000;
    for (std::uint64_t i = 0; i < n; ++i) {
        auto const d = decide_fault(1, i, some);
        ++seen[d.fault];
        pages += d.other_form;
    }
    BOOST_TEST(std::abs(seen[reply_lost] - n / 10) < n / 100);
    BOOST_TEST(std::abs(seen[error_before] - n * 3 / 10) < n / 100);
    BOOST_TEST(std::abs(seen[std::nullopt] - n * 6 / 10) < n / 100);
    BOOST_TEST(seen.count(stall_after) == 0u);
    BOOST_TEST(std::abs(pages - n / 2) < n / 100);
}

BOOST_AUTO_TEST_CASE(certain_and_impossible)
{
    for (std::uint64_t i = 0; i < 1000; ++i) {
        BOOST_TEST((decide_fault(1, i, {{reset_after, 1.0}}).fault == reset_after));
        BOOST_TEST((decide_fault(1, i, {}).fault == std::nullopt));
    }
}

BOOST_AUTO_TEST_CASE(scripts_come_first_and_in_order)
{
    simulator_options o;
    o.faults = {{throttle, 1.0}};
    o.script["+15551230001"] = {reply_lost, std::nullopt};
    fault_plan plan(o);
    for (int run = 0; run < 2; ++run) {
        BOOST_TEST((plan.next("+15551230001").fault == reply_lost));
        BOOST_TEST((plan.next("+15551230002").fault == throttle));
        BOOST_TEST((plan.next("+15551230001").fault == std::nullopt));
        BOOST_TEST((plan.next("+15551230001").fault == throttle));
        plan.restart();
    }
}

BOOST_AUTO_TEST_CASE(a_restart_repeats_the_sequence)
{
    simulator_options o;
    o.faults = {{throttle, 0.5}};
    fault_plan plan(o);
    std::vector<bool> first;
    for (int i = 0; i < 100; ++i)
        first.push_back(plan.next("x").fault.has_value());
    plan.restart();
    for (int i = 0; i < 100; ++i)
        BOOST_TEST(plan.next("x").fault.has_value() == first[static_cast<std::size_t>(i)]);
}

BOOST_AUTO_TEST_SUITE_END()
