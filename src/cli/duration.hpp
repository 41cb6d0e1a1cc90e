// Durations as people write them: `50ms`, `2s`, `1m`, `1h`.
#pragma once
#include <chrono>
#include <string>
#include <string_view>

namespace twilio_sms::cli {

/// Errors: throws `std::invalid_argument` saying how to write it, for everything else: a number without a unit too.
std::chrono::milliseconds parse_duration(std::string_view text);

/// In the largest unit that divides it: "1500ms", "31s", "2m".
std::string duration_text(std::chrono::milliseconds value);

} // namespace twilio_sms::cli
