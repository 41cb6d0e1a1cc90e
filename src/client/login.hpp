// Whom a provider logs in as: an account with its token, or an API key.
#pragma once
#include <string_view>
#include <twilio_sms/provider_options.hpp>
#include <vector>

namespace twilio_sms::detail {

/// Views of somebody's options. Either `auth_token`, or `api_key` and `api_secret`.
struct login {
    std::string_view account_sid, auth_token, api_key, api_secret;

    std::string_view username() const noexcept { return api_key.empty() ? account_sid : api_key; }
    std::string_view password() const noexcept { return api_key.empty() ? auth_token : api_secret; }

    /// All of them, each with its fix and without any value.
    std::vector<option_problem> problems() const;
};

inline login login_of(provider_options const& o) noexcept
{
    return {o.account_sid, o.auth_token, o.api_key, o.api_secret};
}

} // namespace twilio_sms::detail
