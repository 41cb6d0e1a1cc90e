#include "cli/man_page.hpp"
#include "cli/option_facts.hpp"
#include "core/utf8.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <twilio_sms/version.hpp>
#include <utility>

namespace twilio_sms::cli {
namespace {

constexpr auto own_group = "Options"; // CLI11's name for what a command adds without a group

// Text as roff shows it unchanged. A line must not begin with a control character.
std::string escaped(std::string_view text)
{
    std::string out;
    bool line_begins = true;
    while (auto const c = detail::take_code_point(text)) {
        if (line_begins && (*c == '.' || *c == '\''))
            out += "\\&";
        line_begins = *c == '\n';
        switch (*c) {
        case '\\': out += "\\e"; break;
        case '-': out += "\\-"; break;
        case '\'': out += "\\(aq"; break;
        case '`': out += "\\(ga"; break;
        case '^': out += "\\(ha"; break;
        case '~': out += "\\(ti"; break;
        default:
            if (*c < 0x80)
                out += static_cast<char>(*c);
            else
                out += fmt::format("\\[u{:04X}]", static_cast<std::uint32_t>(*c));
        }
    }
    return out;
}

// As it was written: lines, blanks and all.
std::string verbatim(std::string const& text)
{
    return text.empty() ? "" : ".nf\n" + escaped(text) + "\n.fi\n";
}

std::string with_full_stop(std::string text)
{
    if (!text.empty() && text.back() != '.')
        text += '.';
    return text;
}

std::string entry(option_facts const& o)
{
    std::vector<std::string> names;
    for (auto const& name : o.names)
        names.push_back("\\fB" + escaped(name) + "\\fR");
    auto head = fmt::format("{}", fmt::join(names, ", "));
    if (!o.value.empty())
        head += (head.empty() ? "\\fI" : " \\fI") + escaped(o.value) + "\\fR";
    auto text = with_full_stop(o.description);
    if (!o.choices.empty())
        text += fmt::format(" One of {}.", fmt::join(o.choices, ", "));
    if (!o.default_value.empty())
        text += " Default: " + o.default_value + '.';
    if (o.required)
        text += " Required.";
    return ".TP\n" + head + '\n' + escaped(text) + '\n';
}

std::string synopsis(CLI::App const& app)
{
    auto line = "\\fB" + escaped(full_name(app)) + "\\fR";
    for (auto const& o : options_of(app))
        if (o.names.empty())
            line += o.required ? " \\fI" + escaped(o.value) + "\\fR" : " [\\fI" + escaped(o.value) + "\\fR]";
    return line + " [\\fIoption\\fR...]\n";
}

struct shared_group {
    std::string name, entries;
    std::vector<std::string> commands;
};

// Adds to the group with the same name and entries, which may be another command's.
void add(std::vector<shared_group>& groups, std::string const& name, std::string const& entries,
         std::string const& command)
{
    auto at = std::ranges::find_if(groups, [&](auto const& g) { return g.name == name && g.entries == entries; });
    if (at == groups.end())
        at = groups.insert(groups.end(), {name, entries, {}});
    at->commands.push_back(command);
}

std::string command_section(CLI::App const& app, std::vector<shared_group>& groups)
{
    std::vector<std::pair<std::string, std::string>> others; // in their order
    auto text = ".SS " + escaped(full_name(app)) + '\n' + escaped(with_full_stop(app.get_description())) + '\n';
    for (auto const& o : options_of(app)) {
        if (o.group == own_group) {
            text += entry(o);
            continue;
        }
        auto at = std::ranges::find(others, o.group, &std::pair<std::string, std::string>::first);
        if (at == others.end())
            at = others.insert(others.end(), {o.group, ""});
        at->second += entry(o);
    }
    for (auto const& [name, entries] : others)
        add(groups, name, entries, full_name(app));
    return text + ".PP\n" + verbatim(app.get_footer());
}

} // namespace

std::string man_page(CLI::App const& root)
{
    auto const name = escaped(root.get_name());
    auto title = root.get_name();
    std::ranges::transform(title, title.begin(), [](char c) { return c >= 'a' && c <= 'z' ? char(c - 32) : c; });
    auto purpose = root.get_description();
    if (purpose.ends_with('.'))
        purpose.pop_back();

    std::string synopses, commands;
    std::vector<shared_group> groups;
    for (auto const* app : all_commands(root)) {
        if (!subcommands_of(*app).empty())
            continue; // it only leads to others
        synopses += (synopses.empty() ? "" : ".br\n") + synopsis(*app);
        commands += command_section(*app, groups);
    }
    std::string options;
    for (auto const& o : options_of(root))
        options += entry(o);
    for (auto const& g : groups)
        options += fmt::format(".SS {}\nOf {}.\n{}", escaped(g.name),
                               escaped(fmt::format("{}", fmt::join(g.commands, ", "))), g.entries);
    return fmt::format(".TH {} 1 \"\" \"{} {}\"\n"
                       ".SH NAME\n{} \\- {}\n"
                       ".SH SYNOPSIS\n{}"
                       ".SH COMMANDS\n{}"
                       ".SH OPTIONS\n{}"
                       ".SH EXAMPLES\n{}",
                       escaped(title), name, TWILIO_SMS_VERSION, name, escaped(purpose), synopses, commands, options,
                       verbatim(root.get_footer()));
}

} // namespace twilio_sms::cli
