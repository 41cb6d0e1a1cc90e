#include "../canary.hpp"
#include "../support/canned_server.hpp"
#include "../support/connect_proxy.hpp"
#include "local_twilio.hpp"
#include <boost/asio/ip/tcp.hpp>

namespace twilio_sms::test {
namespace {

/// The line of a check and the one after it, when that is its fix.
std::string about(tool_end const& end, std::string const& check)
{
    auto at = end.out.find("  " + check + ": ");
    if (at == end.out.npos)
        return "(nothing)";
    at = end.out.rfind('\n', at) + 1;
    auto stop = end.out.find('\n', at);
    if (end.out.compare(stop + 1, 14, "         fix: ") == 0)
        stop = end.out.find('\n', stop + 1);
    return end.out.substr(at, stop - at);
}

void has(tool_end const& end, std::string const& check, std::string const& part)
{
    BOOST_TEST(about(end, check).find(part) != std::string::npos, about(end, check) << "\nhas not: " << part);
}

tool_end doctor(local_twilio& twilio, std::vector<std::string> const& more = {}, environment variables = {})
{
    std::vector<std::string> arguments{"doctor"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    if (variables.empty())
        variables = twilio.variables();
    return run_tool(arguments, variables);
}

std::string place(local_twilio& twilio)
{
    return "127.0.0.1:" + std::to_string(twilio->port());
}

} // namespace

BOOST_AUTO_TEST_SUITE(doctors)

BOOST_AUTO_TEST_CASE(all_is_well)
{
    local_twilio twilio{simulator_options()};
    temporary_directory const directory;
    auto const ca = directory.write("ca.pem", twilio->ca_pem());
    auto const end = doctor(twilio, {"--ca-file", ca});
    BOOST_TEST(end.exit_code == 0, end.out);
    BOOST_TEST(end.err == "");
    BOOST_TEST(end.out.find("problem ") == std::string::npos);
    BOOST_TEST(end.out.find("warning ") == std::string::npos);
    BOOST_TEST(about(end, "environment") ==
               "ok       environment: set: TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_FROM_NUMBER, TWILIO_BASE_URL; "
               "flags win over them; there is no configuration file");
    BOOST_TEST(about(end, "configuration") == "ok       configuration: no problems");
    BOOST_TEST(about(end, "proxy") == "ok       proxy: none is used for " + place(twilio));
    has(end, "name look-up", "ok       name look-up: 127.0.0.1 in ");
    has(end, "connection", "ok       connection: to 127.0.0.1 in ");
    has(end, "TLS", "ok       TLS: TLSv1.3, CN=twilio-sms simulator issued by CN=twilio-sms simulator CA, expires 20");
    has(end, "clock", "ok       clock: ");
    BOOST_TEST(about(end, "credentials") == "ok       credentials: accepted");
    has(end, "list", "ok       list: messages can be listed");
    BOOST_TEST(twilio->summary().requests == 0u); // nothing was sent
}

BOOST_AUTO_TEST_CASE(for_scripts)
{
    local_twilio twilio;
    auto const end = doctor(twilio, {"--json"}, twilio.variables("wrong token of somebody"));
    BOOST_TEST(end.exit_code == 1);
    BOOST_TEST(end.out.starts_with(R"({"state":"problem","findings":[{"check":"environment","state":"ok","what":")"));
    auto const last = "{\"check\":\"credentials\",\"state\":\"problem\",\"what\":\"HTTP 401 from " + place(twilio) +
                      ", code 20003: Authenticate\",\"fix\":\"check --account-sid and --auth-token-file or API key "
                      "(console.twilio.com shows them; those of another region do not work)\"}]}\n";
    BOOST_TEST(end.out.ends_with(last), end.out);
}

// The token, which `run_tool` looks for in what it says, or the same in base64.
BOOST_AUTO_TEST_CASE(a_server_that_repeats_the_credentials)
{
    local_twilio twilio;
    for (bool const encoded : {false, true}) {
        std::string const before = "\r\nAuthorization: Basic ", token(::test::canary_token);
        std::string said = "bad login, " + token;
        canned_server server([&](std::string const& request) {
            auto const at = request.find(before) + before.size();
            if (encoded)
                said = request.substr(at, request.find('\r', at) - at);
            return canned_server::reply(401, R"({"code":20003,"message":")" + said + R"(","status":401})");
        });
        auto const end = doctor(twilio, {"--base-url", server.url()}, twilio.variables(token));
        BOOST_TEST(end.out.find(said) == std::string::npos);
        has(end, "credentials", ", code 20003: its text is not shown, since it repeats the credentials");
    }
}

BOOST_AUTO_TEST_CASE(options_that_are_not_right)
{
    local_twilio twilio;
    auto const end = doctor(twilio, {}, {"TWILIO_AUTH_TOKEN=0123456789abcdef0123456789abcdef", "TWILIO_API_KEY=SK1"});
    BOOST_TEST(end.exit_code == 2);
    for (auto const* const line :
         {"problem  configuration: --account-sid: is not set\n         fix: set TWILIO_ACCOUNT_SID",
          "problem  configuration: --auth-token-file: is set together with an API key\n         fix: set only one of "
          "the "
          "two: --auth-token-file, or --api-key with --api-secret-file (they are also TWILIO_AUTH_TOKEN and "
          "TWILIO_API_KEY)\n",
          "problem  configuration: --from: is not set, and neither is --messaging-service-sid\n         fix: set one"})
        BOOST_TEST(end.out.find(line) != std::string::npos, line);
    BOOST_TEST(about(end, "proxy") == "(nothing)"); // it did not go on
    temporary_directory const directory;
    auto const no_pem =
        doctor(twilio, {"--ca-file", directory.write("ca.pem", "text"), "--base-url", "https://a.invalid"});
    BOOST_TEST(no_pem.exit_code == 2);
    BOOST_TEST(about(no_pem, "configuration") == "problem  configuration: --ca-file: holds no certificate\n"
                                                 "         fix: name a PEM file with the trusted roots");
}

BOOST_AUTO_TEST_CASE(variables_that_hide_others)
{
    local_twilio twilio;
    auto variables = twilio.variables();
    for (auto const* const v : {"HTTPS_PROXY=http://user:hunter2hunter2@a:1", "https_proxy=http://b:1", "NO_PROXY=*"})
        variables.emplace_back(v);
    auto const end = doctor(twilio, {}, variables);
    BOOST_TEST(end.exit_code == 0);
    BOOST_TEST(end.out.find("warning  environment: https_proxy and HTTPS_PROXY are set; https_proxy wins\n"
                            "         fix: unset HTTPS_PROXY\n") != std::string::npos,
               end.out);
    has(end, "TLS", "none: http:// to this machine");
}

BOOST_AUTO_TEST_CASE(no_way_there)
{
    local_twilio twilio;
    auto end = doctor(twilio, {"--base-url", "https://no-such-host.invalid"});
    BOOST_TEST(end.exit_code == 1);
    has(end, "name look-up", "problem  name look-up: cannot find the address of no-such-host.invalid:443: ");
    has(end, "name look-up", "\n         fix: check --base-url and the machine's name service");
    BOOST_TEST(about(end, "connection") == "(nothing)");

    boost::asio::io_context io;
    boost::asio::ip::tcp::acceptor reserved(io, {boost::asio::ip::address_v4::loopback(), 0});
    auto const nobody = "127.0.0.1:" + std::to_string(reserved.local_endpoint().port());
    reserved.close();
    end = doctor(twilio, {"--base-url", "https://" + nobody});
    BOOST_TEST(about(end, "connection") == "problem  connection: cannot connect to " + nobody +
                                               ": Connection refused\n"
                                               "         fix: check --base-url, the network and firewalls");
    BOOST_TEST(end.exit_code == 1);
    end = doctor(twilio, {"--base-url", "https://api.invalid", "--proxy", nobody});
    BOOST_TEST(about(end, "proxy") == "ok       proxy: " + nobody + " is used");
    has(end, "connection", "problem  connection: cannot connect to the proxy " + nobody);
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) // they take no preloads, and wait for the look-up
BOOST_AUTO_TEST_CASE(a_name_look_up_that_hangs)
{
    local_twilio twilio;
    auto variables = twilio.variables();
    variables.push_back("LD_PRELOAD=" SLOW_NAMES);
    auto const end = doctor(twilio, {"--base-url", "https://slow.invalid", "--connect-timeout", "100ms"}, variables);
    BOOST_TEST(end.exit_code == 1);
    has(end, "name look-up", "cannot find the address of slow.invalid:443: the name service does not answer");
}
#endif

BOOST_AUTO_TEST_CASE(through_a_proxy)
{
    local_twilio twilio{simulator_options()};
    temporary_directory const directory;
    std::vector<std::string> arguments{"doctor", "--ca-file", directory.write("ca.pem", twilio->ca_pem())};
    connect_proxy proxy(twilio->port());
    auto variables = twilio.variables();
    variables.push_back("TWILIO_BASE_URL=https://localhost:1"); // an address that only the proxy knows
    arguments.insert(arguments.end(), {"--proxy", proxy.place()});
    std::erase(variables, "TWILIO_BASE_URL=" + twilio->base_url());
    auto end = run_tool(arguments, variables);
    BOOST_TEST(end.exit_code == 0, end.out);
    BOOST_TEST(about(end, "proxy") == "ok       proxy: " + proxy.place() + " is used");
    BOOST_TEST(about(end, "credentials") == "ok       credentials: accepted");
    BOOST_TEST(proxy.requests().size() == 1u);

    connect_proxy strict(twilio->port());
    strict.wanted_field = "Proxy-Authorization: Basic";
    arguments.back() = strict.place();
    end = run_tool(arguments, variables);
    BOOST_TEST(end.exit_code == 1);
    has(end, "connection", "problem  connection: the proxy " + strict.place() + " refused a connection to localhost:1");
    has(end, "connection", "\n         fix: check the user name and password in proxy");
}

BOOST_AUTO_TEST_CASE(certificates_that_are_not_trusted)
{
    struct {
        certificate_kind kind;
        bool trusted;
        std::string what, fix;
    } const rows[] = {
        {certificate_kind::good, false, "its issuer is unknown",
         "set --ca-file to the issuer's certificate, or install ca-certificates"},
        {certificate_kind::expired, true, "it has expired",
         "check this machine's clock, else the server needs a new one"},
        {certificate_kind::not_yet_valid, true, "it is not valid yet", "check this machine's clock"},
        {certificate_kind::wrong_host, true, "it is for another host", "check the host in --base-url"},
    };
    temporary_directory const directory;
    for (auto const& row : rows) {
        simulator_options o;
        o.certificate = row.kind;
        local_twilio twilio(o);
        auto const ca = directory.write("ca.pem", twilio->ca_pem());
        auto const end = row.trusted ? doctor(twilio, {"--ca-file", ca}) : doctor(twilio);
        BOOST_TEST(end.exit_code == 1);
        has(end, "TLS", "problem  TLS: the certificate of " + place(twilio) + " is not trusted: " + row.what + " (CN=");
        has(end, "TLS", " issued by CN=twilio-sms simulator CA, expires ");
        has(end, "TLS", "\n         fix: " + row.fix);
        BOOST_TEST(about(end, "credentials") == "(nothing)");
    }
}

BOOST_AUTO_TEST_CASE(a_wrong_clock)
{
    auto o = local_twilio::plain_http();
    o.clock_skew = std::chrono::minutes(5);
    local_twilio twilio(o);
    auto const end = doctor(twilio);
    BOOST_TEST(end.exit_code == 0);
    has(end, "clock", "warning  clock: ");
    has(end, "clock", " s behind the server's");
    has(end, "clock", "\n         fix: let the system keep the time (timedatectl set-ntp true)");
}

BOOST_AUTO_TEST_CASE(lists_that_are_forbidden)
{
    auto o = local_twilio::plain_http();
    o.list_faults[simulated_list_fault::forbidden] = 1;
    local_twilio twilio(o);
    auto const end = doctor(twilio);
    BOOST_TEST(end.exit_code == 0);
    BOOST_TEST(about(end, "credentials") == "ok       credentials: accepted");
    has(end, "list", "warning  list: not allowed (HTTP 403 from " + place(twilio) + ", code ");
    has(end, "list",
        "so Twilio cannot be asked: an unknown outcome stays unknown\n         fix: use credentials that may");
    has(doctor(twilio, {"--when-unknown", "report"}), "list", "ok       list: not allowed");
}

BOOST_AUTO_TEST_CASE(answers_that_do_not_come)
{
    auto o = local_twilio::plain_http();
    o.list_faults[simulated_list_fault::stall] = 1;
    local_twilio silent(o);
    auto end = doctor(silent, {"--response-timeout", "50ms"});
    BOOST_TEST(end.exit_code == 1);
    has(end, "answer", "no answer from " + place(silent) + " within response_timeout (50 ms)");
    o.list_faults = {{simulated_list_fault::error, 1}};
    local_twilio broken(o);
    end = doctor(broken);
    BOOST_TEST(end.exit_code == 1);
    has(end, "answer", "problem  answer: HTTP 500 from " + place(broken));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
