// JSON, written directly: cheaper than a document for the simulator's hot path.
#pragma once
#include <string>
#include <string_view>

namespace twilio_sms::detail::sim {

/// Appends a JSON string with its quotes. `text` is UTF-8 and stays so.
void append_json_string(std::string& out, std::string_view text);

/// The same, or `null` for an empty text.
void append_json_string_or_null(std::string& out, std::string_view text);

} // namespace twilio_sms::detail::sim
