// The flags of `twilio-sms messages` and its subcommands.
#pragma once
#include "cli/command.hpp"

namespace twilio_sms::cli {

command make_messages_command(CLI::App& root);

} // namespace twilio_sms::cli
