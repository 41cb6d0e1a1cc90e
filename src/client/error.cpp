#include "core/twilio_codes.hpp"
#include <string>
#include <twilio_sms/error.hpp>

namespace twilio_sms {
namespace {

std::string_view text_of(errc e) noexcept
{
    switch (e) {
    case errc::invalid_recipient: return "the recipient is neither an E.164 number nor a channel address";
    case errc::unsupported_channel: return "the channel is not sms";
    case errc::missing_text: return "there is no text, no usable media and no content template";
    case errc::text_too_long: return "the text has more than 1,600 characters";
    case errc::invalid_text: return "the text is not UTF-8, or holds NUL";
    case errc::too_many_media: return "there are more than 10 media URLs";
    case errc::invalid_media_url: return "a media URL is not an http or https URL";
    case errc::invalid_parameter: return "a field of the notification is not valid";
    case errc::queue_timeout: return "no connection came free within queue_timeout";
    case errc::name_lookup_failed: return "the host name has no address";
    case errc::connect_failed: return "the TCP connection was refused or the host is unreachable";
    case errc::connect_timeout: return "connecting took longer than connect_timeout";
    case errc::proxy_refused: return "the proxy refused the connection";
    case errc::proxy_failed: return "the proxy made no connection";
    case errc::tls_failed: return "the TLS handshake failed";
    case errc::certificate_rejected: return "the server's certificate is not trusted";
    case errc::connection_lost: return "the connection ended before the reply was complete";
    case errc::response_timeout: return "no complete reply came within response_timeout";
    case errc::deadline_exceeded: return "total_timeout or the call's own deadline passed";
    case errc::malformed_reply: return "the reply is not one that Twilio sends";
    case errc::reply_too_large: return "the reply is too large";
    case errc::early_reply: return "a reply came before the request was handed over whole";
    case errc::redirected: return "the server redirects, which is never followed";
    case errc::cancelled: return "cancelled by the caller";
    case errc::closed: return "the provider was closed or destroyed";
    }
    return "unknown error";
}

class local_category final : public boost::system::error_category {
public:
    char const* name() const noexcept override { return "twilio_sms"; }
    std::string message(int value) const override { return std::string(text_of(static_cast<errc>(value))); }
};

class twilio_codes final : public boost::system::error_category {
public:
    char const* name() const noexcept override { return "twilio"; }
    std::string message(int value) const override
    {
        auto text = "Twilio error " + std::to_string(value);
        if (auto const advice = detail::advice_for_twilio_code(value); !advice.empty())
            text.append(": ").append(advice);
        return text;
    }
};

class http_statuses final : public boost::system::error_category {
public:
    char const* name() const noexcept override { return "http"; }
    std::string message(int value) const override { return "HTTP status " + std::to_string(value); }
};

} // namespace

error_code make_error_code(errc e) noexcept
{
    static local_category const category;
    return {static_cast<int>(e), category};
}

boost::system::error_category const& twilio_category() noexcept
{
    static twilio_codes const category;
    return category;
}

boost::system::error_category const& http_category() noexcept
{
    static http_statuses const category;
    return category;
}

std::string_view to_string(fate f) noexcept
{
    switch (f) {
    case fate::accepted: return "accepted";
    case fate::rejected: return "rejected";
    case fate::not_sent: return "not_sent";
    case fate::unknown: break;
    }
    return "unknown";
}

std::string_view to_string(condition c) noexcept
{
    switch (c) {
    case condition::retryable: return "retryable";
    case condition::throttled: return "throttled";
    case condition::queue_full: return "queue_full";
    case condition::daily_limit: return "daily_limit";
    case condition::account: return "account";
    case condition::configuration: return "configuration";
    case condition::bad_recipient: return "bad_recipient";
    case condition::opted_out: return "opted_out";
    case condition::timeout: return "timeout";
    case condition::cancelled: return "cancelled";
    }
    return {};
}

std::string_view conditions::primary() const noexcept
{
    // What is about this one message tells more than what is about the account or the moment.
    for (auto const c : {condition::opted_out, condition::bad_recipient, condition::queue_full, condition::daily_limit,
                         condition::throttled, condition::account, condition::configuration, condition::cancelled,
                         condition::timeout, condition::retryable})
        if (contains(c))
            return to_string(c);
    return {};
}

send_error::send_error(failure f) : system_error(f.code), details_(std::make_shared<failure const>(std::move(f))) {}

void throw_exception_from_error(failure const& f, boost::source_location const&)
{
    throw send_error(f);
}

} // namespace twilio_sms
