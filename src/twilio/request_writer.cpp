#include "twilio/request_writer.hpp"
#include "core/quotation.hpp"
#include "crypto/base64.hpp"
#include <algorithm>
#include <array>
#include <charconv>
#include <twilio_sms/version.hpp>
#include <utility>

namespace twilio_sms::detail {

namespace {

constexpr std::string_view before_length =
    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "; // the last field

/// The length of a body, in digits.
class decimal {
public:
    explicit decimal(std::size_t n) noexcept
        : end_(std::to_chars(digits_.data(), digits_.data() + digits_.size(), n).ptr)
    {}
    std::string_view view() const noexcept { return {digits_.data(), static_cast<std::size_t>(end_ - digits_.data())}; }

private:
    std::array<char, 20> digits_;
    char const* end_;
};

} // namespace

request_writer::request_writer(request_origin const& origin)
    : host_header_(origin.host_header), path_prefix_(origin.path_prefix),
      messages_path_("/2010-04-01/Accounts/" + std::string(origin.account_sid) + "/Messages.json")
{
    replace_credentials(origin.username, origin.password);
}

void request_writer::replace_credentials(std::string_view username, std::string_view password)
{
    secret_string credentials, encoded, fields, create_head;
    credentials.append(username).append(":").append(password);
    append_base64(encoded, credentials);
    fields.append(" HTTP/1.1\r\nHost: ").append(host_header_).append("\r\nAuthorization: Basic ");
    fields.append(encoded).append("\r\nUser-Agent: twilio-sms-cpp/" TWILIO_SMS_VERSION " (linux) c++/20"
                                  "\r\nAccept: application/json\r\n");
    create_head.append("POST ").append(path_prefix_).append(messages_path_).append(fields).append(before_length);
    std::scoped_lock const lock(mutex_);
    fields_ = std::move(fields);
    create_head_ = std::move(create_head);
    secrets_ = {secret_string(password), std::move(encoded), std::move(secrets_[0]), std::move(secrets_[1])};
}

bool request_writer::credentials_quoted_in(std::string_view text) const
{
    std::scoped_lock const lock(mutex_);
    return std::ranges::any_of(secrets_, [text](secret_string const& secret) { return quotes(text, secret); });
}

void request_writer::write_create(secret_string& out, std::string_view form) const
{
    decimal const length(form.size());
    out.clear();
    std::scoped_lock const lock(mutex_);
    out.reserve(create_head_.size() + length.view().size() + 4 + form.size());
    out.append(create_head_).append(length.view()).append("\r\n\r\n").append(form);
}

void request_writer::write(secret_string& out, std::string_view method, std::string_view target,
                           std::string_view form) const
{
    out.clear();
    std::scoped_lock const lock(mutex_);
    out.append(method).append(" ").append(path_prefix_).append(target).append(fields_);
    if (method == "POST")
        out.append(before_length).append(decimal(form.size()).view()).append("\r\n");
    out.append("\r\n").append(form);
}

} // namespace twilio_sms::detail
