// The flags of `twilio-sms send`.
#pragma once
#include "cli/command.hpp"

namespace twilio_sms::cli {

command make_send_command(CLI::App& root);

} // namespace twilio_sms::cli
