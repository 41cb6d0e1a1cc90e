#include "tool.hpp"
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <regex>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace twilio_sms::test {
namespace {

std::string tool_path()
{
    auto const& suite = boost::unit_test::framework::master_test_suite();
    BOOST_REQUIRE_MESSAGE(suite.argc == 2, "run as: cli_tests -- path/to/twilio-sms");
    return suite.argv[1];
}

std::vector<char*> pointers(std::vector<std::string>& texts)
{
    std::vector<char*> all;
    for (auto& text : texts)
        all.push_back(text.data());
    all.push_back(nullptr);
    return all;
}

// Short ones, as some tests use, are parts of other words.
void add_secret(std::vector<std::string>& secrets, std::string const& value)
{
    if (value.size() >= 8)
        secrets.push_back(value);
}

std::vector<std::string> secrets_of(std::vector<std::string> const& arguments, environment const& variables)
{
    std::vector<std::string> secrets{"secret words"};
    for (std::string const name : {"TWILIO_AUTH_TOKEN=", "TWILIO_API_SECRET=", "HTTPS_PROXY="})
        for (auto const& v : variables)
            if (v.starts_with(name))
                add_secret(secrets, v.substr(name.size()));
    for (std::size_t i = 1; i < arguments.size(); ++i)
        if (arguments[i - 1] == "--text")
            add_secret(secrets, arguments[i]);
    return secrets;
}

// The SIDs of the tests have the token's digits, after two letters.
bool shows(std::string const& output, std::string const& secret)
{
    for (auto at = output.find(secret); at != output.npos; at = output.find(secret, at + 1))
        if (at < 2 || (output.compare(at - 2, 2, "AC") != 0 && output.compare(at - 2, 2, "MG") != 0))
            return true;
    return false;
}

} // namespace

running_tool::running_tool(std::vector<std::string> arguments, environment const& variables,
                           std::optional<std::uint64_t> file_size_limit, bool closed)
    : secrets_(secrets_of(arguments, variables))
{
    arguments.insert(arguments.begin(), tool_path());
    auto const argv = pointers(arguments);
    auto environment_texts = variables;
    auto const envp = pointers(environment_texts);
    auto const out = directory_.path("out"), err = directory_.path("err");

    pid_ = ::fork();
    BOOST_REQUIRE(pid_ >= 0);
    if (pid_ == 0) { // only async-signal-safe calls from here on
        ::dup2(::open("/dev/null", O_RDONLY), STDIN_FILENO);
        ::dup2(::open(out.c_str(), O_WRONLY | O_CREAT, 0600), STDOUT_FILENO);
        ::dup2(::open(err.c_str(), O_WRONLY | O_CREAT, 0600), STDERR_FILENO);
        for (int fd = STDIN_FILENO; closed && fd <= STDERR_FILENO; ++fd)
            ::close(fd);
        if (file_size_limit) {
            rlimit const limit{*file_size_limit, *file_size_limit};
            ::setrlimit(RLIMIT_FSIZE, &limit);
        }
        ::execve(argv[0], argv.data(), envp.data());
        ::_exit(127);
    }
}

running_tool::~running_tool()
{
    if (pid_ > 0) { // a test failed before the end
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }
}

void running_tool::signal(int number) const
{
    BOOST_REQUIRE(pid_ > 0);
    ::kill(pid_, number);
}

void running_tool::wait_for_error_text(std::string const& text) const
{
    auto const is_there = [&] { return read_file(directory_.path("err")).find(text) != std::string::npos; };
    auto const limit = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!is_there() && std::chrono::steady_clock::now() < limit)
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    BOOST_REQUIRE_MESSAGE(is_there(), text);
}

tool_end running_tool::wait()
{
    int status = 0;
    BOOST_REQUIRE(::waitpid(pid_, &status, 0) == pid_);
    pid_ = -1;
    tool_end end;
    end.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    end.out = read_file(directory_.path("out"));
    end.err = read_file(directory_.path("err"));
    BOOST_TEST(WIFEXITED(status), "killed by signal " << WTERMSIG(status) << ": " << end.err);
    static std::regex const example(R"(\+(15558675310|15017122661|15551230001))"), number(R"(\+[0-9]{7})");
    auto const others = std::regex_replace(end.out + end.err, example, "");
    BOOST_TEST(!std::regex_search(others, number), others);
    for (auto const& secret : secrets_)
        BOOST_TEST(!shows(end.out + end.err, secret), end.out + end.err);
    return end;
}

tool_end run_tool(std::vector<std::string> arguments, environment const& variables)
{
    return running_tool(std::move(arguments), variables).wait();
}

} // namespace twilio_sms::test
