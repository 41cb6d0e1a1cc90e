// A wrong command line, explained.
#pragma once
#include <CLI/CLI.hpp>
#include <string>

namespace twilio_sms::cli {

/// One line about what the parse of `root` failed with. It shows names of options, never values that may be phone
/// numbers or texts.
std::string explain_usage_problem(CLI::App const& root, CLI::ParseError const& problem);

} // namespace twilio_sms::cli
