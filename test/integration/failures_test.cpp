// What goes wrong in real life: each gives one clear line that says what to do, and the right fate.
#include "http_server/http_server.hpp"
#include "support.hpp"
#include "support/self_signed.hpp"
#include <boost/asio/ip/tcp.hpp>
#include <boost/test/unit_test.hpp>

namespace twilio_sms::test {
namespace {

void check(result<receipt> const& outcome, fate expected, condition c, std::string const& says)
{
    BOOST_REQUIRE(!outcome.has_value());
    auto const f = outcome.error();
    BOOST_TEST(to_string(f.fate) == to_string(expected), f.message);
    BOOST_TEST(f.conditions.contains(c), f.message << " has " << f.conditions.primary());
    BOOST_TEST(f.message.find(says) != std::string::npos, f.message);
    BOOST_TEST(f.message.find('\n') == std::string::npos);
    BOOST_TEST(f.message.find(::test::canary_token) == std::string::npos);
    BOOST_TEST(f.message.find(::test::canary_text) == std::string::npos);
}

notification message()
{
    return {std::string(::test::canary_number), text()};
}

} // namespace

BOOST_AUTO_TEST_SUITE(failures)

BOOST_AUTO_TEST_CASE(wrong_token)
{
    local_twilio twilio;
    auto options = twilio.options();
    options.auth_token = "0123456789";
    auto const outcome = send_one(options, message());
    check(outcome, fate::not_sent, condition::account, "check account_sid and auth_token");
    BOOST_TEST(outcome.error().http_status == 401);
    BOOST_TEST(outcome.error().twilio_code == 20003);
    BOOST_TEST(outcome.error().attempts == 1);
}

BOOST_AUTO_TEST_CASE(wrong_account)
{
    local_twilio twilio;
    auto options = twilio.options();
    options.account_sid = "AC99999999999999999999999999999999";
    check(send_one(options, message()), fate::not_sent, condition::account, "account_sid");
}

BOOST_AUTO_TEST_CASE(certificates)
{
    struct row {
        certificate_kind kind;
        std::string says;
    };
    for (auto const& [kind, says] :
         {row{certificate_kind::expired, "it has expired; check this machine's clock"},
          row{certificate_kind::not_yet_valid, "it is not valid yet; check this machine's clock"},
          row{certificate_kind::self_signed, "it is self-signed; check base_url, or set ca_file"},
          row{certificate_kind::wrong_host, "it is for another host; check the host in base_url"}}) {
        simulator_options o;
        o.certificate = kind;
        local_twilio twilio(o);
        auto const outcome = send_one(twilio.options(), message());
        check(outcome, fate::not_sent, condition::configuration, says);
        BOOST_TEST((outcome.error().code == errc::certificate_rejected));
        BOOST_TEST(outcome.error().attempts == 1);
        BOOST_TEST(twilio.server().summary().requests == 0u);
    }
}

BOOST_AUTO_TEST_CASE(unknown_issuer)
{
    local_twilio twilio;
    auto options = twilio.options();
    options.ca_file.clear(); // the system's roots do not know the simulator
    check(send_one(options, message()), fate::not_sent, condition::configuration,
          "its issuer is unknown; set ca_file to the issuer's certificate, or install ca-certificates");
}

// A server with a context of its own; it needs no answer for a request.
BOOST_AUTO_TEST_CASE(a_server_with_old_tls)
{
    auto const made = make_self_signed_certificate();
    auto tls = detail::make_server_tls_context(made.certificate_pem, made.key_pem);
    SSL_CTX_set_min_proto_version(tls.get(), TLS1_VERSION);
    SSL_CTX_set_max_proto_version(tls.get(), TLS1_1_VERSION);
    SSL_CTX_set_security_level(tls.get(), 0);
    asio::io_context io(1);
    detail::server::http_server server(
        io.get_executor(), asio::ip::tcp::endpoint(asio::ip::address_v4::loopback(), 0), std::move(tls),
        [](detail::server::request const&, detail::server::responder) { BOOST_ERROR("there was a request"); });
    std::thread thread([&io] { io.run(); });

    auto options = local_twilio().options();
    options.ca_file.clear();
    options.base_url = "https://127.0.0.1:" + std::to_string(server.local_endpoint().port());
    options.max_retries = 0;
    auto const outcome = send_one(options, message());
    asio::post(io, [&server] { server.stop(); });
    thread.join();
    check(outcome, fate::not_sent, condition::retryable, "the server has neither TLS 1.2 nor TLS 1.3");
}

BOOST_AUTO_TEST_CASE(refused_connection)
{
    asio::io_context io;
    asio::ip::tcp::acceptor reserved(io, {asio::ip::address_v4::loopback(), 0}); // bound, then closed: nobody listens
    auto const port = reserved.local_endpoint().port();
    reserved.close();
    local_twilio twilio;
    auto options = twilio.options();
    options.base_url = "https://127.0.0.1:" + std::to_string(port);
    auto const outcome = send_one(options, message());
    check(outcome, fate::not_sent, condition::retryable, "cannot connect to 127.0.0.1:" + std::to_string(port));
    BOOST_TEST(outcome.error().attempts == 4);
}

BOOST_AUTO_TEST_CASE(name_without_address)
{
    local_twilio twilio;
    auto options = twilio.options();
    options.base_url = "https://no-such-host.invalid";
    options.max_retries = 0;
    check(send_one(options, message()), fate::not_sent, condition::retryable,
          "cannot find the address of no-such-host.invalid");
}

BOOST_AUTO_TEST_CASE(plain_server_behind_an_https_url)
{
    simulator_options o;
    o.tls = false;
    local_twilio twilio(o);
    auto options = local_twilio().options();
    options.ca_file.clear();
    options.base_url = "https" + twilio.server().base_url().substr(4);
    options.max_retries = 0;
    check(send_one(options, message()), fate::not_sent, condition::retryable,
          "check that base_url names an https server");
}

BOOST_AUTO_TEST_CASE(tls_server_behind_an_http_url)
{
    local_twilio twilio;
    auto options = twilio.options();
    options.base_url = "http" + twilio.server().base_url().substr(5);
    options.response_timeout = 2s;
    options.when_unknown = unknown_policy::report; // nobody there could be asked
    auto const outcome = send_one(options, message());
    BOOST_TEST((outcome.error().fate == fate::unknown)); // it was handed over, to whomever
}

BOOST_AUTO_TEST_CASE(numbers_in_twilios_texts_are_masked)
{
    simulator_options o;
    o.accounts.emplace_back(account_sid, std::string(::test::canary_token));
    o.accounts.back().test_credentials = true;
    local_twilio twilio(o);
    auto const outcome =
        send_one(twilio.options(), {"+15005550009", text()}); // "To number: ..., is not a mobile number"
    check(outcome, fate::rejected, condition::bad_recipient, "is not a mobile number");
    BOOST_TEST(outcome.error().twilio_code == 21614);
    BOOST_TEST(outcome.error().message.find("5005550009") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(ca_file_that_is_none)
{
    temporary_file const empty("not a certificate");
    local_twilio twilio;
    auto options = twilio.options();
    options.ca_file = empty.path();
    asio::io_context io;
    BOOST_CHECK_EXCEPTION(provider(io.get_executor(), options), std::exception, [&](std::exception const& e) {
        return std::string(e.what()).find("ca_file") != std::string::npos;
    });
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
