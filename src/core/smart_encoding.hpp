// Twilio's smart encoding: characters outside GSM-7 replaced by ones that look alike.
#pragma once
#include <optional>
#include <string_view>

namespace twilio_sms::detail {

/// What stands for this character, "" when it is left out; nothing when it stays.
std::optional<std::string_view> smart_replacement(char32_t c) noexcept;

} // namespace twilio_sms::detail
