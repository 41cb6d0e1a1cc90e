// Messages as the tool prints them: for people, or as JSON objects.
#pragma once
#include <string>
#include <string_view>
#include <twilio_sms/messages.hpp>

namespace twilio_sms::cli {

// Each is one line or more, with the end of the last. Control characters of others' texts reach no terminal.

std::string message_json(message const& m);
std::string message_sheet(message const& m); ///< all of it
std::string message_line(message const& m);  ///< one of a list

std::string media_json(media_item const& m);
std::string media_line(media_item const& m);

} // namespace twilio_sms::cli
