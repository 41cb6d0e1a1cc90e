#include "twilio/create_request.hpp"
#include "crypto/base64.hpp"
#include <array>
#include <charconv>
#include <twilio_sms/version.hpp>

namespace twilio_sms::detail {

create_request_writer::create_request_writer(request_origin const& origin)
{
    std::string credentials;
    credentials.append(origin.username).append(":").append(origin.password);
    head_.append("POST ")
        .append(origin.path_prefix)
        .append("/2010-04-01/Accounts/")
        .append(origin.account_sid)
        .append("/Messages.json HTTP/1.1\r\nHost: ")
        .append(origin.host_header)
        .append("\r\nAuthorization: Basic ")
        .append(base64_encode(credentials))
        .append("\r\nUser-Agent: twilio-sms-cpp/" TWILIO_SMS_VERSION " (linux) c++/20"
                "\r\nAccept: application/json"
                "\r\nContent-Type: application/x-www-form-urlencoded"
                "\r\nContent-Length: ");
}

void create_request_writer::write(std::string& out, std::string_view form) const
{
    std::array<char, 20> digits;
    auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), form.size()).ptr;
    out.clear();
    out.reserve(head_.size() + digits.size() + 4 + form.size());
    out.append(head_).append(digits.data(), end).append("\r\n\r\n").append(form);
}

} // namespace twilio_sms::detail
