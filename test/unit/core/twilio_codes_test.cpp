#include "core/twilio_codes.hpp"
#include "support.hpp"
#include <set>

using namespace twilio_sms;
using namespace twilio_sms::detail;
using twilio_sms::test::names;
using enum condition;

BOOST_AUTO_TEST_SUITE(twilio_codes)

BOOST_AUTO_TEST_CASE(meanings)
{
    struct row {
        int code;
        conditions meaning;
    };
    row const rows[] = {
        {20003, account},
        {20005, account},
        {20006, account},
        {20008, account},
        {20009, retryable},
        {20010, account},
        {20403, account},
        {20404, account},
        {20429, throttled | retryable},
        {21211, bad_recipient},
        {21212, configuration},
        {21214, bad_recipient},
        {21217, bad_recipient},
        {21265, bad_recipient},
        {21266, bad_recipient},
        {21267, account},
        {21268, bad_recipient},
        {21408, account},
        {21601, configuration},
        {21603, configuration},
        {21606, configuration},
        {21608, account | bad_recipient},
        {21610, opted_out},
        {21611, queue_full},
        {21612, bad_recipient},
        {21614, bad_recipient},
        {21617, {}},
        {21620, {}},
        {21623, {}},
        {21635, bad_recipient},
        {21659, configuration},
        {21660, configuration},
        {21661, configuration},
        {21701, configuration},
        {21702, retryable},
        {21703, bad_recipient},
        {21704, configuration},
        {21705, configuration},
        {21711, configuration},
        {21910, configuration},
        {30409, {}},
        {63007, configuration},
        {63038, daily_limit},
    };
    std::set<int> known;
    for (auto const& row : rows) {
        known.insert(row.code);
        BOOST_TEST_CONTEXT("code " << row.code)
        {
            BOOST_TEST(names(conditions_of_twilio_code(row.code)) == names(row.meaning));
            BOOST_TEST(!advice_for_twilio_code(row.code).empty());
        }
    }
    for (int code = -1; code <= 70'000; ++code)
        if (!known.contains(code) &&
            (!conditions_of_twilio_code(code).empty() || !advice_for_twilio_code(code).empty()))
            BOOST_ERROR("code " << code << " is not in this table");
}

BOOST_AUTO_TEST_CASE(codes_that_turn_away_the_account)
{
    std::set<int> const account_level{20003, 20005, 20006, 20008, 20010, 20403};
    for (int code = -1; code <= 70'000; ++code)
        if (is_account_level(code) != account_level.contains(code))
            BOOST_ERROR("code " << code);
}

BOOST_AUTO_TEST_CASE(advice_is_one_line)
{
    for (int code = 20'000; code <= 64'000; ++code) {
        auto const advice = advice_for_twilio_code(code);
        if (advice.find('\n') != std::string_view::npos || advice.ends_with('.'))
            BOOST_ERROR("code " << code << ": " << advice);
    }
}

BOOST_AUTO_TEST_SUITE_END()
