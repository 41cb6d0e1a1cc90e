// `twilio-sms doctor`: looks for what keeps messages from being sent.
#pragma once
#include "cli/command.hpp"

namespace twilio_sms::cli {

command make_doctor_command(CLI::App& root);

} // namespace twilio_sms::cli
