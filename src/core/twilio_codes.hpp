// What Twilio's error codes mean for the sender (https://www.twilio.com/docs/api/errors).
#pragma once
#include <string_view>
#include <twilio_sms/error.hpp>

namespace twilio_sms::detail {

inline constexpr int code_not_final = 20009; ///< too early to delete or redact
inline constexpr int code_not_found = 20404;
inline constexpr int code_too_many_requests = 20429;
inline constexpr int code_opted_out = 21610;
inline constexpr int code_queue_full = 21611;
inline constexpr int code_update_not_found = 30404;
inline constexpr int code_not_scheduled = 30409; ///< so it cannot be cancelled
inline constexpr int code_daily_limit = 63038;

/// What would help when a message was turned away with this code. Empty for codes that say nothing about that.
conditions conditions_of_twilio_code(int code) noexcept;

/// True for codes by which Twilio turns away the account, whatever the message.
bool is_account_level(int code) noexcept;

/// What to do about a code, one sentence; empty for codes without advice of ours.
std::string_view advice_for_twilio_code(int code) noexcept;

} // namespace twilio_sms::detail
