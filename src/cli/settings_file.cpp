#include "cli/settings_file.hpp"
#include "campaign/error.hpp"
#include "cli/nearest.hpp"
#include "cli/option_facts.hpp"
#include "cli/settings_text.hpp"
#include "core/quotation.hpp"
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <fmt/format.h>
#include <memory>
#include <optional>
#include <set>
#include <sys/stat.h>
#include <system_error>

namespace twilio_sms::cli {
namespace {

struct contents {
    std::string text;
    bool others_can_read = false;
};

std::optional<contents> read(std::string const& path)
{
    auto const fail = [&path](std::string const& why) {
        throw campaign::input_error(path + ": cannot be read: " + why + "; mend that, or give --config '' for none");
    };
    // O_NONBLOCK: opening a pipe without a writer would wait for one. Regular files do not mind.
    int const fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    int const error = errno;
    struct stat facts {};
    if (fd < 0 && (error == ENOENT || error == ENOTDIR || (error == EACCES && ::stat(path.c_str(), &facts) != 0)))
        return std::nullopt;
    if (fd < 0)
        fail(std::generic_category().message(error));
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> const file(::fdopen(fd, "rb"), std::fclose);
    if (::fstat(fd, &facts) != 0)
        fail(std::generic_category().message(errno));
    if (!S_ISREG(facts.st_mode))
        fail("it is no regular file");
    constexpr std::size_t longest = 64 * 1024; // keeps a wrong file out of memory
    contents c;
    c.others_can_read = (facts.st_mode & (S_IRGRP | S_IROTH)) != 0;
    c.text.resize(longest);
    c.text.resize(std::fread(c.text.data(), 1, longest, file.get()));
    if (std::ferror(file.get()))
        fail(std::generic_category().message(errno));
    if (c.text.size() == longest)
        fail("it is too large for a configuration");
    return c;
}

/// Gives settings to the options of an app.
class giver {
public:
    giver(CLI::App& app, contents const& file, std::string const& path, std::vector<std::string> const& secrets)
        : app_(app), file_(file), path_(path), secrets_(secrets)
    {}

    void give(setting s)
    {
        std::ranges::replace(s.name, '_', '-');
        auto* const option = app_.get_option_no_throw("--" + s.name);
        if (!option)
            fail(s, "is not known" + nearest(s.name, known_names()) +
                        "; it knows the options of twilio-sms send --help "
                        "from \"Account and sender\" on, and auth-token and api-secret");
        if (!given_.insert(option).second)
            fail(s, "is given a second time, by another name; remove one");
        if (file_.others_can_read && is_secret(s))
            fail(s, "the file holds a secret and other users of this machine can read it; run chmod 600 on it, and "
                    "change the secret if somebody may have");
        bool const is_flag = option->get_items_expected_max() == 0;
        if (is_flag != (s.is == setting::kind::truth))
            fail(s, is_flag ? "the value is neither true nor false" : "the value is true or false, which it cannot be");
        try {
            option->add_result(s.value); // not by a command line, whose blanks, quotes and dashes have a meaning
            option->run_callback();
        } catch (CLI::ConversionError const&) {
            fail(s, "the value is not a whole number");
        } catch (CLI::ParseError const& e) {
            fail(s, is_secret(s) ? "the value is not right" : without_name(e.what(), option->get_name()));
        }
    }

private:
    bool is_secret(setting const& s) const { return std::ranges::count(secrets_, s.name) != 0; }

    [[noreturn]] void fail(setting const& s, std::string const& what) const
    {
        throw campaign::input_error(fmt::format("{}:{}: {}: {}", path_, s.line, s.name, what));
    }

    static std::string without_name(std::string text, std::string const& name)
    {
        std::ranges::replace(text, '\n', ' ');
        return text.starts_with(name + ": ") ? text.substr(name.size() + 2) : text;
    }

    std::vector<std::string> known_names() const
    {
        std::vector<std::string> all;
        for (auto const& o : options_of(app_))
            for (auto const& name : o.names)
                all.push_back(name.substr(2));
        return all;
    }

    CLI::App& app_;
    contents const& file_;
    std::string const& path_;
    std::vector<std::string> const& secrets_;
    std::set<CLI::Option*> given_;
};

} // namespace

std::string usual_settings_file()
{
    constexpr auto name = "/twilio-sms/config.toml";
    if (char const* const directory = std::getenv("XDG_CONFIG_HOME"); directory && *directory == '/')
        return directory + std::string(name);
    if (char const* const home = std::getenv("HOME"); home && *home)
        return home + std::string("/.config") + name;
    return {};
}

bool read_settings_file(std::string const& path, CLI::App& into, std::vector<std::string> const& secret_options)
{
    auto const file = read(path);
    if (!file)
        return false;
    std::vector<setting> settings;
    try {
        settings = parse_settings(file->text);
    } catch (settings_error const& e) {
        throw campaign::input_error(fmt::format("{}:{}: {}", path, e.line, e.what()));
    }
    giver to(into, *file, path, secret_options);
    for (auto const& s : settings)
        to.give(s);
    return true;
}

} // namespace twilio_sms::cli
