// `twilio-sms completion` and `twilio-sms man`: made from the same options as --help.
#pragma once
#include "cli/command.hpp"

namespace twilio_sms::cli {

/// `root` must live as long as the commands.
command make_completion_command(CLI::App& root);
command make_man_command(CLI::App& root);

} // namespace twilio_sms::cli
