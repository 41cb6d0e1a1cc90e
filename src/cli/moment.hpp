// Points in time as people write them: 2026-11-22 or 2026-11-22T20:08:00Z, in UTC.
#pragma once
#include <chrono>
#include <string_view>

namespace twilio_sms::cli {

// Errors: both throw `std::invalid_argument` saying how to write it.

std::chrono::sys_days parse_day(std::string_view text);

enum class day_edge { begin, end };

/// A day alone stands for its first or its last second.
std::chrono::sys_seconds parse_moment(std::string_view text, day_edge edge);

} // namespace twilio_sms::cli
