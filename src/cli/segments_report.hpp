// What there is to say about the segments of a text.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <twilio_sms/segments.hpp>
#include <vector>

namespace twilio_sms::cli {

/// A character that GSM-7 does not have: it makes the whole text UCS-2.
struct forcing_character {
    std::string text; ///< UTF-8
    char32_t code_point = 0;
    std::size_t position = 0;               ///< the first character of the text is 1
    std::optional<std::string> replacement; ///< of smart encoding, "" when it leaves it out
};

struct segments_report {
    std::size_t characters = 0; ///< code points
    segment_count count;
    std::vector<forcing_character> forcing; ///< in the order of the text
    segment_count smart;                    ///< with smart encoding
};

/// Nothing, with the position of the first byte that is wrong, for a text that is not UTF-8.
std::optional<segments_report> report_segments(std::string_view text, std::size_t& wrong_byte);

std::string segments_json(segments_report const& r);
std::string segments_text(segments_report const& r);

} // namespace twilio_sms::cli
