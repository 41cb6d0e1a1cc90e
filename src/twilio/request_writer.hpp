// HTTP requests to Twilio's API.
#pragma once
#include "crypto/secret_string.hpp"
#include <array>
#include <mutex>
#include <string>
#include <string_view>

namespace twilio_sms::detail {

/// What all requests of one provider share.
struct request_origin {
    std::string_view host_header; ///< "api.twilio.com", with the port when it is not the scheme's own
    std::string_view path_prefix; ///< of the base URL, "" normally
    std::string_view account_sid; ///< whose messages
    std::string_view username;
    std::string_view password;
};

/// Writes requests; what does not change is made once. Holds the credentials, which can be replaced meanwhile.
/// Thread-safe.
class request_writer {
public:
    explicit request_writer(request_origin const& origin);

    /// Replaces `out` by the request that creates a message with this form body.
    void write_create(secret_string& out, std::string_view form) const;

    /// Replaces `out` by a request for `target`, a path and query below the base URL: "/2010-04-01/Accounts/...". A
    /// POST has a form as its body, the others have none.
    void write(secret_string& out, std::string_view method, std::string_view target, std::string_view form = {}) const;

    /// Requests written from now on log in with these.
    void replace_credentials(std::string_view username, std::string_view password);

    /// "/2010-04-01/Accounts/{AccountSid}/Messages.json"
    std::string const& messages_path() const noexcept { return messages_path_; }

    /// Does a text, of a server say, hold the password or the credentials as they are sent, or those before?
    bool credentials_quoted_in(std::string_view text) const;

private:
    std::string const host_header_;
    std::string const path_prefix_;
    std::string const messages_path_;

    mutable std::mutex mutex_;             // guards what follows
    secret_string fields_;                 // of every request, from " HTTP/1.1" on
    secret_string create_head_;            // up to and with "Content-Length: "
    std::array<secret_string, 4> secrets_; // password and encoded credentials, and those before
};

} // namespace twilio_sms::detail
