// What can go wrong with a message, and what is known about it afterwards.
#pragma once
#include <boost/system/error_code.hpp>
#include <boost/system/result.hpp>
#include <boost/system/system_error.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <twilio_sms/export.hpp>

namespace twilio_sms {

using boost::system::error_code;

/// What happened to a message. The one question a sender must be able to ask.
enum class fate : std::uint8_t {
    accepted, ///< Twilio has it: a 2xx answer with a SID.
    rejected, ///< A definite no about this message, from our checks or from Twilio. Nothing was sent.
    not_sent, ///< No decision about this message: never handed over whole, or turned away unprocessed.
    unknown,  ///< The request was handed over and no definite answer came. It may have been sent.
};

/// "accepted", "rejected", "not_sent" or "unknown".
TWILIO_SMS_API std::string_view to_string(fate f) noexcept;

/// What would help after a failure. Several can hold at once, see `conditions`.
enum class condition : std::uint8_t {
    retryable,     ///< The same message can succeed later. With `fate::unknown` a repeat may send it twice.
    throttled,     ///< Too many requests at once (429 / 20429). Send slower.
    queue_full,    ///< This sender's queue at Twilio is full (21611). Wait minutes to hours.
    daily_limit,   ///< The account's message limit of the day is reached (63038).
    account,       ///< Credentials, permissions or state of the account (401, 403, 20404, ...).
    configuration, ///< This program's settings: options, certificates, base URL.
    bad_recipient, ///< This number cannot receive the message.
    opted_out,     ///< The recipient sent STOP (21610).
    timeout,       ///< A time limit of `provider_options` ended it.
    cancelled,     ///< The caller, `close()` or the provider's destructor ended it.
};

/// "retryable", "throttled", ...
TWILIO_SMS_API std::string_view to_string(condition c) noexcept;

/// A set of conditions.
class TWILIO_SMS_API conditions {
public:
    constexpr conditions() noexcept = default;
    constexpr conditions(condition c) noexcept : bits_(bit(c)) {}

    constexpr bool contains(condition c) const noexcept { return (bits_ & bit(c)) != 0; }
    constexpr bool empty() const noexcept { return bits_ == 0; }
    constexpr conditions& operator|=(conditions other) noexcept
    {
        bits_ |= other.bits_;
        return *this;
    }
    friend constexpr conditions operator|(conditions a, conditions b) noexcept { return a |= b; }
    friend constexpr bool operator==(conditions, conditions) noexcept = default;

    /// The most telling member's name, or "" for the empty set. `retryable` is named only when it stands alone.
    std::string_view primary() const noexcept;

private:
    static constexpr std::uint16_t bit(condition c) noexcept
    {
        return static_cast<std::uint16_t>(1u << static_cast<unsigned>(c));
    }
    std::uint16_t bits_ = 0;
};
constexpr conditions operator|(condition a, condition b) noexcept
{
    return conditions(a) | conditions(b);
}

/// Failures found on our side. Twilio's own codes are in `twilio_category()`.
enum class errc {
    invalid_recipient = 1, ///< `to` is neither E.164 nor a channel address
    unsupported_channel,   ///< `channel` is not "sms"
    missing_text,          ///< no text, no media and no content template
    text_too_long,         ///< more than 1,600 code points
    invalid_text,          ///< a text that is not UTF-8, or holds NUL
    too_many_media,        ///< more than 10 media URLs
    invalid_media_url,     ///< only with `invalid_media = media_policy::reject`
    invalid_parameter,     ///< another field of the notification; a SID or filter of `message_resource`
    queue_timeout,         ///< no connection came free within `queue_timeout`
    name_lookup_failed,    ///< the host name has no address
    connect_failed,        ///< TCP connection refused or unreachable
    connect_timeout,       ///< look-up, TCP connect and TLS handshake together took longer than `connect_timeout`
    proxy_refused,         ///< the proxy wants other credentials (407), or does not let this through (403)
    proxy_failed,          ///< the proxy did not reach Twilio, or is none
    tls_failed,            ///< TLS handshake failed for another reason than the certificate
    certificate_rejected,  ///< the server's certificate is not trusted; the message says why
    connection_lost,       ///< the connection ended before the reply was complete
    response_timeout,      ///< no complete reply within `response_timeout`
    deadline_exceeded,     ///< `total_timeout` or the call's own deadline passed
    malformed_reply,       ///< a reply that is not HTTP/1.1, or not what Twilio sends
    reply_too_large,       ///< a reply over our limits (16 KiB head, 1 MiB body)
    early_reply,           ///< a reply that came before the request was handed over whole
    redirected,            ///< 3xx; redirects are never followed, credentials never leave the host
    cancelled,             ///< cancelled by the caller
    closed,                ///< the provider was closed or destroyed
};
TWILIO_SMS_API error_code make_error_code(errc e) noexcept;

/// Codes of Twilio's error dictionary, e.g. 21211 (https://www.twilio.com/docs/api/errors).
TWILIO_SMS_API boost::system::error_category const& twilio_category() noexcept;

/// HTTP statuses of replies that carried no Twilio code.
TWILIO_SMS_API boost::system::error_category const& http_category() noexcept;

namespace detail {
struct unresolved_send;
}

/// Everything known about a message that was not accepted.
/// Holds no credentials and no message text; phone numbers in it are masked.
struct failure {
    failure() = default; // not an aggregate: GCC 12 destroys those twice in co_await expressions

    error_code code; ///< `errc`, Twilio's code, or the HTTP status
    twilio_sms::fate fate = fate::not_sent;
    twilio_sms::conditions conditions;
    int twilio_code = 0;    ///< 0: the reply named none
    int http_status = 0;    ///< 0: there was no reply
    int attempts = 0;       ///< requests begun, the first included
    std::string message;    ///< one line: what happened and what to do about it
    std::string request_id; ///< Twilio-Request-Id, for a support ticket

    /// With `fate::unknown`: what `provider::resolve` needs to ask Twilio about the message. Opaque: it holds recipient
    /// and text. Null when nothing can be asked.
    std::shared_ptr<detail::unresolved_send const> unresolved;
};

/// Thrown by `provider::send` and `message_resource`. `what()` is `details().message`.
class TWILIO_SMS_API send_error : public boost::system::system_error {
public:
    explicit send_error(failure f);
    /// Fate, conditions, codes and what to do.
    failure const& details() const noexcept { return *details_; }
    char const* what() const noexcept override { return details_->message.c_str(); }

private:
    std::shared_ptr<failure const> details_;
};

/// A value or a `failure`. `value()` throws `send_error`.
template <class T>
using result = boost::system::result<T, failure>;

[[noreturn]] TWILIO_SMS_API void throw_exception_from_error(failure const& f, boost::source_location const& where);

} // namespace twilio_sms

/// @cond
template <>
struct boost::system::is_error_code_enum<twilio_sms::errc> : std::true_type {};
/// @endcond
