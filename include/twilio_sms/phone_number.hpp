// Phone numbers: the E.164 check and masking.
#pragma once
#include <string>
#include <string_view>
#include <twilio_sms/export.hpp>

namespace twilio_sms {

/// True for `+`, a first digit 1-9, and 2 to 15 digits in all: the form that Twilio takes.
/// Says nothing about whether the number exists.
TWILIO_SMS_API bool is_e164(std::string_view number) noexcept;

/// True for an address of another channel: `whatsapp:+1555...`, `messenger:...`, `rcs:...`.
/// The channel's name is lower-case letters; what follows the colon has no spaces or control characters.
TWILIO_SMS_API bool is_channel_address(std::string_view address) noexcept;

/// The number as logs may show it: the first two and last two digits kept, every other one a `*`,
/// e.g. "+15*******10". Of 6 digits or fewer none is kept. Other characters stay as they are.
TWILIO_SMS_API std::string mask_phone_number(std::string_view number);

/// A text (an error message, say) with every phone number in it masked: each run of 7 or more digits,
/// also when single spaces, dots, dashes or parentheses divide it. SIDs and shorter codes stay readable.
TWILIO_SMS_API std::string mask_phone_numbers_in(std::string_view text);

} // namespace twilio_sms
