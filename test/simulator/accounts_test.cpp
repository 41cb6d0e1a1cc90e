// Who may do what.
#include "api_fixture.hpp"

using namespace twilio_sms;
using namespace twilio_sms::test;

namespace {

std::string const child = "ACffffffffffffffffffffffffffffffff";
std::string const stranger = "AC00000000000000000000000000000001";
std::string const key = "SK0123456789abcdef0123456789abcdef";
std::string const child_key = "SKffffffffffffffffffffffffffffffff";

simulator_options family()
{
    simulator_options o;
    o.accounts = {{account, "parent's token"}, {child, "child's token"}, {stranger, "another"}};
    o.accounts[0].api_keys = {{key, "secret"}};
    o.accounts[1].api_keys = {{child_key, "secret"}};
    o.accounts[1].parent_sid = account;
    return o;
}

} // namespace

BOOST_AUTO_TEST_SUITE(accounts)

BOOST_AUTO_TEST_CASE(credentials_hold_for_the_account_and_its_subaccounts)
{
    struct {
        std::string login;
        bool parent_path;
        bool child_path;
    } const cases[] = {
        {basic(account, "parent's token"), true, true},
        {basic(key, "secret"), true, true},
        {basic(child, "child's token"), false, true},
        {basic(child_key, "secret"), false, true},
        {basic(stranger, "another"), false, false},
        {basic(key, "wrong"), false, false},
        {basic(child, "parent's token"), false, false},
        {basic(account, "secret"), false, false},
        {"", false, false},
    };
    BOOST_TEST(family().problem() == "");
    for (auto const& c : cases) {
        api_fixture f(family());
        auto const ask = [&](std::string const& path) {
            auto const a = f.complete({"POST", path, c.login, form, body});
            if (a.status != 201) {
                BOOST_TEST(a.status == 401u);
                BOOST_TEST(code_of(a) == 20003);
                BOOST_TEST(text_of(a, "message") == "Authenticate");
            } else {
                BOOST_TEST(path.find(text_of(a, "account_sid")) != std::string::npos);
            }
            return a.status == 201;
        };
        BOOST_TEST(ask(messages) == c.parent_path);
        BOOST_TEST(ask("/2010-04-01/Accounts/" + child + "/Messages.json") == c.child_path);
    }
}

BOOST_AUTO_TEST_CASE(messages_belong_to_the_account_of_the_path)
{
    api_fixture f(family());
    auto const login = basic(account, "parent's token");
    std::string const child_messages = "/2010-04-01/Accounts/" + child + "/Messages.json";
    f.complete({"POST", child_messages, login, form, body});
    BOOST_TEST(listed(f.complete({"GET", child_messages, login, {}, {}})).size() == 1u);
    BOOST_TEST(listed(f.complete({"GET", messages, login, {}, {}})).empty());
}

BOOST_AUTO_TEST_CASE(accounts_are_checked)
{
    auto const problem = [](auto change) {
        auto o = family();
        change(o);
        return o.problem();
    };
    BOOST_TEST(problem([](auto& o) { o.accounts[0].api_keys[0].sid = "SK1"; }).starts_with("api_keys:"));
    BOOST_TEST(problem([](auto& o) { o.accounts[0].api_keys[0].secret = ""; }).starts_with("api_keys:"));
    BOOST_TEST(problem([](auto& o) { o.accounts[1].parent_sid = "AC1"; }).starts_with("parent_sid:"));
    BOOST_TEST(problem([](auto& o) { o.accounts[1].parent_sid = child; }).starts_with("parent_sid:"));
    BOOST_TEST(problem([](auto& o) { o.accounts[1].sid = account; }).starts_with("accounts:"));
}

BOOST_AUTO_TEST_SUITE_END()
