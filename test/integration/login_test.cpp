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
    o.accounts.emplace_back(account_sid, std::string(::test::canary_token))
        .api_keys.emplace_back(api_key, "secret-of-the-key");
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

BOOST_AUTO_TEST_CASE(a_token_replaced)
{
    local_twilio twilio(three_accounts());
    auto options = twilio.options();
    options.auth_token = "the-token-before";
    options.max_connections = 1;
    asio::io_context io;
    provider p(io.get_executor(), options);
    run(io, [](provider& sender) -> asio::awaitable<void> {
        auto const before = co_await sender.try_send({number(1), text()});
        BOOST_TEST((before.has_error() && before.error().http_status == 401));
        sender.replace_credentials(::test::canary_token);
        auto const after = co_await sender.try_send({number(2), text()});
        BOOST_TEST(after.has_value());
        sender.replace_credentials(api_key, "secret-of-the-key");
        auto const with_key = co_await sender.try_send({number(3), text()});
        BOOST_TEST(with_key.has_value());
        sender.replace_credentials("a-token-of-nobody");
        auto const wrong = co_await sender.try_send({number(4), text()});
        BOOST_TEST((wrong.has_error() && wrong.error().conditions.contains(condition::account)));
        co_await sender.close();
    }(p));
    BOOST_TEST(twilio.server().messages().size() == 2u);
}

BOOST_AUTO_TEST_CASE(for_a_subaccount_still)
{
    local_twilio twilio(three_accounts());
    auto options = twilio.options();
    options.subaccount_sid = subaccount_sid;
    options.auth_token = "the-token-before";
    asio::io_context io;
    provider p(io.get_executor(), options);
    p.replace_credentials(::test::canary_token);
    run(io, [](provider& sender) -> asio::awaitable<void> {
        auto const outcome = co_await sender.try_send({number(1), text()});
        BOOST_TEST(outcome.has_value());
        co_await sender.close();
    }(p));
    BOOST_TEST(twilio.server().messages().at(0).account_sid == subaccount_sid);
}

BOOST_AUTO_TEST_CASE(malformed_ones_change_nothing)
{
    local_twilio twilio(three_accounts());
    asio::io_context io;
    provider p(io.get_executor(), twilio.options());
    auto const problem = [&p](auto const&... credentials) -> std::string {
        try {
            p.replace_credentials(credentials...);
        } catch (options_error const& e) {
            return e.what();
        }
        return "none";
    };
    BOOST_TEST(problem("").starts_with("auth_token: is not set; "));
    BOOST_TEST(problem("hunter2\r\nX: y").starts_with("auth_token: holds a line break"));
    BOOST_TEST(problem("", "").starts_with("auth_token: is not set; "));
    BOOST_TEST(problem(api_key, "").starts_with("api_secret: is not set, but api_key is; "));
    BOOST_TEST(problem("", "hunter2").starts_with("api_key: is not set, but api_secret is; "));
    BOOST_TEST(problem(account_sid, "hunter2").starts_with("api_key: is an Account SID"));
    BOOST_TEST(problem(api_key, "hunter2\n").starts_with("api_secret: holds a line break"));
    BOOST_TEST(problem("hunter2\n").find("hunter2") == std::string::npos);
    run(io, [](provider& sender) -> asio::awaitable<void> {
        auto const outcome = co_await sender.try_send({number(1), text()});
        BOOST_TEST(outcome.has_value());
        co_await sender.close();
    }(p));
}

// In the middle of many: each is accepted or turned away, and none that is begun later is turned away.
BOOST_AUTO_TEST_CASE(a_token_replaced_in_the_middle_of_sends)
{
    local_twilio twilio(three_accounts());
    auto options = twilio.options();
    options.auth_token = "the-token-before";
    asio::io_context io;
    provider p(io.get_executor(), options);
    run(io, [](provider& sender) -> asio::awaitable<void> {
        bulk_options limits;
        limits.max_in_flight = 8;
        int read = 0, replaced_at = 0, accepted = 0, early = 0;
        notification_source source = [&read]() -> std::optional<notification> {
            if (read == 300)
                return std::nullopt;
            return notification(number(read++), text());
        };
        auto bulk = sender.bulk(source, limits);
        while (auto item = co_await bulk.next()) {
            if (item->outcome)
                ++accepted;
            else
                BOOST_TEST(item->outcome.error().http_status == 401);
            early += !item->outcome;
            if (replaced_at == 0 && early == 100) {
                sender.replace_credentials(::test::canary_token);
                replaced_at = read;
            }
            if (replaced_at != 0 && item->index >= static_cast<std::size_t>(replaced_at))
                BOOST_TEST(item->outcome.has_value());
        }
        BOOST_TEST(accepted + early == 300);
        BOOST_TEST(accepted >= 300 - replaced_at);
        co_await sender.close();
    }(p));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
