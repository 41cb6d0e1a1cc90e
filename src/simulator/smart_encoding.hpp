// Twilio's smart encoding: characters outside GSM-7 replaced by ones that look alike.
#pragma once
#include <string>
#include <string_view>

namespace twilio_sms::detail::sim {

/// Appends `text`, UTF-8, with the more common ones of Twilio's replacements made.
void append_smart_encoded(std::string& out, std::string_view text);

} // namespace twilio_sms::detail::sim
