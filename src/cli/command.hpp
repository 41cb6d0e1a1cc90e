// A subcommand of the tool.
#pragma once
#include <CLI/CLI.hpp>
#include <boost/asio/io_context.hpp>
#include <functional>

namespace twilio_sms::cli {

struct command {
    CLI::App* app;                                    ///< told apart by `app->parsed()`
    std::function<int(boost::asio::io_context&)> run; ///< the exit code; problems are thrown, see main.cpp
};

} // namespace twilio_sms::cli
