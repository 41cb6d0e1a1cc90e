// A server that cannot be reached or trusted: one line that says why and what to do, exit code 1, nothing sent.
#include "local_twilio.hpp"
#include <boost/asio/ip/tcp.hpp>

namespace twilio_sms::test {
namespace {

std::vector<std::string> const send{"send", "--to", "+15559990000", "--text", "secret words", "--max-retries", "0"};

void check(tool_end const& end, std::string const& expected)
{
    BOOST_TEST(end.out == expected + "\n");
    BOOST_TEST(end.err == "");
    BOOST_TEST(end.exit_code == 1);
}

tool_end send_to(std::string const& base_url, environment variables, std::vector<std::string> const& more = {})
{
    auto arguments = send;
    arguments.insert(arguments.end(), {"--base-url", base_url});
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_tool(std::move(arguments), std::move(variables));
}

std::string place(local_twilio& twilio)
{
    return "127.0.0.1:" + std::to_string(twilio->port());
}

} // namespace

BOOST_AUTO_TEST_SUITE(connections)

BOOST_AUTO_TEST_CASE(certificates_that_are_not_trusted)
{
    struct row {
        certificate_kind kind;
        std::string reason;
    };
    for (auto const& [kind, reason] :
         {row{certificate_kind::expired, "it has expired; check this machine's clock, else the server needs a new one"},
          row{certificate_kind::not_yet_valid, "it is not valid yet; check this machine's clock"},
          row{certificate_kind::self_signed,
              "it is self-signed; check base_url, or set ca_file to it if it is the one you expect"},
          row{certificate_kind::wrong_host, "it is for another host; check the host in base_url"}}) {
        simulator_options o;
        o.certificate = kind;
        local_twilio twilio(o);
        temporary_directory const directory;
        auto const ca = directory.write("ca.pem", twilio->ca_pem());
        check(send_to(twilio->base_url(), twilio.variables(), {"--ca-file", ca}),
              "not sent: the certificate of " + place(twilio) + " is not trusted: " + reason + "; nothing was sent");
        BOOST_TEST(twilio->summary().requests == 0u);
    }
}

BOOST_AUTO_TEST_CASE(nobody_listens)
{
    boost::asio::io_context io;
    boost::asio::ip::tcp::acceptor reserved(io, {boost::asio::ip::address_v4::loopback(), 0});
    auto const nobody = "127.0.0.1:" + std::to_string(reserved.local_endpoint().port());
    reserved.close();
    local_twilio twilio;
    check(send_to("https://" + nobody, twilio.variables()),
          "not sent: cannot connect to " + nobody +
              ": Connection refused; nothing was sent; check base_url, the network and firewalls");
}

BOOST_AUTO_TEST_CASE(a_proxy_that_nobody_runs)
{
    boost::asio::io_context io;
    boost::asio::ip::tcp::acceptor reserved(io, {boost::asio::ip::address_v4::loopback(), 0});
    auto const nobody = "127.0.0.1:" + std::to_string(reserved.local_endpoint().port());
    reserved.close();
    local_twilio twilio;
    std::string const refused = "not sent: cannot connect to the proxy " + nobody +
                                ": Connection refused; nothing was sent; check proxy, the network and firewalls";
    check(send_to("https://api.invalid", twilio.variables(), {"--proxy", nobody}), refused);
    auto variables = twilio.variables();
    variables.push_back("HTTPS_PROXY=http://user:hunter2@" + nobody);
    check(send_to("https://api.invalid", variables), refused);
    BOOST_TEST(run_tool(send, variables).exit_code == 0); // not used for this machine
}

BOOST_AUTO_TEST_CASE(a_name_without_address)
{
    local_twilio twilio;
    auto const end = send_to("https://no-such-host.invalid", twilio.variables());
    BOOST_TEST(end.exit_code == 1);
    BOOST_TEST(end.out.starts_with("not sent: cannot find the address of no-such-host.invalid:443: "), end.out);
    BOOST_TEST(end.out.ends_with("; nothing was sent; check base_url and the machine's name service\n"), end.out);
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) // they take no preloads, and wait for the look-up
BOOST_AUTO_TEST_CASE(a_name_look_up_that_hangs_holds_up_nobody)
{
    local_twilio twilio;
    auto variables = twilio.variables();
    variables.push_back("LD_PRELOAD=" SLOW_NAMES);
    auto const start = std::chrono::steady_clock::now();
    auto const end = send_to("https://slow.invalid", variables, {"--connect-timeout", "100ms"});
    BOOST_TEST((std::chrono::steady_clock::now() - start < std::chrono::seconds(10)));
    check(end, "not sent: no connection to slow.invalid:443 within connect_timeout (100 ms); nothing was sent; check "
               "base_url, the network and firewalls");
}
#endif

BOOST_AUTO_TEST_CASE(plain_http_behind_https)
{
    local_twilio twilio;
    check(send_to("https" + twilio->base_url().substr(4), twilio.variables()),
          "not sent: TLS with " + place(twilio) +
              " failed: TLS handshake failed: wrong version number; nothing was sent; check that base_url names an "
              "https server");
}

BOOST_AUTO_TEST_CASE(wrong_account_or_token)
{
    local_twilio twilio;
    auto const refusal = "not sent: HTTP 401 from " + place(twilio) +
                         ", code 20003: Authenticate; check account_sid and auth_token or API key "
                         "(console.twilio.com shows them; those of another region do not work)";
    check(send_to(twilio->base_url(), twilio.variables("wrong")), refusal);
    check(send_to(twilio->base_url(), twilio.variables(), {"--account-sid", "AC99999999999999999999999999999999"}),
          refusal);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
