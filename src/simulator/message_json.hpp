// The message resource as JSON.
#pragma once
#include "simulator/truth.hpp"
#include <string>
#include <string_view>

namespace twilio_sms::detail::sim {

/// All fields of Twilio's representation, as in an answer to create or fetch.
void append_message_json(std::string& out, std::string_view sid, message_view const& message);

} // namespace twilio_sms::detail::sim
