// Whether a notification can be sent, decided before any I/O.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <twilio_sms/error.hpp>
#include <twilio_sms/notification.hpp>
#include <twilio_sms/provider_options.hpp>
#include <vector>

namespace twilio_sms::detail {

inline constexpr std::size_t max_text_code_points = 1600; // Twilio: 21617
inline constexpr std::size_t max_media_urls = 10;         // Twilio: 21623

/// Where a notification without its own `from` is sent from: one of the two is set, or neither.
struct default_sender {
    std::string_view from_number;
    std::string_view messaging_service_sid;
};

struct bad_media {
    std::size_t index;       ///< in `media_urls`
    std::string_view reason; ///< e.g. "the scheme is not http or https". Never holds the URL
};

struct notification_check {
    error_code problem;             ///< an `errc`, or empty when it can be sent
    std::string message;            ///< with a problem: what is wrong and how to fix it; numbers masked, no texts
    std::vector<bad_media> dropped; ///< with `media_policy::drop`: left out of the message
};

/// Checks in this order: recipient, channel, text, media, sender, the other parameters; the first problem ends it.
/// A text is required unless a valid media URL or a content template is left.
notification_check check_notification(notification const& n, default_sender const& sender, media_policy policy);

/// Why Twilio could not fetch this URL; nothing when it looks right. An absolute http(s) URL with a host is right.
std::optional<std::string_view> media_url_problem(std::string_view url);

/// True for what Twilio takes as `From`: an E.164 number, a short code (3 to 8 digits), an alphanumeric sender ID
/// (1 to 11 of letters, digits, space, `+`, `-`, `_`, `&`, with at least one letter) or a channel address.
bool is_sender(std::string_view from) noexcept;

/// True for `prefix` and 32 hex digits.
bool is_sid(std::string_view text, std::string_view prefix) noexcept;

inline bool is_message_sid(std::string_view text) noexcept
{
    return is_sid(text, "SM") || is_sid(text, "MM");
}

} // namespace twilio_sms::detail
