// `twilio-sms simulate`: a local Twilio until a signal ends it.
#pragma once
#include "cli/command.hpp"

namespace twilio_sms::cli {

command make_simulate_command(CLI::App& root);

} // namespace twilio_sms::cli
