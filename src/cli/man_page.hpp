// The manual page.
#pragma once
#include <CLI/CLI.hpp>
#include <string>

namespace twilio_sms::cli {

/// In roff, for man(1). Options that several commands share are described once.
std::string man_page(CLI::App const& root);

} // namespace twilio_sms::cli
