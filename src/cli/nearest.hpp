// What somebody who mistyped a name may have meant.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace twilio_sms::cli {

/// "; did you mean NAME?", or nothing when no name is near.
std::string nearest(std::string_view word, std::vector<std::string> const& known);

} // namespace twilio_sms::cli
