#include "cli/option_facts.hpp"
#include <algorithm>

namespace twilio_sms::cli {
namespace {

// "TEXT:{drop,reject}", "UINT:INT in [1 - 100]": the validators follow the type.
void read_type(std::string const& type, option_facts& into)
{
    into.value = type.substr(0, std::min(type.find(":{"), type.find(":INT in")));
    auto const begin = type.find('{'), end = type.find('}');
    if (begin != type.npos && end != type.npos && begin < end)
        into.choices = CLI::detail::split(type.substr(begin + 1, end - begin - 1), ',');
}

option_facts facts_of(CLI::Option const& option)
{
    option_facts facts;
    for (auto const& name : option.get_snames())
        facts.names.push_back('-' + name);
    for (auto const& name : option.get_lnames())
        facts.names.push_back("--" + name);
    if (option.get_items_expected_max() > 0)
        read_type(option.get_type_name(), facts);
    facts.file = facts.value == "FILE";
    if (!option.nonpositional()) {
        facts.value = option.get_name(true);
        facts.file = facts.file || facts.value == "FILE";
    }
    facts.default_value = option.get_default_str();
    facts.description = option.get_description();
    facts.group = option.get_group();
    facts.required = option.get_required();
    return facts;
}

} // namespace

std::vector<option_facts> options_of(CLI::App const& app)
{
    std::vector<option_facts> all;
    for (auto const* option : app.get_options())
        if (!option->get_group().empty())
            all.push_back(facts_of(*option));
    return all;
}

std::vector<CLI::App const*> subcommands_of(CLI::App const& app)
{
    return app.get_subcommands([](CLI::App const*) { return true; });
}

std::string full_name(CLI::App const& app)
{
    return (app.get_parent() ? full_name(*app.get_parent()) + ' ' : std::string()) + app.get_name();
}

std::vector<CLI::App const*> all_commands(CLI::App const& root)
{
    std::vector<CLI::App const*> all{&root};
    for (auto const* sub : subcommands_of(root))
        for (auto const* command : all_commands(*sub))
            all.push_back(command);
    return all;
}

} // namespace twilio_sms::cli
