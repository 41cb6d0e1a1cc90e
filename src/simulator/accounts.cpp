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
        state.credentials = base64_encode(account.sid + ":" + account.auth_token);
    }
}

account_state* accounts::log_in(std::string_view authorization) noexcept
{
    if (!is_basic(authorization.substr(0, 6)))
        return nullptr;
    std::string_view const credentials = authorization.substr(6);
    auto const found = std::ranges::find(accounts_, credentials, &account_state::credentials);
    return found == accounts_.end() ? nullptr : &*found;
}

} // namespace twilio_sms::detail::sim
