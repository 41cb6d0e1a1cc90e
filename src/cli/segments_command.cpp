#include "cli/segments_command.hpp"
#include "campaign/error.hpp"
#include "cli/exit_code.hpp"
#include "cli/segments_report.hpp"
#include "cli/terminal.hpp"
#include <cerrno>
#include <cstdio>
#include <fmt/format.h>
#include <memory>
#include <string>
#include <system_error>

namespace twilio_sms::cli {
namespace {

struct flags {
    std::string text, file;
    CLI::Option* has_text = nullptr;
    bool smart_encoding = false;
    bool json = false;
};

std::string read_all(std::FILE* file, std::string const& name)
{
    constexpr std::size_t longest = 1024 * 1024; // far above any message; keeps a wrong file out of memory
    std::string text;
    char piece[8192];
    errno = 0;
    while (auto const n = std::fread(piece, 1, sizeof piece, file)) {
        text.append(piece, n);
        if (text.size() > longest)
            throw campaign::input_error(name + " is larger than 1 MiB: that is no message");
    }
    if (std::ferror(file))
        throw campaign::input_error(name + " cannot be read: " + std::generic_category().message(errno));
    // The end of the last line is the editor's, not the message's.
    for (char const end : {'\n', '\r'})
        if (text.ends_with(end))
            text.pop_back();
    return text;
}

std::string text_of(flags const& f)
{
    if (f.has_text->count() > 0)
        return f.text;
    if (f.file.empty())
        return read_all(stdin, "standard input");
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> const file(std::fopen(f.file.c_str(), "rb"), std::fclose);
    if (!file)
        throw campaign::input_error("--file: " + f.file + " cannot be read: " + std::generic_category().message(errno));
    return read_all(file.get(), "--file: " + f.file);
}

int run(flags const& f)
{
    auto text = text_of(f);
    if (f.smart_encoding)
        text = smart_encoded(text);
    std::size_t wrong_byte = 0;
    auto const report = report_segments(text, wrong_byte);
    if (!report)
        throw campaign::input_error(
            fmt::format("the text is not UTF-8 from byte {} on; convert it with iconv", wrong_byte));
    print_result(f.json ? segments_json(*report) + '\n' : segments_text(*report));
    return exit_all_accepted;
}

} // namespace

command make_segments_command(CLI::App& root)
{
    auto const f = std::make_shared<flags>();
    auto* const app = root.add_subcommand("segments", "Count the segments of a text, and say what makes them more");
    f->has_text = app->add_option("TEXT", f->text, "The message; else it is read from --file or standard input");
    app->add_option("--file", f->file, "File with the message; the end of its last line does not count")
        ->type_name("FILE")
        ->excludes(f->has_text);
    app->add_flag("--smart-encoding", f->smart_encoding, "Count what Twilio's smart encoding makes of it");
    app->add_flag("--json", f->json, "Print one JSON object");
    app->footer(
        "A segment has 160 characters of GSM-7, or 153 where there are several; one character outside GSM-7 makes\n"
        "that 70 and 67. Nothing is sent, and no account is needed.\n"
        "Exit code: 0 counted, 2 usage or a text that is not UTF-8.\n"
        "Example:\n"
        "  twilio-sms segments 'Your order \u2013 shipped'");
    return {app, [f](boost::asio::io_context&) { return run(*f); }};
}

} // namespace twilio_sms::cli
