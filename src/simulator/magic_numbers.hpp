// The numbers with a fixed answer when Twilio's test credentials are used.
#pragma once
#include "simulator/api_error.hpp"
#include <optional>
#include <string_view>

namespace twilio_sms::detail::sim {

/// The error that the sender alone stands for, or nothing.
std::optional<api_error> magic_sender_answer(std::string_view from);

/// The error that the pair stands for, or nothing. The sender is looked at first; only +15005550006 is a good one.
/// An empty `from` (a messaging service chooses) is good too.
std::optional<api_error> magic_answer(std::string_view from, std::string_view to);

} // namespace twilio_sms::detail::sim
