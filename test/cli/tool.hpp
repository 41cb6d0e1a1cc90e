// Runs the tool as a child process.
#pragma once
#include "support.hpp"
#include <cstdint>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace twilio_sms::test {

struct tool_end {
    int exit_code = -1; ///< -1: killed by a signal
    std::string out, err;
};

/// Variables of the tool's environment, "NAME=value". Nothing else is in it.
using environment = std::vector<std::string>;

/// A tool under way. Its output goes to files, so it never waits for a reader.
class running_tool {
public:
    /// `file_size_limit`: bytes after which a file it writes is full, as on a full disk.
    /// `closed`: it starts without standard input, output and error.
    explicit running_tool(std::vector<std::string> arguments, environment const& variables = {},
                          std::optional<std::uint64_t> file_size_limit = {}, bool closed = false);
    running_tool(running_tool const&) = delete;
    running_tool& operator=(running_tool const&) = delete;
    ~running_tool();

    void signal(int number) const;

    /// Waits until it has written this to standard error; a failed check when that does not come within 10 s.
    void wait_for_error_text(std::string const& text) const;

    /// Waits for its end. Checks on the way what holds for every run: it did not crash, and shows neither a phone
    /// number but the examples of the documentation, nor the auth token, nor the text of the message.
    tool_end wait();

private:
    temporary_directory directory_;
    pid_t pid_ = -1;
    std::vector<std::string> secrets_;
};

tool_end run_tool(std::vector<std::string> arguments, environment const& variables = {});

} // namespace twilio_sms::test
