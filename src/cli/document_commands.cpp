#include "cli/document_commands.hpp"
#include "cli/bash_completion.hpp"
#include "cli/exit_code.hpp"
#include "cli/man_page.hpp"
#include "cli/terminal.hpp"
#include <memory>
#include <string>

namespace twilio_sms::cli {

command make_completion_command(CLI::App& root)
{
    auto* const app = root.add_subcommand("completion", "Print what the shell needs to complete command lines");
    auto const shell = std::make_shared<std::string>();
    app->add_option("SHELL", *shell, "The shell")->required()->check(CLI::IsMember({"bash"}));
    app->footer("Example, for this shell only:\n  source <(twilio-sms completion bash)");
    return {app, [&root, shell](boost::asio::io_context&) {
                print_result(bash_completion(root));
                return int(exit_all_accepted);
            }};
}

command make_man_command(CLI::App& root)
{
    auto* const app = root.add_subcommand("man", "Print the manual page");
    app->footer("Example:\n  twilio-sms man | man -l -");
    return {app, [&root](boost::asio::io_context&) {
                print_result(man_page(root));
                return int(exit_all_accepted);
            }};
}

} // namespace twilio_sms::cli
