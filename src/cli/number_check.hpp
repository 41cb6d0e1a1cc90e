// Checks of flags that take numbers. CLI11 alone takes an empty text as 0 and a negative number as a huge one.
#pragma once
#include <CLI/CLI.hpp>
#include <algorithm>
#include <string>

namespace twilio_sms::cli {

/// Refuses the empty text.
inline CLI::Validator not_empty(std::string const& wanted = "a number")
{
    return {[wanted](std::string const& text) { return text.empty() ? "is empty; give " + wanted : std::string(); },
            ""};
}

/// Digits only.
inline CLI::Validator whole_number()
{
    return {[](std::string const& text) {
                bool const good =
                    !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
                return std::string(good ? "" : "must be a whole number, 0 or more");
            },
            ""};
}

} // namespace twilio_sms::cli
