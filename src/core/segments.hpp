// Which characters GSM-7 has. How texts are counted is in <twilio_sms/segments.hpp>.
#pragma once
#include <cstddef>

namespace twilio_sms::detail {

/// Septets that a character takes in GSM-7: 1, 2 with an escape, 0 when GSM-7 does not have it.
std::size_t gsm7_septets(char32_t c) noexcept;

} // namespace twilio_sms::detail
