// What the cases work on: one message, and what the service answers to it.
#pragma once
#include "core/notification_check.hpp"
#include "crypto/secret_string.hpp"
#include <string>
#include <string_view>
#include <twilio_sms/notification.hpp>

namespace twilio_sms::benchmarks {

inline constexpr std::string_view account_sid = "AC00000000000000000000000000000000";
inline constexpr detail::default_sender sender = {"+15005550006", {}};

/// 88 characters of GSM-7.
inline notification const code_message = {
    "+15558675310", "Your verification code is 481516. It expires in 10 minutes. Do not share it with anyone"};

/// UCS-2, in two segments.
inline notification const long_message = {
    "+15558675310", "Ваш заказ отправлен и будет доставлен завтра с 10 до 14 часов. Спасибо, что выбрали нас! \u2713"};

/// What benchmarks/against-wrk.sh has its server answer: 811 bytes.
std::string_view accepted_body() noexcept;

/// The body above, under as many header fields as Twilio sends.
std::string const& accepted_reply();

/// The request that creates `code_message`.
detail::secret_string const& create_request();

} // namespace twilio_sms::benchmarks
