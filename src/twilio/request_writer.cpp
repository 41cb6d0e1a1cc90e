#include "twilio/request_writer.hpp"
#include "crypto/base64.hpp"
#include <array>
#include <charconv>
#include <twilio_sms/version.hpp>

namespace twilio_sms::detail {

request_writer::request_writer(request_origin const& origin)
    : path_prefix_(origin.path_prefix),
      messages_path_("/2010-04-01/Accounts/" + std::string(origin.account_sid) + "/Messages.json")
{
    std::string const credentials = base64_encode(std::string(origin.username).append(":").append(origin.password));
    secrets_ = {secret_string(origin.password), secret_string(credentials)};
    fields_.append(" HTTP/1.1\r\nHost: ")
        .append(origin.host_header)
        .append("\r\nAuthorization: Basic ")
        .append(credentials)
        .append("\r\nUser-Agent: twilio-sms-cpp/" TWILIO_SMS_VERSION " (linux) c++/20"
                "\r\nAccept: application/json\r\n");
    create_head_.append("POST ")
        .append(path_prefix_)
        .append(messages_path_)
        .append(fields_)
        .append("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ");
}

void request_writer::write_create(std::string& out, std::string_view form) const
{
    std::array<char, 20> digits;
    auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), form.size()).ptr;
    out.clear();
    out.reserve(create_head_.size() + digits.size() + 4 + form.size());
    out.append(create_head_).append(digits.data(), end).append("\r\n\r\n").append(form);
}

void request_writer::write_get(std::string& out, std::string_view target) const
{
    out.clear();
    out.append("GET ").append(path_prefix_).append(target).append(fields_).append("\r\n");
}

} // namespace twilio_sms::detail
