#include "cli/doctor_command.hpp"
#include "cli/doctor_findings.hpp"
#include "cli/exit_code.hpp"
#include "cli/provider_flags.hpp"
#include "cli/terminal.hpp"
#include <cstdlib>
#include <iterator>
#include <memory>
#include <optional>
#include <stdexcept>

namespace twilio_sms::cli {
namespace {

struct flags {
    bool json = false;
    provider_flags provider;
};

void append(std::vector<finding>& to, std::vector<finding> more)
{
    to.insert(to.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

int run(boost::asio::io_context& io, flags const& f)
{
    auto const is_set = [](char const* name) {
        char const* const value = std::getenv(name);
        return value && *value;
    };
    auto const options = f.provider.options();
    auto findings = judge_environment(is_set, f.provider.settings_file());
    auto problems = options.validate();
    std::optional<detail::connection_check> seen;
    if (problems.empty()) {
        try {
            seen = detail::check_connection(io, options);
        } catch (std::runtime_error const&) {
            problems.push_back({"ca_file", "holds no certificate", "name a PEM file with the trusted roots"});
        }
    }
    append(findings, judge_configuration(problems));
    if (seen)
        append(findings, judge_connection(*seen, options));

    print_result(f.json ? findings_json(findings) + '\n' : findings_text(findings));
    if (!problems.empty())
        return exit_usage;
    return worst(findings) == health::problem ? exit_not_accepted : exit_all_accepted;
}

} // namespace

command make_doctor_command(CLI::App& root)
{
    auto const f = std::make_shared<flags>();
    auto* const app = root.add_subcommand("doctor", "Look for what keeps messages from being sent; sends none");
    app->add_flag("--json", f->json, "Print the findings as one JSON object");
    f->provider.add_to(*app);
    app->footer(
        "Looks at the environment, the options, the proxy, the name look-up, the connection, TLS with every\n"
        "certificate, the clock, the credentials and the right to list messages, in that order, and stops where\n"
        "the rest is impossible. Give it the flags and the environment of the command that fails.\n"
        "Exit code: 0 nothing or only warnings, 1 a problem, 2 a problem of the options.\n"
        "Example:\n"
        "  TWILIO_ACCOUNT_SID=AC... TWILIO_AUTH_TOKEN=... twilio-sms doctor --from +15017122661");
    return {app, [f](boost::asio::io_context& io) { return run(io, *f); }};
}

} // namespace twilio_sms::cli
