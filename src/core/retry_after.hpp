// HTTP dates and the Retry-After header.
#pragma once
#include <chrono>
#include <optional>
#include <string_view>

namespace twilio_sms::detail {

/// The dates of HTTP and of Twilio's JSON: `Sun, 06 Nov 1994 08:49:37 GMT` and `Thu, 24 Aug 2023 05:01:45 +0000`
/// (RFC 9110 IMF-fixdate and RFC 2822). The weekday is not compared with the date. Nothing for any other text.
std::optional<std::chrono::sys_seconds> parse_date(std::string_view text) noexcept;

/// A Retry-After value, seconds or a date, as a wait from `now`; never negative, at most a day.
/// Nothing for a text that is neither.
std::optional<std::chrono::seconds> parse_retry_after(std::string_view value, std::chrono::sys_seconds now) noexcept;

} // namespace twilio_sms::detail
