// What differs between people on a terminal and scripts.
#pragma once
#include <string>
#include <string_view>

namespace twilio_sms::cli {

/// Standard error is a terminal on which a line can be drawn again.
bool stderr_is_terminal() noexcept;

enum class colour { red, green, yellow };

/// The text in a colour when that stream is a terminal and NO_COLOR is not set, else as it is.
std::string coloured_for_stdout(std::string_view text, colour c);
std::string coloured_for_stderr(std::string_view text, colour c);

/// Writes `error: text` or `warning: text` to standard error: one line, whatever the text holds.
void print_error(std::string_view text);
void print_warning(std::string_view text);

/// Writes to standard output. Throws `campaign::local_failure` when that fails.
void print_result(std::string_view text);

/// The same for what can be asked for again: with a failure it is lost.
void print_again(std::string_view text);

} // namespace twilio_sms::cli
