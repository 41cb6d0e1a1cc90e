// `twilio-sms segments`: what a text costs, and why.
#pragma once
#include "cli/command.hpp"

namespace twilio_sms::cli {

command make_segments_command(CLI::App& root);

} // namespace twilio_sms::cli
