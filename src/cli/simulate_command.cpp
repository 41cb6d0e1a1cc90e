#include "cli/simulate_command.hpp"
#include "campaign/error.hpp"
#include "cli/duration.hpp"
#include "cli/exit_code.hpp"
#include "cli/interrupts.hpp"
#include "cli/number_check.hpp"
#include "cli/terminal.hpp"
#include "simulator/summary_json.hpp"
#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <system_error>
#include <twilio_sms/simulator.hpp>
#include <utility>
#include <vector>

namespace twilio_sms::cli {
namespace {

class simulate_flags {
public:
    void add_to(CLI::App& app);

    /// The scenario file first, then the flags, which win; credentials from the environment last.
    /// Errors: throws `campaign::input_error`, one line.
    simulator_options options() const;

    bool json = false;
    std::string ca_out;

private:
    std::string listen_ = "127.0.0.1:4010";
    bool http_ = false;
    std::string account_sid_;
    std::string auth_token_file_;
    std::string latency_;
    std::string latency_jitter_;
    std::optional<std::size_t> concurrency_;
    std::vector<std::string> faults_;
    std::vector<std::string> list_faults_;
    std::string late_acceptance_;
    std::string list_lag_;
    std::string delivery_time_;
    std::optional<std::uint64_t> seed_;
    std::string scenario_;
    std::string certificate_;
};

constexpr auto help_end =
    "Faults of create requests, each with a probability; --fault can be given several times:\n"
    "  reply_lost                    accepted, then the connection is closed without a reply\n"
    "  reset_before, reset_after     TCP reset; the message is not accepted, or is\n"
    "  stall_before, stall_after     never answered, the connection stays open\n"
    "  error_before, error_after     500 with Twilio's code 20500, or 503 with an HTML page\n"
    "  reply_cut, reply_garbled      accepted; the reply ends early, or cannot be read\n"
    "  late_acceptance               no reply; accepted up to --late-acceptance later\n"
    "  conflict                      409 with Twilio's code 20409\n"
    "  throttle, throttle_storm      429 with Twilio's code 20429, for this request or for a stretch of them\n"
    "Faults of list requests, --list-fault: forbidden, throttle, error, unavailable, reply_lost, reply_cut,\n"
    "reply_garbled, stall.\n"
    "The same seed gives the n-th create request the same fate. A scenario file says all that, and what happens to\n"
    "the first, second, ... request for a recipient:\n"
    "  {\"seed\": 1, \"latency_ms\": 100, \"latency_jitter_ms\": 20, \"max_concurrency\": 10,\n"
    "   \"faults\": {\"reply_lost\": 0.01}, \"script\": {\"+15551230001\": [\"reply_lost\", \"ok\"]}}\n"
    "and much more: messages of other programs, lists that lag or fail, what becomes of messages, accounts with API\n"
    "keys and subaccounts. docs/simulator.md describes every member.\n"
    "The truth, for loopback clients without log-in: GET /__truth (counts), GET /__truth/messages (one JSON line for\n"
    "each accepted message), DELETE /__truth (forget).\n"
    "Accounts: --account-sid and --auth-token-file, else TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN, else the\n"
    "scenario's, else\n"
    "  AC0123456789abcdef0123456789abcdef with token 0123456789abcdef0123456789abcdef.\n"
    "Test credentials, with Twilio's magic numbers:\n"
    "  ACfedcba9876543210fedcba9876543210 with token fedcba9876543210fedcba9876543210.\n"
    "Exit code: 0 ended by a signal, 2 usage, 3 the port or a file cannot be used.\n"
    "Example:\n"
    "  twilio-sms simulate --ca-out ca.pem --latency 100ms --fault reply_lost=0.01 --seed 7";

[[noreturn]] void reject(std::string const& text)
{
    throw campaign::input_error(text);
}

std::string read_file(std::string const& flag, std::string const& path)
{
    constexpr std::size_t longest = 16 * 1024 * 1024; // keeps a wrong file out of memory
    errno = 0;
    std::ifstream file(path, std::ios::binary);
    std::string text;
    char piece[8192];
    while (file.read(piece, sizeof piece) || file.gcount() > 0) {
        text.append(piece, static_cast<std::size_t>(file.gcount()));
        if (text.size() > longest)
            reject(flag + ": " + path + " is larger than 16 MiB");
    }
    if (file.bad() || !file.eof())
        reject(flag + ": cannot read " + path + ": " +
               (errno != 0 ? std::generic_category().message(errno) : "unknown reason"));
    return text;
}

std::string environment(char const* name)
{
    char const* const value = std::getenv(name);
    return value ? value : "";
}

void read_listen(std::string const& text, simulator_options& o)
{
    auto const colon = text.rfind(':');
    unsigned port = 0;
    if (colon == std::string::npos)
        reject("--listen: '" + text + "' has no port; write it as 127.0.0.1:4010");
    auto const end = text.data() + text.size();
    auto const [stop, ec] = std::from_chars(text.data() + colon + 1, end, port);
    if (ec != std::errc() || stop != end || port > 65535)
        reject("--listen: '" + text + "' has no port from 0 to 65535; write it as 127.0.0.1:4010");
    std::string address = text.substr(0, colon);
    if (address == "localhost")
        address = "127.0.0.1";
    if (address.size() > 2 && address.front() == '[' && address.back() == ']')
        address = address.substr(1, address.size() - 2);
    o.listen_address = address;
    o.port = static_cast<std::uint16_t>(port);
}

// NAME=PROBABILITY
template <class Fault>
void read_fault(std::string const& flag, std::string const& text, std::optional<Fault> (*fault_named)(std::string_view),
                std::map<Fault, double>& into)
{
    auto const equals = text.find('=');
    auto const fault = fault_named(text.substr(0, equals));
    if (!fault || equals == std::string::npos)
        reject(fmt::format("{}: '{}' is not NAME=PROBABILITY with a name that --help lists, such as {}=0.01", flag,
                           text, to_string(Fault())));
    double probability = 0;
    auto const end = text.data() + text.size();
    auto const [stop, ec] = std::from_chars(text.data() + equals + 1, end, probability);
    if (ec != std::errc() || stop != end || !(probability >= 0 && probability <= 1))
        reject(flag + ": '" + text + "' has no probability from 0 to 1");
    into[*fault] = probability;
}

std::chrono::milliseconds read_duration(std::string const& flag, std::string const& text)
{
    try {
        return parse_duration(text);
    } catch (std::invalid_argument const& e) {
        reject(flag + ": " + e.what());
    }
}

std::string read_token(std::string const& file)
{
    if (file.empty())
        return environment("TWILIO_AUTH_TOKEN");
    std::string token = read_file("--auth-token-file", file);
    token.erase(std::find_if(token.rbegin(), token.rend(), [](char c) { return c != '\n' && c != '\r'; }).base(),
                token.end());
    if (token.empty())
        reject("--auth-token-file: " + file + " is empty; put the auth token into it");
    return token;
}

std::vector<simulator_account> accounts(std::string sid, std::string token)
{
    if (sid.empty() && token.empty()) {
        sid = simulator_options::default_account_sid;
        token = simulator_options::default_auth_token;
    }
    if (sid.empty())
        reject("--account-sid: missing, but there is an auth token; give --account-sid or TWILIO_ACCOUNT_SID");
    if (token.empty())
        reject("--auth-token-file: missing, but there is an account SID; give --auth-token-file or TWILIO_AUTH_TOKEN");
    std::vector<simulator_account> all{simulator_account(sid, token)};
    if (sid != simulator_options::default_test_account_sid) {
        all.emplace_back(std::string(simulator_options::default_test_account_sid),
                         std::string(simulator_options::default_test_auth_token));
        all.back().test_credentials = true;
    }
    return all;
}

void simulate_flags::add_to(CLI::App& app)
{
    app.add_option("--listen", listen_, "Loopback address and port; port 0: a free one")
        ->type_name("ADDRESS:PORT")
        ->capture_default_str();
    app.add_flag("--http", http_, "Plain HTTP instead of HTTPS");
    app.add_option("--ca-out", ca_out, "Write the certificate of its CA there, for the client's --ca-file")
        ->type_name("FILE");
    app.add_option("--account-sid", account_sid_, "The account that may log in")->type_name("AC...");
    app.add_option("--auth-token-file", auth_token_file_, "File with its auth token")->type_name("FILE");
    app.add_option("--latency", latency_, "From a request to its answer, e.g. 100ms")
        ->type_name("TIME")
        ->check(not_empty("a time like 100ms"));
    app.add_option("--latency-jitter", latency_jitter_, "Up to this much more")
        ->type_name("TIME")
        ->check(not_empty("a time like 100ms"));
    app.add_option("--concurrency", concurrency_, "Requests in flight; more get 429 with code 20429. 0: no limit")
        ->type_name("N")
        ->check(whole_number());
    app.add_option("--fault", faults_, "A fault and its probability, e.g. reply_lost=0.01; see below")
        ->type_name("NAME=P")
        ->allow_extra_args(false);
    app.add_option("--late-acceptance", late_acceptance_, "The longest that late_acceptance takes; default 30s")
        ->type_name("TIME")
        ->check(not_empty("a time like 30s"));
    app.add_option("--list-fault", list_faults_, "A fault of lists and its probability, e.g. error=0.1; see below")
        ->type_name("NAME=P")
        ->allow_extra_args(false);
    app.add_option("--list-lag", list_lag_, "Up to that long until a message is listed, e.g. 2s; default 0")
        ->type_name("TIME")
        ->check(not_empty("a time like 2s"));
    app.add_option("--delivery-time", delivery_time_, "About that long until a message is delivered; default 3s")
        ->type_name("TIME")
        ->check(not_empty("a time like 3s"));
    app.add_option("--seed", seed_, "Of faults and jitter; default 1")->type_name("N")->check(whole_number());
    app.add_option("--scenario", scenario_, "JSON file with all of that; flags win over it")->type_name("FILE");
    app.add_option("--certificate", certificate_, "good, expired, not_yet_valid, self_signed or wrong_host")
        ->type_name("KIND");
    app.add_flag("--json", json, "Print JSON: one object when it listens, one at the end");
    app.footer(help_end);
}

simulator_options simulate_flags::options() const
{
    simulator_options o;
    if (!scenario_.empty()) {
        try {
            apply_scenario(read_file("--scenario", scenario_), o);
        } catch (std::invalid_argument const& e) {
            reject(fmt::format("{} (in {})", e.what(), scenario_));
        }
    }
    read_listen(listen_, o);
    o.tls = !http_;
    if (http_ && !ca_out.empty())
        reject("--ca-out: there is no certificate with --http; leave one of the two out");
    auto const sid = account_sid_.empty() ? environment("TWILIO_ACCOUNT_SID") : account_sid_;
    auto const token = read_token(auth_token_file_);
    if (!sid.empty() || !token.empty() || o.accounts.empty())
        o.accounts = accounts(sid, token);
    struct {
        char const* flag;
        std::string const& text;
        std::chrono::milliseconds& into;
    } const durations[] = {{"--latency", latency_, o.latency},
                           {"--latency-jitter", latency_jitter_, o.latency_jitter},
                           {"--late-acceptance", late_acceptance_, o.late_acceptance},
                           {"--list-lag", list_lag_, o.list_lag},
                           {"--delivery-time", delivery_time_, o.delivery_time}};
    for (auto const& d : durations)
        if (!d.text.empty())
            d.into = read_duration(d.flag, d.text);
    o.max_concurrency = concurrency_.value_or(o.max_concurrency);
    for (auto const& fault : faults_)
        read_fault("--fault", fault, simulated_fault_from_string, o.faults);
    for (auto const& fault : list_faults_)
        read_fault("--list-fault", fault, simulated_list_fault_from_string, o.list_faults);
    o.seed = seed_.value_or(o.seed);
    if (!certificate_.empty()) {
        auto const kind = certificate_kind_from_string(certificate_);
        if (!kind)
            reject("--certificate: '" + certificate_ +
                   "' is unknown; use good, expired, not_yet_valid, self_signed or wrong_host");
        o.certificate = *kind;
    }
    if (auto const problem = o.problem(); problem.starts_with("listen_address:")) // that is no flag
        reject("--listen" + problem.substr(problem.find(':')));
    else if (!problem.empty())
        reject(problem);
    return o;
}

void write_ca(std::string const& path, std::string const& pem)
{
    errno = 0;
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << pem << std::flush;
    if (!file)
        throw campaign::local_failure("--ca-out: cannot write " + path + ": " +
                                      (errno != 0 ? std::generic_category().message(errno) : "unknown reason"));
}

simulator make_simulator(boost::asio::io_context& io, simulator_options const& options)
{
    try {
        return simulator(io.get_executor(), options);
    } catch (boost::system::system_error const& e) {
        throw campaign::local_failure(
            fmt::format("--listen: cannot listen on {} port {}: {}; choose another address, or "
                        "port 0 for a free one",
                        options.listen_address, options.port, e.code().message()));
    }
}

// Scripts wait for this line.
void announce(simulate_flags const& f, simulator const& twilio, simulator_options const& options)
{
    std::string line = "listening on " + twilio.base_url() + "\n";
    if (f.json) {
        boost::json::object o;
        o["listening"] = twilio.base_url();
        o["account_sid"] = options.accounts.front().sid;
        if (!f.ca_out.empty())
            o["ca_file"] = f.ca_out;
        line = boost::json::serialize(o) + "\n";
    }
    print_result(line);
}

std::string summary_line(simulator_summary const& s)
{
    std::string line = fmt::format("{} create requests: {} accepted, {} rejected, {} throttled, {} duplicates",
                                   s.requests, s.accepted, s.rejected, s.throttled, s.duplicates);
    for (auto const& [name, count] : {std::pair("late", s.late), std::pair("still to be accepted late", s.pending),
                                      std::pair("deleted", s.deleted), std::pair("of other programs", s.foreign)})
        if (count != 0)
            line += fmt::format(", {} {}", count, name);
    for (auto const& [fault, count] : s.faults)
        line += fmt::format(", {} {}", count, to_string(fault));
    return line + "\n";
}

int run(boost::asio::io_context& io, simulate_flags const& f)
{
    simulator_options const options = f.options();
    auto twilio = make_simulator(io, options);
    if (!f.ca_out.empty())
        write_ca(f.ca_out, twilio.ca_pem());
    interrupts const signals(io, [&](int) { io.stop(); });
    announce(f, twilio, options);
    io.run();

    std::string line;
    if (f.json) {
        detail::sim::append_summary_json(line, twilio.summary());
        line += '\n';
    } else {
        line = summary_line(twilio.summary());
    }
    print_result(line);
    return exit_all_accepted;
}

} // namespace

command make_simulate_command(CLI::App& root)
{
    auto const f = std::make_shared<simulate_flags>();
    auto* const app = root.add_subcommand("simulate", "Run a local Twilio to test against, until Ctrl-C");
    f->add_to(*app);
    return {app, [f](boost::asio::io_context& io) { return run(io, *f); }};
}

} // namespace twilio_sms::cli
