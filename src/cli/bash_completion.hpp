// What bash needs to complete command lines of the tool.
#pragma once
#include <CLI/CLI.hpp>
#include <string>

namespace twilio_sms::cli {

/// A script to be sourced, or installed where bash-completion finds it. It needs nothing of bash-completion.
std::string bash_completion(CLI::App const& root);

} // namespace twilio_sms::cli
