#include "local_twilio.hpp"
#include "results_check.hpp"
#include <csignal>

namespace twilio_sms::test {
namespace {

std::vector<std::string> const send{"send", "--to", "+15559990000", "--text", "secret words", "--max-retries", "0"};

std::vector<std::string> with(std::vector<std::string> arguments, std::vector<std::string> const& more)
{
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
}

simulator_options scripted(simulated_fault fault)
{
    auto o = local_twilio::plain_http();
    o.script["+15559990000"] = {fault};
    return o;
}

} // namespace

BOOST_AUTO_TEST_SUITE(sending)

BOOST_AUTO_TEST_CASE(accepted)
{
    local_twilio twilio;
    auto const end = run_tool(with(send, {"--media", "https://example.com/a.png", "--json"}), twilio.variables());
    BOOST_TEST(end.exit_code == 0);
    BOOST_TEST(end.err == "");
    auto const messages = twilio->messages();
    BOOST_REQUIRE(messages.size() == 1u);
    BOOST_TEST(messages[0].to == "+15559990000");
    BOOST_TEST(messages[0].from == "+15017122661");
    BOOST_TEST(messages[0].body == "secret words");
    BOOST_TEST(messages[0].media_urls == std::vector<std::string>{"https://example.com/a.png"});
    BOOST_TEST(json_member(end.out, "fate") == "\"accepted\"");
    BOOST_TEST(json_member(end.out, "sid") == '"' + messages[0].sid + '"');
    BOOST_TEST(json_member(end.out, "attempts") == "1");
    BOOST_TEST(json_member(end.out, "message") == "null");

    auto const people = run_tool(send, twilio.variables());
    BOOST_TEST(people.out == "accepted: " + twilio->messages()[1].sid + " (queued)\n");
}

BOOST_AUTO_TEST_CASE(media_that_are_left_out)
{
    local_twilio twilio;
    auto const end = run_tool(with(send, {"--media", "ftp://example.com/a", "--json"}), twilio.variables());
    BOOST_TEST(end.exit_code == 0);
    BOOST_TEST(end.err == "warning: --media: URL 1 cannot be used: the scheme is not http or https; it is left out\n");
    auto const messages = twilio->messages();
    BOOST_REQUIRE(messages.size() == 1u);
    BOOST_TEST(messages[0].media_urls.empty());

    auto const refused =
        run_tool(with(send, {"--media", "ftp://example.com/a", "--invalid-media", "reject"}), twilio.variables());
    BOOST_TEST(refused.exit_code == 1);
    BOOST_TEST(refused.err == "");
}

// A login on the command line replaces the environment's, of whichever kind.
BOOST_AUTO_TEST_CASE(with_an_api_key)
{
    std::string const key = "SK0123456789abcdef0123456789abcdef", secret = "a-secret-of-an-api-key";
    std::string const token(simulator_options::default_auth_token);
    auto o = local_twilio::plain_http();
    o.accounts.emplace_back(std::string(simulator_options::default_account_sid), token)
        .api_keys.emplace_back(key, secret);
    local_twilio twilio(o);
    temporary_directory const directory;
    auto const secret_file = directory.write("secret", secret + "\n"), token_file = directory.write("token", token);
    auto const with_key = with(send, {"--api-key", key, "--api-secret-file", secret_file});
    BOOST_TEST(run_tool(with_key, twilio.variables("a-wrong-token")).exit_code == 0);

    auto variables = twilio.variables("");
    variables.push_back("TWILIO_API_KEY=" + key);
    variables.push_back("TWILIO_API_SECRET=" + secret);
    BOOST_TEST(run_tool(send, variables).exit_code == 0);
    variables.back() = "TWILIO_API_SECRET=a-wrong-secret";
    BOOST_TEST(run_tool(send, variables).exit_code == 1);
    BOOST_TEST(run_tool(with(send, {"--auth-token-file", token_file}), variables).exit_code == 0);
    BOOST_TEST(twilio->messages().size() == 3u);
}

BOOST_AUTO_TEST_CASE(over_tls)
{
    local_twilio twilio{simulator_options()};
    temporary_directory const directory;
    auto const ca = directory.write("ca.pem", twilio->ca_pem());
    BOOST_TEST(run_tool(with(send, {"--ca-file", ca}), twilio.variables()).exit_code == 0);

    auto const untrusted = run_tool(with(send, {"--json"}), twilio.variables());
    BOOST_TEST(untrusted.exit_code == 1);
    BOOST_TEST(json_member(untrusted.out, "condition") == "\"configuration\"");
    BOOST_TEST(twilio->messages().size() == 1u);
}

BOOST_AUTO_TEST_CASE(not_accepted)
{
    {
        local_twilio twilio;
        auto const end = run_tool(with(send, {"--to", "5551234", "--json"}), twilio.variables());
        BOOST_TEST(end.exit_code == 2); // --to twice
    }
    {
        local_twilio twilio;
        auto const end = run_tool({"send", "--to", "5551234567", "--text", "x", "--json"}, twilio.variables());
        BOOST_TEST(end.exit_code == 1);
        BOOST_TEST(json_member(end.out, "fate") == "\"rejected\"");
        BOOST_TEST(json_member(end.out, "attempts") == "0");
        BOOST_TEST(end.out.find("5551234567") == std::string::npos);
    }
    {
        local_twilio twilio;
        auto const end = run_tool(with(send, {"--json"}), twilio.variables("wrong"));
        BOOST_TEST(end.exit_code == 1);
        BOOST_TEST(json_member(end.out, "fate") == "\"not_sent\"");
        BOOST_TEST(json_member(end.out, "condition") == "\"account\"");
        BOOST_TEST(json_member(end.out, "twilio_code") == "20003");
        BOOST_TEST(json_member(end.out, "http_status") == "401");
    }
    {
        local_twilio twilio(scripted(simulated_fault::reply_lost));
        auto const end = run_tool(with(send, {"--json", "--when-unknown", "report"}), twilio.variables());
        BOOST_TEST(end.exit_code == 4);
        BOOST_TEST(json_member(end.out, "fate") == "\"unknown\"");
        BOOST_TEST(twilio->messages().size() == 1u);
    }
}

BOOST_AUTO_TEST_CASE(senders_of_the_command_line_replace_those_of_the_environment)
{
    local_twilio twilio;
    std::string const service = "MG0123456789abcdef0123456789abcdef";
    BOOST_TEST(run_tool(with(send, {"--messaging-service-sid", service}), twilio.variables()).exit_code == 0);
    BOOST_TEST(run_tool(with(send, {"--from", "+15005550006"}), twilio.variables()).exit_code == 0);
    auto const messages = twilio->messages();
    BOOST_REQUIRE(messages.size() == 2u);
    BOOST_TEST(messages[0].messaging_service_sid == service);
    BOOST_TEST(messages[1].from == "+15005550006");
}

BOOST_AUTO_TEST_CASE(token_from_a_file)
{
    local_twilio twilio;
    temporary_directory const directory;
    auto const file = directory.write("token", std::string(simulator_options::default_auth_token) + "\r\n");
    BOOST_TEST(run_tool(with(send, {"--auth-token-file", file}), twilio.variables("wrong")).exit_code == 0);
}

BOOST_AUTO_TEST_CASE(log_on_standard_error)
{
    local_twilio twilio(scripted(simulated_fault::error_before));
    auto const end = run_tool({"send", "--to", "+15559990000", "--text", "secret words", "--retry-delay", "1ms",
                               "--when-unknown", "retry", "--log-level", "debug", "--log-format", "json", "--json"},
                              twilio.variables());
    BOOST_TEST(end.exit_code == 0);
    BOOST_TEST(json_member(end.out, "attempts") == "2");
    for (auto const* const event : {"initialized", "attempt", "attempt_failed", "sent"})
        BOOST_TEST(end.err.find(std::string("\"event\":\"") + event + '"') != std::string::npos, event);
    BOOST_TEST(end.err.find("secret") == std::string::npos);
    BOOST_TEST(end.err.find(simulator_options::default_auth_token) == std::string::npos);
    auto const quiet = run_tool(with(send, {"--log-level", "off"}), twilio.variables());
    BOOST_TEST(quiet.err == "");
}

BOOST_AUTO_TEST_CASE(interrupted)
{
    local_twilio twilio(scripted(simulated_fault::stall_after));
    running_tool tool(with(send, {"--json"}), twilio.variables());
    twilio.wait_for_requests(1);
    tool.signal(SIGINT);
    auto const end = tool.wait();
    BOOST_TEST(end.exit_code == 130);
    BOOST_TEST(json_member(end.out, "fate") == "\"unknown\"");
    BOOST_TEST(json_member(end.out, "condition") == "\"cancelled\"");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
