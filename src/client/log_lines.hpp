// A log event as one line.
#pragma once
#include <chrono>
#include <string>
#include <twilio_sms/log.hpp>

namespace twilio_sms::detail {

/// For people: `INFO sent: message sent to=+15*******10 sid=SM...`. Values that are not one plain word are quoted as
/// JSON quotes them; fields with an empty text are left out.
std::string text_line(log_event const& event);

/// For machines: a JSON object with "time" (UTC), "level", "event", "text" and all fields, in this order.
std::string json_line(log_event const& event, std::chrono::sys_time<std::chrono::milliseconds> when);

} // namespace twilio_sms::detail
