#include "simulator/create_check.hpp"
#include "simulator/magic_numbers.hpp"
#include <boost/test/unit_test.hpp>

using namespace twilio_sms;
using namespace twilio_sms::detail::sim;

namespace {

int code_of(std::string_view from, std::string_view to)
{
    auto const e = magic_answer(from, to);
    return e ? e->code : 0;
}

} // namespace

BOOST_AUTO_TEST_SUITE(magic_numbers)

BOOST_AUTO_TEST_CASE(senders)
{
    BOOST_TEST(code_of("+15005550006", "+15551230001") == 0);
    BOOST_TEST(code_of("+15005550001", "+15551230001") == 21212);
    BOOST_TEST(code_of("+15005550007", "+15551230001") == 21606);
    BOOST_TEST(code_of("+15005550008", "+15551230001") == 21611);
    BOOST_TEST(code_of("+15005550000", "+15551230001") == 21606);
    BOOST_TEST(code_of("+123", "+15551230001") == 21606);
    BOOST_TEST(magic_answer("+15005550008", "+15551230001")->status == 429);
    BOOST_TEST(magic_answer("+15005550007", "")->message == "The From phone number +15005550007 is not a valid, "
                                                            "SMS-capable inbound phone number or short code for your "
                                                            "account.");
}

BOOST_AUTO_TEST_CASE(recipients)
{
    BOOST_TEST(code_of("+15005550006", "+15005550001") == 21211);
    BOOST_TEST(code_of("+15005550006", "+15005550002") == 21612);
    BOOST_TEST(code_of("+15005550006", "+15005550003") == 21408);
    BOOST_TEST(code_of("+15005550006", "+15005550004") == 21610);
    BOOST_TEST(code_of("+15005550006", "+15005550009") == 21614);
    BOOST_TEST(magic_answer("+15005550006", "+15005550009")->message ==
               "To number: +15005550009, is not a mobile number");
}

BOOST_AUTO_TEST_CASE(only_with_test_credentials_and_before_the_content)
{
    simulator_account live;
    simulator_account test;
    test.test_credentials = true;
    create_parameters p;
    p.to = "+15551230001";
    p.from = "+15005550008";
    std::chrono::sys_seconds const now{};
    BOOST_TEST(check_create(p, live, now)->code == 21602); // no body
    BOOST_TEST(check_create(p, test, now)->code == 21611);
    p.body = "x";
    BOOST_TEST(!check_create(p, live, now));
    p.from = "+15005550006";
    BOOST_TEST(!check_create(p, test, now));
}

BOOST_AUTO_TEST_CASE(the_sender_comes_before_the_same_number)
{
    simulator_account test;
    test.test_credentials = true;
    create_parameters p;
    p.body = "x";
    p.to = p.from = "+15005550001";
    BOOST_TEST(check_create(p, test, {})->code == 21212);
    BOOST_TEST(check_create(p, {}, {})->code == 21266); // without test credentials it is a number like any other
    p.to = p.from = "+15005550006";
    BOOST_TEST(check_create(p, test, {})->code == 21266);
}

BOOST_AUTO_TEST_SUITE_END()
