// Line breaks, NUL and their kind, which end or split what they are put into.
#pragma once
#include <string_view>

namespace twilio_sms::detail {

constexpr bool has_control_characters(std::string_view text) noexcept
{
    for (char const c : text)
        if (static_cast<unsigned char>(c) < ' ' || c == 0x7f)
            return true;
    return false;
}

} // namespace twilio_sms::detail
