#include "simulator/accounts.hpp"
#include "crypto/base64.hpp"
#include <algorithm>

namespace twilio_sms::detail::sim {
namespace {

std::vector<simulator_account> default_accounts()
{
    using o = simulator_options;
    simulator_account live{std::string(o::default_account_sid), std::string(o::default_auth_token)};
    simulator_account test{std::string(o::default_test_account_sid), std::string(o::default_test_auth_token)};
    test.test_credentials = true;
    return {live, test};
}

bool is_basic(std::string_view scheme) noexcept
{
    static constexpr std::string_view basic = "basic ";
    return std::ranges::equal(scheme, basic, {}, [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
}

} // namespace

accounts::accounts(std::vector<simulator_account> const& settings)
{
    for (auto const& account : settings.empty() ? default_accounts() : settings) {
        auto& state = accounts_.emplace_back();
        state.settings = account;
        state.credentials.push_back(base64_encode(account.sid + ":" + account.auth_token));
        for (auto const& [key, secret] : account.api_keys)
            state.credentials.push_back(base64_encode(key + ":" + secret));
    }
}

account_state* accounts::log_in(std::string_view authorization, std::string_view sid) noexcept
{
    if (!is_basic(authorization.substr(0, 6)))
        return nullptr;
    std::string_view const credentials = authorization.substr(6);
    auto const login = std::ranges::find_if(accounts_, [&](account_state const& a) {
        return std::ranges::find(a.credentials, credentials) != a.credentials.end();
    });
    if (login == accounts_.end())
        return nullptr;
    if (login->settings.sid == sid)
        return &*login;
    auto const below = std::ranges::find_if(accounts_, [&](account_state const& a) {
        return a.settings.sid == sid && a.settings.parent_sid == login->settings.sid;
    });
    return below == accounts_.end() ? nullptr : &*below;
}

} // namespace twilio_sms::detail::sim
