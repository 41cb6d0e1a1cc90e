// The command line tool.
#include "campaign/error.hpp"
#include "cli/campaign_command.hpp"
#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/send_command.hpp"
#include "cli/simulate_command.hpp"
#include "cli/terminal.hpp"
#include "cli/usage_problem.hpp"
#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <exception>
#include <iostream>
#include <twilio_sms/phone_number.hpp>
#include <twilio_sms/provider_options.hpp>
#include <twilio_sms/version.hpp>
#include <vector>

namespace twilio_sms::cli {
namespace {

int run(int argc, char** argv)
{
    CLI::App root("Sends SMS and MMS through Twilio, and says for every message what became of it.", "twilio-sms");
    root.set_version_flag("--version", "twilio-sms " TWILIO_SMS_VERSION);
    root.require_subcommand(1);
    root.footer("Example:\n  twilio-sms send --to +15558675310 --text 'Your order has shipped'\n"
                "Credentials come from TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.");
    std::vector<command> const commands{make_send_command(root), make_campaign_command(root),
                                        make_simulate_command(root)};
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
            return c.run();
    return exit_usage; // not reached: a subcommand is required
}

// Every failure ends as a line and an exit code.
int run_guarded(int argc, char** argv)
{
    try {
        return run(argc, argv);
    } catch (options_error const& e) {
        for (auto const& p : e.problems())
            print_error(p.option + ": " + p.what + "; " + p.fix);
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

} // namespace
} // namespace twilio_sms::cli

int main(int argc, char** argv)
{
    // A closed pipe or a file at its limit is an error of that write, not the end of a campaign.
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
    return twilio_sms::cli::run_guarded(argc, argv);
}
