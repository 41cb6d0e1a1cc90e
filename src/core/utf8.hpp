// UTF-8 as far as message texts need it.
#pragma once
#include <cstddef>
#include <optional>
#include <string_view>

namespace twilio_sms::detail {

/// Takes the first code point off `text`. Nothing, with `text` unchanged, when it is empty or does not begin with
/// well-formed UTF-8 (overlong forms, surrogates and values above U+10FFFF are not).
std::optional<char32_t> take_code_point(std::string_view& text) noexcept;

/// The number of code points, or nothing when the text is not UTF-8.
std::optional<std::size_t> count_code_points(std::string_view text) noexcept;

} // namespace twilio_sms::detail
