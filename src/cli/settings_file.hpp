// The configuration file: options of the provider with the names of their flags.
#pragma once
#include <CLI/CLI.hpp>
#include <string>

namespace twilio_sms::cli {

/// `$XDG_CONFIG_HOME/twilio-sms/config.toml`, else `~/.config/twilio-sms/config.toml`; "" without a home.
std::string usual_settings_file();

/// Gives what the file says to the options of `into`, one at a time, each value whole, whatever it looks like. A file
/// whose options named `secret_options` are set must not be readable by others.
/// False when there is no such file, or it is in a directory that is closed to this user, as root's home is to a
/// service that was started with HOME=/root.
/// Errors: throws `campaign::input_error` that names file, line and option, never a secret.
bool read_settings_file(std::string const& path, CLI::App& into, std::vector<std::string> const& secret_options);

} // namespace twilio_sms::cli
