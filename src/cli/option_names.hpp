// Options of the SDK as the user of the tool knows them.
#pragma once
#include <string>
#include <twilio_sms/provider_options.hpp>

namespace twilio_sms::cli {

/// The text with flags in place of the fields of `provider_options`.
std::string with_names_of_flags(std::string text);

/// The problem in one line, with flags and variables in place of the fields of `provider_options`.
std::string explain_option_problem(option_problem const& problem);

} // namespace twilio_sms::cli
