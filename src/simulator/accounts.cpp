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
        logins_.push_back({base64_encode(account.sid + ":" + account.auth_token), account.sid});
        for (auto const& key : account.api_keys)
            logins_.push_back({base64_encode(key.sid + ":" + key.secret), account.sid});
    }
}

account_state* accounts::log_in(std::string_view authorization, std::string_view sid) noexcept
{
    if (!is_basic(authorization.substr(0, 6)))
        return nullptr;
    auto const who = std::ranges::find(logins_, authorization.substr(6), &login::credentials);
    if (who == logins_.end())
        return nullptr;
    auto const account =
        std::ranges::find(accounts_, sid, [](auto const& a) { return std::string_view(a.settings.sid); });
    bool const allowed =
        account != accounts_.end() && (who->account_sid == sid || who->account_sid == account->settings.parent_sid);
    return allowed ? &*account : nullptr;
}

} // namespace twilio_sms::detail::sim
