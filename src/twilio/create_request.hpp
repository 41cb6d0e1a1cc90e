// The HTTP request that creates a message.
#pragma once
#include <string>
#include <string_view>

namespace twilio_sms::detail {

/// What the head of every request of one provider shares.
struct request_origin {
    std::string_view host_header; ///< "api.twilio.com", with the port when it is not the scheme's own
    std::string_view path_prefix; ///< of the base URL, "" normally
    std::string_view account_sid;
    std::string_view username;
    std::string_view password;
};

/// Writes create requests: everything but the length and the body is made once. Holds the credentials.
class create_request_writer {
public:
    explicit create_request_writer(request_origin const& origin);

    /// Replaces `out` by the request with this form body.
    void write(std::string& out, std::string_view form) const;

private:
    std::string head_; // up to and with "Content-Length: "
};

} // namespace twilio_sms::detail
