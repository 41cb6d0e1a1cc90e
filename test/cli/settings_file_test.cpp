#include "campaign/error.hpp"
#include "cli/settings_file.hpp"
#include "local_twilio.hpp"
#include <cstdlib>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace twilio_sms::test {
namespace {

std::string const canary = "0123456789abcdef0123456789abcdef"; // the token of the simulator

/// A user to whom a file or directory is closed: this one, or another one if this one may do anything.
class somebody_else {
public:
    explicit somebody_else(std::string path) : path_(std::move(path))
    {
        std::filesystem::permissions(path_, std::filesystem::perms::none);
        if (::geteuid() == 0)
            left_ = ::seteuid(65534) == 0;
    }
    ~somebody_else()
    {
        if (left_ && ::seteuid(0) != 0)
            std::abort();
        std::filesystem::permissions(path_, std::filesystem::perms::owner_all);
    }
    somebody_else(somebody_else const&) = delete;
    somebody_else& operator=(somebody_else const&) = delete;

private:
    std::string const path_;
    bool left_ = false;
};

struct fixture {
    mutable local_twilio twilio;
    temporary_directory const directory;

    std::string write(std::string const& text, unsigned mode = 0600) const
    {
        auto const file = directory.write("config.toml", text);
        ::chmod(file.c_str(), mode);
        return file;
    }

    /// All that is needed to send.
    std::string complete() const
    {
        return "account-sid = \"AC" + canary + "\"\nauth-token = \"" + canary + "\"\nbase-url = \"" +
               twilio->base_url() + "\"\nfrom-number = \"+15005550006\"\n";
    }

