// The flags of `twilio-sms campaign run`.
#pragma once
#include "cli/command.hpp"

namespace twilio_sms::cli {

command make_campaign_command(CLI::App& root);

} // namespace twilio_sms::cli
