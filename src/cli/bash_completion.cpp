#include "cli/bash_completion.hpp"
#include "cli/option_facts.hpp"
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace twilio_sms::cli {
namespace {

std::string joined(std::vector<std::string> const& words, std::string_view between)
{
    return fmt::format("{}", fmt::join(words, between));
}

// What may follow on the option before the cursor.
std::string value_cases(std::vector<option_facts> const& options)
{
    std::string cases;
    std::vector<std::string> files, free;
    for (auto const& o : options) {
        if (o.names.empty() || o.value.empty())
            continue;
        if (!o.choices.empty())
            cases += fmt::format("        {}) words='{}' ;;\n", joined(o.names, " | "), joined(o.choices, " "));
        else
            (o.file ? files : free).insert((o.file ? files : free).end(), o.names.begin(), o.names.end());
    }
    if (!files.empty())
        cases += fmt::format("        {}) files=1 ;;\n", joined(files, " | "));
    if (!free.empty())
        cases += fmt::format("        {}) ;;\n", joined(free, " | "));
    return cases;
}

std::string command_case(CLI::App const& app)
{
    auto const options = options_of(app);
    std::vector<std::string> names, commands;
    bool file = false;
    for (auto const& o : options) {
        names.insert(names.end(), o.names.begin(), o.names.end());
        file = file || (o.names.empty() && o.file);
    }
    for (auto const* sub : subcommands_of(app))
        commands.push_back(sub->get_name());
    std::string words = joined(commands, " ");
    for (auto const& o : options)
        if (o.names.empty() && !o.choices.empty())
            words += (words.empty() ? "" : " ") + joined(o.choices, " ");
    return fmt::format("    '{}')\n"
                       "        case $previous in\n"
                       "{}"
                       "        *)\n"
                       "            if [[ $current == -* ]]; then words='{}'; else words='{}'{}; fi\n"
                       "            ;;\n"
                       "        esac\n"
                       "        ;;\n",
                       full_name(app), value_cases(options), joined(names, " "), words, file ? " files=1" : "");
}

} // namespace

std::string bash_completion(CLI::App const& root)
{
    std::vector<std::string> paths;
    std::string cases;
    for (auto const* app : all_commands(root)) {
        if (app != &root)
            paths.push_back('\'' + full_name(*app) + '\'');
        cases += command_case(*app);
    }
    return fmt::format(R"(# bash completion for {0}, made by `{0} completion bash`
# shellcheck shell=bash
_{1}() {{
    local current=${{COMP_WORDS[COMP_CWORD]}} previous='' words='' files='' command={0} i
    # Bash takes --name=value for three words.
    if [[ $current == = ]]; then
        current='' previous=${{COMP_WORDS[COMP_CWORD - 1]}}
    elif ((COMP_CWORD > 1)) && [[ ${{COMP_WORDS[COMP_CWORD - 1]}} == = ]]; then
        previous=${{COMP_WORDS[COMP_CWORD - 2]}}
    elif ((COMP_CWORD > 0)); then
        previous=${{COMP_WORDS[COMP_CWORD - 1]}}
    fi
    for ((i = 1; i < COMP_CWORD; ++i)); do
        case "$command ${{COMP_WORDS[i]}}" in
        {2}) command+=" ${{COMP_WORDS[i]}}" ;;
        esac
    done
    COMPREPLY=()
    case $command in
{3}    esac
    if [[ -n $files ]]; then
        compopt -o filenames 2>/dev/null
        while IFS= read -r i; do COMPREPLY+=("$i"); done < <(compgen -f -- "$current")
    fi
    while IFS= read -r i; do COMPREPLY+=("$i"); done < <(compgen -W "$words" -- "$current")
}}
complete -F _{1} {0}
)",
                       root.get_name(), "twilio_sms", joined(paths, " | "), cases);
}

} // namespace twilio_sms::cli