    tool_end send(std::vector<std::string> const& more, environment const& variables = {}) const
    {
        std::vector<std::string> arguments{"send", "--to", "+15559990000", "--text", "secret words"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run_tool(arguments, variables);
    }

    std::string last_sender() const { return twilio->messages().back().from; }

    void refuses(std::string const& text, std::string const& says, unsigned mode = 0600) const
    {
        auto const file = write(text, mode);
        auto const end = send({"--config", file});
        BOOST_TEST(end.err == "error: " + file + says + "\n");
        BOOST_TEST(end.exit_code == 2);
        BOOST_TEST(end.out == "");
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(settings_files, fixture)

BOOST_AUTO_TEST_CASE(a_file_is_enough)
{
    auto const file = write(complete());
    auto const end = send({"--config", file});
    BOOST_TEST(end.exit_code == 0, end.out + end.err);
    BOOST_TEST(last_sender() == "+15005550006");
}

BOOST_AUTO_TEST_CASE(flag_over_environment_over_file)
{
    auto const file = write(complete());
    BOOST_TEST(send({"--config", file}, {"TWILIO_FROM_NUMBER=+15017122661"}).exit_code == 0);
    BOOST_TEST(last_sender() == "+15017122661");
    BOOST_TEST(send({"--config", file, "--from", "+15551230001"}, {"TWILIO_FROM_NUMBER=+15017122661"}).exit_code == 0);
    BOOST_TEST(last_sender() == "+15551230001");

    // Of whichever kind: a service over a number, a token over a key.
    std::string const service = "MG" + canary;
    BOOST_TEST(send({"--config", file}, {"TWILIO_MESSAGE_SERVICE_SID=" + service}).exit_code == 0);
    BOOST_TEST(twilio->messages().back().messaging_service_sid == service);
    auto const with_key = write("api-key = \"SK" + canary + "\"\napi-secret = \"another\"\nfrom = \"+15005550006\"\n");
    auto variables = twilio.variables();
    BOOST_TEST(send({"--config", with_key}, variables).exit_code == 0);

    // Behaviour: nothing in the environment names it.
    auto const strict = write(complete() + "when-unknown = \"report\"\nlog-level = \"info\"\n");
    BOOST_TEST(send({"--config", strict}).err.find("INFO initialized") != std::string::npos);
    BOOST_TEST(send({"--config", strict, "--log-level", "off"}).err == "");
}

BOOST_AUTO_TEST_CASE(where_it_is_by_itself)
{
    std::filesystem::create_directories(directory.path(".config/twilio-sms"));
    std::filesystem::create_directories(directory.path("other/twilio-sms"));
    auto const in_home = directory.write(".config/twilio-sms/config.toml", complete());
    auto const in_other = directory.write("other/twilio-sms/config.toml", "edges = 1\n");
    ::chmod(in_home.c_str(), 0600);
    auto const home = "HOME=" + directory.path("");
    BOOST_TEST(send({}, {home}).exit_code == 0);
    BOOST_TEST(send({}, {home, "XDG_CONFIG_HOME="}).exit_code == 0);
    auto const end = send({}, {home, "XDG_CONFIG_HOME=" + directory.path("other")});
    BOOST_TEST(end.err.starts_with("error: " + in_other + ":1: edges: is not known; did you mean edge?"), end.err);
    BOOST_TEST(send({"--config", ""}, {home}).exit_code == 2);                          // none: nothing is set
    BOOST_TEST(send({}, {"XDG_CONFIG_HOME=" + directory.path("none")}).exit_code == 2); // neither
    BOOST_TEST(run_tool({"simulate", "--listen", "127.0.0.1"}, {home}).err.find("config") == std::string::npos);
}

// A value is what it is: no part of a command line, and no secret comes out in a complaint about it.
BOOST_AUTO_TEST_CASE(values_arrive_whole)
{
    std::string const values[] = {
        "a b",  "+15005550006 --verbose", "--verbose", "-",   "--",  "--text=c", "",   "it's", "'a' b", "\"",
        "a\"b", "a\nb\n--verbose",        "a\tb",      " a ", "a=b", "[a,b]",    "{}", "%%",   "false", "true",
        "a\\"};
    for (auto const& value : values) {
        std::string escaped;
        for (char const c : value)
            escaped += c == '\n'               ? "\\n"
                       : c == '\t'             ? "\\t"
                       : c == '"' || c == '\\' ? std::string("\\") + c
                                               : std::string(1, c);
        std::string text = "none", token = "none";
        bool verbose = false;
        CLI::App app;
        app.add_option("--text", text);
        app.add_option("--token", token);
        app.add_flag_callback("--verbose", [&verbose] { verbose = true; });
        auto const file = write("text = \"" + escaped + "\"\ntoken = \"" + escaped + "\"\nverbose = false\n");
        BOOST_TEST(cli::read_settings_file(file, app, {"token"}));
        BOOST_TEST(text == value);
        BOOST_TEST(token == value);
        BOOST_TEST(!verbose);
    }
}

BOOST_AUTO_TEST_CASE(a_bad_secret_is_not_quoted)
{
    CLI::App app;
    std::string token;
    app.add_option("--token", token)->check(CLI::IsMember({"a", "b"}));
    auto const file = write("token = 'abc def'");
    BOOST_CHECK_EXCEPTION(cli::read_settings_file(file, app, {"token"}), campaign::input_error,
                          [&](auto const& e) { return e.what() == file + ":1: token: the value is not right"; });
}

BOOST_AUTO_TEST_CASE(secrets_are_for_their_owner)
{
    std::string const says = "the file holds a secret and other users of this machine can read it; run chmod 600 on "
                             "it, and change the secret if somebody may have";
    for (unsigned const mode : {0640u, 0604u, 0644u}) {
        refuses("\nauth-token = \"" + canary + "\"\n", ":2: auth-token: " + says, mode);
        refuses("api_secret = \"" + canary + "\"\n", ":1: api-secret: " + says, mode);
    }
    auto const file = write("from-number = \"+15005550006\"\n", 0644); // no secret
    BOOST_TEST(send({"--config", file}, twilio.variables()).exit_code == 0);
}

BOOST_AUTO_TEST_CASE(mistakes)
{
    std::string const knows = "; it knows the options of twilio-sms send --help from \"Account and sender\" on, and "
                              "auth-token and api-secret";
    refuses("max-retrys = 1", ":1: max-retrys: is not known; did you mean max-retries?" + knows);
    refuses("text = 'x'", ":1: text: is not known" + knows);
    refuses("config = 'x'", ":1: config: is not known" + knows);
    refuses("[send]", ":1: sections are not known here; write all options without one");
    refuses("\nmax-retries = 'x'", ":2: max-retries: the value is not a whole number");
    refuses("retry-delay = '5'", ":1: retry-delay: the number has no unit; write it like 50ms, 2s, 1m or 1h");
    refuses("when-unknown = 'now'", ":1: when-unknown: now not in {resolve_then_retry,report,retry}");
    refuses("max-connections = 0", ":1: max-connections: Value 0 not in range 1 to 10000");
    refuses("max-connections = true", ":1: max-connections: the value is true or false, which it cannot be");
    refuses("allow-insecure-http = 3", ":1: allow-insecure-http: the value is neither true nor false");
    refuses("from = 'a'\nfrom_number = 'b'", ":2: from-number: is given a second time, by another name; remove one");
    refuses("proxy = 'http://user:hunter2@a:1'",
            ":1: proxy: holds a user name and password, which other users of this machine could read; put the URL into "
            "the variable HTTPS_PROXY");
    auto const end = send({"--config", directory.path("none")});
    BOOST_TEST(end.err == "error: --config: there is no file " + directory.path("none") +
                              ", or its directory is closed to this user\n");
}

BOOST_AUTO_TEST_CASE(what_is_no_file)
{
    auto const pipe = directory.path("pipe");
    BOOST_TEST_REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    for (auto const& path : {pipe, directory.path(""), std::string("/dev/null")})
        BOOST_TEST(send({"--config", path}).err == "error: " + path +
                                                       ": cannot be read: it is no regular file; mend "
                                                       "that, or give --config '' for none\n");
}

BOOST_AUTO_TEST_CASE(what_this_user_may_not_read)
{
    CLI::App app;
    auto const file = write("text = 'a'");
    ::chmod(directory.path("").c_str(), 0755);
    {
        somebody_else const closed_to(file);
        BOOST_CHECK_EXCEPTION(cli::read_settings_file(file, app, {}), campaign::input_error, [&](auto const& e) {
            return e.what() == file + ": cannot be read: Permission denied; mend that, or give --config '' for none";
        });
    }
    // The usual place may be in the home of another user, who started this.
    somebody_else const closed_to(directory.path(""));
    BOOST_TEST(!cli::read_settings_file(file, app, {}));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
