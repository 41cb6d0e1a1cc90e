#include "client/login.hpp"
#include "core/control_characters.hpp"
#include "core/notification_check.hpp"

namespace twilio_sms::detail {
namespace {

constexpr auto copy_sid = "copy the Account SID (AC and 32 hex digits) from console.twilio.com";
constexpr auto copy_key = "copy the SID of the API key (SK and 32 hex digits) from console.twilio.com";
constexpr auto one_line = "holds a line break or another control character";

bool has_blanks(std::string_view text) noexcept
{
    return has_control_characters(text) || text.find(' ') != std::string_view::npos;
}

// The values are never shown: one may be a secret, put in the wrong place.
void check_account(login const& l, std::vector<option_problem>& problems)
{
    auto const sid = l.account_sid;
    if (is_sid(sid, "AC"))
        return;
    auto const add = [&](char const* what, char const* fix) { problems.push_back({"account_sid", what, fix}); };
    if (sid.empty())
        add("is not set", "set TWILIO_ACCOUNT_SID, or copy the Account SID from console.twilio.com");
    else if (sid.starts_with("SK"))
        add("is the SID of an API key (SK...)", copy_sid);
    else if (sid == l.auth_token || is_sid(sid, ""))
        add("looks like the auth token", copy_sid);
    else if (has_blanks(sid))
        add("holds a space, a line break or another control character", copy_sid);
    else
        add("is not AC and 32 hex digits", copy_sid);
}

void check_token(login const& l, std::vector<option_problem>& problems)
{
    bool const has_key = !l.api_key.empty() || !l.api_secret.empty();
    if (l.auth_token.empty() && !has_key)
        problems.push_back(
            {"auth_token", "is not set", "set TWILIO_AUTH_TOKEN, or copy the Auth Token from console.twilio.com"});
    if (!l.auth_token.empty() && has_key)
        problems.push_back({"auth_token", "is set together with an API key",
                            "set only one of the two: auth_token, or api_key with api_secret"});
    if (has_control_characters(l.auth_token))
        problems.push_back({"auth_token", one_line, "remove it; often it ends a file"});
}

void check_key(login const& l, std::vector<option_problem>& problems)
{
    if (l.api_key.empty() && !l.api_secret.empty())
        problems.push_back({"api_key", "is not set, but api_secret is", copy_key});
    else if (l.api_key.starts_with("AC"))
        problems.push_back({"api_key", "is an Account SID (AC...)", copy_key});
    else if (!l.api_key.empty() && l.api_key == l.api_secret)
        problems.push_back({"api_key", "is the same as api_secret", copy_key});
    else if (has_blanks(l.api_key))
        problems.push_back({"api_key", "holds a space, a line break or another control character", copy_key});
    else if (!l.api_key.empty() && !is_sid(l.api_key, "SK"))
        problems.push_back({"api_key", "is not SK and 32 hex digits", copy_key});
    if (l.api_secret.empty() && !l.api_key.empty())
        problems.push_back({"api_secret", "is not set, but api_key is",
                            "set the secret that was shown when the key was made, or make a new key"});
    if (has_control_characters(l.api_secret))
        problems.push_back({"api_secret", one_line, "remove it; often it ends a file"});
}

} // namespace

std::vector<option_problem> login::problems() const
{
    std::vector<option_problem> found;
    check_account(*this, found);
    check_token(*this, found);
    check_key(*this, found);
    return found;
}

} // namespace twilio_sms::detail
