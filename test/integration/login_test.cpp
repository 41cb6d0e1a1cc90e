// The ways to log in: token, API key, on behalf of a subaccount.
#include "support.hpp"
#include <boost/test/unit_test.hpp>

namespace twilio_sms::test {
namespace {

std::string const subaccount_sid = "AC00000000000000000000000000000002";
std::string const foreign_sid = "AC00000000000000000000000000000003";
std::string const api_key = "SK00000000000000000000000000000004";

simulator_options three_accounts()
{
    simulator_options o;
    o.accounts.emplace_back(account_sid, std::string(::test::canary_token)).api_keys.emplace_back(api_key, "secret-of-the-key");
    o.accounts.emplace_back(subaccount_sid, "token-of-the-subaccount").parent_sid = account_sid;
    o.accounts.emplace_back(foreign_sid, "token-of-somebody-else");
    return o;
}

void use_key(provider_options& o, std::string const& secret = "secret-of-the-key")
{
    o.auth_token.clear();
    o.api_key = api_key;
    o.api_secret = secret;
}

} // namespace

BOOST_AUTO_TEST_SUITE(logins)

BOOST_AUTO_TEST_CASE(an_api_key)
{
    local_twilio twilio(three_accounts());
    auto options = twilio.options();
    use_key(options);
    BOOST_TEST(send_one(options, {number(1), text()}).has_value());
    BOOST_TEST(twilio.server().messages().at(0).account_sid == account_sid);

    use_key(options, "another-secret");
    auto const refused = send_one(options, {number(2), text()});
    BOOST_REQUIRE(!refused.has_value());
    BOOST_TEST(refused.error().twilio_code == 20003);
    BOOST_TEST(refused.error().message.find("API key") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(for_a_subaccount)
{
    local_twilio twilio(three_accounts());
    for (bool const with_key : {false, true}) {
        auto options = twilio.options();
        options.subaccount_sid = subaccount_sid;
        if (with_key)
            use_key(options);
        BOOST_TEST(send_one(options, {number(with_key), text()}).has_value());
        BOOST_TEST(twilio.server().messages().at(with_key).account_sid == subaccount_sid);
    }
    auto options = twilio.options();
    options.subaccount_sid = foreign_sid;
    auto const refused = send_one(options, {number(3), text()});
    BOOST_REQUIRE(!refused.has_value());
    BOOST_TEST(refused.error().twilio_code == 20003);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
