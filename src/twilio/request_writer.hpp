// HTTP requests to Twilio's API.
#pragma once
#include "crypto/secret_string.hpp"
#include <array>
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

/// Writes requests; what does not change is made once. Holds the credentials.
class request_writer {
public:
    explicit request_writer(request_origin const& origin);

    /// Replaces `out` by the request that creates a message with this form body.
    void write_create(std::string& out, std::string_view form) const;

    /// Replaces `out` by a GET of `target`, a path and query below the base URL: "/2010-04-01/Accounts/...".
    void write_get(std::string& out, std::string_view target) const;

    /// "/2010-04-01/Accounts/{AccountSid}/Messages.json"
    std::string const& messages_path() const noexcept { return messages_path_; }

    /// What must never be shown: the password, and the credentials as they are sent.
    std::array<secret_string, 2> const& secrets() const noexcept { return secrets_; }

private:
    std::array<secret_string, 2> secrets_;
    std::string path_prefix_;
    std::string messages_path_;
    std::string fields_;      // of every request, from " HTTP/1.1" on
    std::string create_head_; // up to and with "Content-Length: "
};

} // namespace twilio_sms::detail
