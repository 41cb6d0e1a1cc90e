// How many SMS segments a text takes: that is what Twilio charges for, and what its queues count.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <twilio_sms/export.hpp>

namespace twilio_sms {

enum class sms_encoding : std::uint8_t {
    gsm7, ///< 160 septets in one segment, 153 in each of several
    ucs2, ///< 70 units of 16 bits in one segment, 67 in each of several
};

/// "GSM-7" or "UCS-2".
TWILIO_SMS_API std::string_view to_string(sms_encoding e) noexcept;

/// What a text costs.
struct segment_count {
    sms_encoding encoding = sms_encoding::gsm7;
    std::size_t segments = 1;
    std::size_t units = 0;        ///< that the text takes: septets in GSM-7, 16 bit units in UCS-2
    std::size_t units_left = 160; ///< that the last segment has room for, before another one begins

    friend bool operator==(segment_count const&, segment_count const&) = default;
};

/// GSM-7 if every character is in its basic set or extension table, else UCS-2 for all of it. Escape and surrogate
/// pairs are never divided over two segments; longer sequences that show as one character may be. An empty text is one
/// segment. Twilio decides for each message, and counts what it added too (a trial account's prefix, say).
///
/// Precondition: `text` is UTF-8; counting ends at the first byte that is not. Thread-safe.
/// @code
/// auto const cost = sms::count_segments("Your order \u2013 shipped"); // the dash makes it UCS-2
/// std::cout << cost.segments << " in " << to_string(cost.encoding) << '\n';
/// @endcode
TWILIO_SMS_API segment_count count_segments(std::string_view text) noexcept;

/// The text as Twilio's smart encoding leaves it (see `notification::smart_encoded`): quotation marks, dashes, spaces
/// and such that are not in GSM-7 replaced by ones that are. Other characters stay, so the result may be UCS-2 still.
/// As Twilio's segment calculator 1.2.0 has it; what Twilio replaces may have changed since.
///
/// Precondition: `text` is UTF-8; what is not stays as it is. Thread-safe.
TWILIO_SMS_API std::string smart_encoded(std::string_view text);

} // namespace twilio_sms
