#include "core/retry_budget.hpp"
#include "support.hpp"

using twilio_sms::detail::retry_budget;

BOOST_AUTO_TEST_SUITE(budget_of_repeats)

BOOST_AUTO_TEST_CASE(without_any_answer_it_ends)
{
    retry_budget budget;
    int taken = 0;
    while (taken < 1000 && budget.take())
        ++taken;
    BOOST_TEST(taken == 100);
    BOOST_TEST(!budget.take());
}

BOOST_AUTO_TEST_CASE(five_answers_pay_for_a_repeat)
{
    retry_budget budget;
    while (budget.take()) {
    }
    for (int i = 0; i < 4; ++i)
        budget.answered();
    BOOST_TEST(!budget.take());
    budget.answered();
    BOOST_TEST(budget.take());
    BOOST_TEST(!budget.take());
}

BOOST_AUTO_TEST_CASE(good_times_are_not_saved_up)
{
    retry_budget budget;
    for (int i = 0; i < 100'000; ++i)
        budget.answered();
    int taken = 0;
    while (taken < 1000 && budget.take())
        ++taken;
    BOOST_TEST(taken == 100);
}

BOOST_AUTO_TEST_SUITE_END()
