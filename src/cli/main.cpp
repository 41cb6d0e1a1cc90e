// The command line tool.
#include "campaign/error.hpp"
#include "cli/campaign_command.hpp"
#include "cli/command.hpp"
#include "cli/doctor_command.hpp"
#include "cli/document_commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/messages_command.hpp"
#include "cli/option_names.hpp"
#include "cli/segments_command.hpp"
#include "cli/send_command.hpp"
#include "cli/simulate_command.hpp"
#include "cli/terminal.hpp"
#include "cli/usage_problem.hpp"
#include <CLI/CLI.hpp>
#include <boost/asio/io_context.hpp>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fcntl.h>
#include <iostream>
#include <twilio_sms/phone_number.hpp>
#include <twilio_sms/provider_options.hpp>
#include <twilio_sms/version.hpp>
#include <unistd.h>
#include <vector>

namespace twilio_sms::cli {
namespace {

int run(int argc, char** argv, boost::asio::io_context& io)
{
    CLI::App root("Sends SMS and MMS through Twilio, and says for every message what became of it.", "twilio-sms");
    root.set_version_flag("--version", "twilio-sms " TWILIO_SMS_VERSION);
    root.require_subcommand(1);
    root.footer("Example:\n  twilio-sms send --to +15558675310 --text 'Your order has shipped'\n"
                "Account, token and sender come from TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_FROM_NUMBER.");
    std::vector<command> const commands{
        make_send_command(root),       make_campaign_command(root), make_messages_command(root),
        make_segments_command(root),   make_doctor_command(root),   make_simulate_command(root),
        make_completion_command(root), make_man_command(root),
    };
    try {
        root.parse(argc, argv);
    } catch (CLI::ParseError const& e) {
        if (e.get_exit_code() == 0) // --help, --version
            return root.exit(e);
        print_error(explain_usage_problem(root, e));
        return exit_usage;
    }
    for (auto const& c : commands)
        if (c.app->parsed())
            return c.run(io);
    return exit_usage; // not reached: a subcommand is required
}

// Every failure ends as a line and an exit code.
int run_guarded(int argc, char** argv, boost::asio::io_context& io)
{
    try {
        return run(argc, argv, io);
    } catch (options_error const& e) {
        for (auto const& p : e.problems())
            print_error(explain_option_problem(p));
        return exit_usage;
    } catch (campaign::input_error const& e) {
        print_error(e.what());
        return exit_usage;
    } catch (campaign::local_failure const& e) {
        print_error(e.what());
        return exit_local_failure;
    } catch (std::exception const& e) {
        print_error(mask_phone_numbers_in(e.what()));
        return exit_local_failure;
    } catch (...) {
        print_error("an unknown failure");
        return exit_local_failure;
    }
}

// A file must not become standard output because that was closed. Writing to these fails, and is told.
void fill_closed_descriptors() noexcept
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; ++fd)
        if (::fcntl(fd, F_GETFD) == -1 && errno == EBADF)
            ::open("/dev/null", O_RDONLY); // gets the lowest free number
}

// A name look-up cannot be cancelled, and the end of its io_context waits for it: up to minutes, with the result out.
// So the process leaves without that end. Sanitizers get it, since they look for leaks.
void leave([[maybe_unused]] int exit_code) noexcept
{
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    std::cout.flush();
    std::fflush(nullptr);
    std::_Exit(exit_code);
#endif
}

} // namespace
} // namespace twilio_sms::cli

int main(int argc, char** argv)
{
    // A closed pipe or a file at its limit is an error of that write, not the end of a campaign.
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
    twilio_sms::cli::fill_closed_descriptors();
    boost::asio::io_context io(1);
    int const exit_code = twilio_sms::cli::run_guarded(argc, argv, io);
    twilio_sms::cli::leave(exit_code);
    return exit_code;
}
