// The commands and options as CLI11 has them for --help, for what else is made from them.
#pragma once
#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace twilio_sms::cli {

struct option_facts {
    std::vector<std::string> names;   ///< "-h", "--help"; empty: positional
    std::string value;                ///< what stands for its value, "NUMBER"; empty: it takes none
    std::vector<std::string> choices; ///< empty: the value is free
    std::string default_value;
    std::string description;
    std::string group;
    bool required = false;
    bool file = false; ///< its value is the name of one
};

/// In the order in which they were added, the hidden left out.
std::vector<option_facts> options_of(CLI::App const& app);

std::vector<CLI::App const*> subcommands_of(CLI::App const& app);

/// "twilio-sms campaign run"
std::string full_name(CLI::App const& app);

/// The app and all below it, each before its own.
std::vector<CLI::App const*> all_commands(CLI::App const& root);

} // namespace twilio_sms::cli
