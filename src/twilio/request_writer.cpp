#include "twilio/request_writer.hpp"
#include "core/quotation.hpp"
#include "crypto/base64.hpp"
#include <array>
#include <charconv>
#include <twilio_sms/version.hpp>
#include <utility>

namespace twilio_sms::detail {

request_writer::request_writer(request_origin const& origin)
    : host_header_(origin.host_header), path_prefix_(origin.path_prefix),
      messages_path_("/2010-04-01/Accounts/" + std::string(origin.account_sid) + "/Messages.json")
{
    replace_credentials(origin.username, origin.password);
}

void request_writer::replace_credentials(std::string_view username, std::string_view password)
{
    secret_string credentials, login, fields, create_head;
    credentials.append(username).append(":").append(password);
    fields.append(" HTTP/1.1\r\nHost: ").append(host_header_).append("\r\nAuthorization: Basic ");
    append_base64(login, credentials);
    fields.append(login).append("\r\nUser-Agent: twilio-sms-cpp/" TWILIO_SMS_VERSION " (linux) c++/20"
                                "\r\nAccept: application/json\r\n");
    create_head.append("POST ")
        .append(path_prefix_)
        .append(messages_path_)
        .append(fields)
        .append("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ");
    std::scoped_lock const lock(mutex_);
    password_ = secret_string(password);
    login_ = std::move(login);
    fields_ = std::move(fields);
    create_head_ = std::move(create_head);
}

void request_writer::write_create(secret_string& out, std::string_view form) const
{
    std::array<char, 20> digits;
    auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), form.size()).ptr;
    std::string_view const length(digits.data(), static_cast<std::size_t>(end - digits.data()));
    out.clear();
    std::scoped_lock const lock(mutex_);
    out.reserve(create_head_.size() + length.size() + 4 + form.size());
    out.append(create_head_).append(length).append("\r\n\r\n").append(form);
}

void request_writer::write_get(secret_string& out, std::string_view target) const
{
    out.clear();
    std::scoped_lock const lock(mutex_);
    out.append("GET ").append(path_prefix_).append(target).append(fields_).append("\r\n");
}

bool request_writer::are_credentials_in(std::string_view text) const
{
    std::scoped_lock const lock(mutex_);
    return quotes(text, password_) || quotes(text, login_);
}

} // namespace twilio_sms::detail
