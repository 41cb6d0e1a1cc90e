// How many SMS segments a text takes.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace twilio_sms::detail {

enum class sms_encoding : std::uint8_t {
    gsm7, ///< 160 septets in one segment, 153 in each of several
    ucs2, ///< 70 units of 16 bits in one segment, 67 in each of several
};

struct segment_count {
    sms_encoding encoding = sms_encoding::gsm7;
    std::size_t segments = 1;
};

/// GSM-7 if every character is in its basic set or extension table, else UCS-2 for all of it. Escape and surrogate
/// pairs are never divided over two segments. Counts by code point. An empty text is one segment.
/// Precondition: `text` is UTF-8; counting ends at the first byte that is not.
segment_count count_segments(std::string_view text) noexcept;

} // namespace twilio_sms::detail
