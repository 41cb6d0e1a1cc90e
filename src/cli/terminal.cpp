#include "cli/terminal.hpp"
#include "campaign/error.hpp"
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <system_error>
#include <unistd.h>

namespace twilio_sms::cli {
namespace {

bool is_terminal(int fd) noexcept
{
    char const* const kind = std::getenv("TERM");
    return ::isatty(fd) == 1 && kind && std::string_view(kind) != "dumb";
}

bool wants_colour(int fd) noexcept
{
    char const* const refused = std::getenv("NO_COLOR"); // https://no-color.org: set and not empty
    return is_terminal(fd) && !(refused && *refused);
}

std::string coloured(int fd, std::string_view text, colour c)
{
    if (!wants_colour(fd))
        return std::string(text);
    std::string_view const start = c == colour::red ? "\x1b[31m" : c == colour::green ? "\x1b[32m" : "\x1b[33m";
    return std::string(start).append(text).append("\x1b[0m");
}

void print_diagnostic(std::string_view kind, colour c, std::string_view text)
{
    auto line = coloured_for_stderr(kind, c).append(" ").append(text);
    std::ranges::replace_if(
        line, [](char ch) { return ch == '\n' || ch == '\r'; }, ' ');
    line += '\n';
    std::fputs(line.c_str(), stderr);
}

bool write_out(std::string_view text)
{
    return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
}

std::string reason_of_no_output()
{
    return "standard output: cannot be written: " + std::generic_category().message(errno);
}

} // namespace

bool stderr_is_terminal() noexcept
{
    return is_terminal(STDERR_FILENO);
}

std::string coloured_for_stdout(std::string_view text, colour c)
{
    return coloured(STDOUT_FILENO, text, c);
}

std::string coloured_for_stderr(std::string_view text, colour c)
{
    return coloured(STDERR_FILENO, text, c);
}

void print_error(std::string_view text)
{
    print_diagnostic("error:", colour::red, text);
}

void print_warning(std::string_view text)
{
    print_diagnostic("warning:", colour::yellow, text);
}

void print_result(std::string_view text)
{
    // It tells what became of messages: it must not be lost with the output.
    if (!write_out(text))
        throw campaign::local_failure(reason_of_no_output() + "; it would have said: " +
                                      std::string(text.substr(0, text.find_last_not_of('\n') + 1)));
}

void print_again(std::string_view text)
{
    if (!write_out(text))
        throw campaign::local_failure(reason_of_no_output());
}

} // namespace twilio_sms::cli
