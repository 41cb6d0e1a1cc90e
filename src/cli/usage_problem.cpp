#include "cli/usage_problem.hpp"
#include "cli/nearest.hpp"
#include "cli/option_facts.hpp"
#include <algorithm>
#include <iterator>
#include <optional>
#include <twilio_sms/phone_number.hpp>
#include <vector>

namespace twilio_sms::cli {
namespace {

CLI::App const& innermost(CLI::App const& root)
{
    auto const* app = &root;
    for (auto inner = app->get_subcommands(); !inner.empty(); inner = app->get_subcommands())
        app = inner.back();
    return *app;
}

std::vector<std::string> names_of_options(CLI::App const& app)
{
    std::vector<std::string> names;
    for (auto const& option : options_of(app))
        std::ranges::copy_if(option.names, std::back_inserter(names),
                             [](auto const& n) { return n.starts_with("--"); });
    return names;
}

std::vector<std::string> names_of_subcommands(CLI::App const& app)
{
    std::vector<std::string> names;
    for (auto const* sub : subcommands_of(app))
        names.push_back(sub->get_name());
    return names;
}

std::optional<std::string> unknown_argument(CLI::App const& root, CLI::App const& app)
{
    auto const left = root.remaining(true);
    auto const option = std::ranges::find_if(left, [](auto const& a) { return a.size() > 1 && a.starts_with('-'); });
    if (option != left.end()) {
        auto const name = option->substr(0, option->find('='));
        auto const known = names_of_options(app);
        if (std::ranges::find(known, name) != known.end()) // it stood before the command
            return name + " must come after the command: " + full_name(app) + ' ' + name;
        return "unknown option " + name + nearest(name, known);
    }
    if (left.empty())
        return std::nullopt;
    if (auto const subcommands = names_of_subcommands(app); !subcommands.empty())
        return "unknown command " + left.front() + nearest(left.front(), subcommands);
    return "one argument too many; a text with blanks needs quotes";
}

} // namespace

std::string explain_usage_problem(CLI::App const& root, CLI::ParseError const& problem)
{
    auto const& app = innermost(root);
    // CLI11 tells of required options first; a mistyped one is the likelier cause.
    auto text = unknown_argument(root, app).value_or(problem.what());
    std::ranges::replace(text, '\n', ' ');
    return mask_phone_numbers_in(text) + "; see " + full_name(app) + " --help";
}

} // namespace twilio_sms::cli
