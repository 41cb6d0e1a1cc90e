// The two forms of time in Twilio's API.
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace twilio_sms::detail::sim {

/// RFC 2822 in GMT, as in messages: "Thu, 24 Aug 2023 05:01:45 +0000".
void append_rfc2822(std::string& out, std::chrono::sys_seconds t);

/// ISO 8601 in UTC with milliseconds: "2023-08-24T05:01:45.123Z".
void append_iso8601(std::string& out, std::chrono::sys_time<std::chrono::milliseconds> t);

/// Reads "2023-08-24T05:01:45Z", also with a fraction or a numeric offset ("+02:00"). Nothing for anything else.
std::optional<std::chrono::sys_seconds> parse_iso8601(std::string_view text) noexcept;

} // namespace twilio_sms::detail::sim
