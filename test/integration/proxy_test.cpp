// The SDK through a proxy: a real one of our own on loopback, the simulator with real TLS behind it.
#include "support.hpp"
#include "support/connect_proxy.hpp"
#include <boost/test/unit_test.hpp>

namespace twilio_sms::test {
namespace {

// "proxy-user:proxy-password"
std::string const wanted = "\r\nProxy-Authorization: Basic cHJveHktdXNlcjpwcm94eS1wYXNzd29yZA==\r\n";
// The simulator shows this name in its certificate of kind wrong_host. Nobody else knows it.
std::string const name = "wrong-host.example";

struct behind_proxy {
    local_twilio twilio;
    connect_proxy proxy;

    explicit behind_proxy(certificate_kind kind = certificate_kind::wrong_host)
        : twilio(with(kind)), proxy(twilio.server().port())
    {}

    static simulator_options with(certificate_kind kind)
    {
        simulator_options o;
        o.certificate = kind;
        return o;
    }

    provider_options options() const
    {
        auto o = twilio.options();
        o.base_url = "https://" + name;
        o.proxy = "http://proxy-user:proxy-password@" + proxy.place();
        return o;
    }
};

void check_refused(result<receipt> const& outcome, errc code, condition c, int attempts, std::string const& says)
{
    BOOST_REQUIRE(!outcome.has_value());
    auto const f = outcome.error();
    BOOST_TEST((f.code == code), f.message);
    BOOST_TEST(to_string(f.fate) == to_string(fate::not_sent));
    BOOST_TEST(f.conditions.contains(c));
    BOOST_TEST(f.attempts == attempts);
    BOOST_TEST(f.message == says);
    BOOST_TEST(f.message.find("proxy-password") == std::string::npos);
}

} // namespace

BOOST_AUTO_TEST_SUITE(through_a_proxy)

// The name is never looked up here, and what passes in clear is the request for the way only.
BOOST_AUTO_TEST_CASE(accepted)
{
    behind_proxy world;
    world.proxy.wanted_field = wanted;
    auto const outcome = send_one(world.options(), {number(1), text()});
    BOOST_REQUIRE_MESSAGE(outcome.has_value(), outcome.error().message);
    BOOST_TEST(world.twilio.server().messages().size() == 1u);
    BOOST_REQUIRE(world.proxy.requests().size() == 1u);
    BOOST_TEST(world.proxy.requests()[0] ==
               "CONNECT " + name + ":443 HTTP/1.1\r\nHost: " + name + ":443" + wanted + "\r\n");
    auto const seen = world.proxy.seen();
    for (auto const& secret : {std::string("\r\nAuthorization"), account_sid, std::string(::test::canary_token),
                               std::string("POST "), text()})
        BOOST_TEST(seen.find(secret) == std::string::npos, secret);
}

BOOST_AUTO_TEST_CASE(many_on_few_tunnels)
{
    behind_proxy world;
    auto options = world.options();
    options.max_connections = 3;
    options.proxy = world.proxy.place(); // without credentials, without a scheme
    asio::io_context io;
    provider p(io.get_executor(), options);
    run(io, [](provider& sender) -> asio::awaitable<void> {
        int next = 0;
        notification_source source = [&next]() -> std::optional<notification> {
            if (next == 200)
                return std::nullopt;
            return notification(number(next++), text());
        };
        int accepted = 0;
        auto bulk = sender.bulk(source);
        while (auto item = co_await bulk.next())
            accepted += item->outcome.has_value();
        BOOST_TEST(accepted == 200);
        co_await sender.close();
    }(p));
    BOOST_TEST(world.proxy.requests().size() == 3u);
}

BOOST_AUTO_TEST_CASE(the_certificate_is_checked_for_twilios_name)
{
    behind_proxy world(certificate_kind::good); // for localhost and 127.0.0.1, where the proxy is
    auto const outcome = send_one(world.options(), {number(1), text()});
    BOOST_REQUIRE(!outcome.has_value());
    BOOST_TEST((outcome.error().code == errc::certificate_rejected), outcome.error().message);
    BOOST_TEST(outcome.error().attempts == 1);
    BOOST_TEST(world.twilio.server().summary().requests == 0u);
}

BOOST_AUTO_TEST_CASE(hosts_of_no_proxy_are_reached_directly)
{
    behind_proxy world(certificate_kind::good);
    auto options = world.options();
    options.base_url = world.twilio.server().base_url();
    options.no_proxy = "example.com, 127.0.0.0/8";
    BOOST_TEST(send_one(options, {number(1), text()}).has_value());
    BOOST_TEST(world.proxy.requests().empty());
    options.no_proxy = "example.com";
    BOOST_TEST(send_one(options, {number(2), text()}).has_value());
    BOOST_TEST(world.proxy.requests().size() == 1u);
}

BOOST_AUTO_TEST_CASE(refusals)
{
    struct row {
        std::string answer;
        errc code;
        condition helps;
        int attempts;
        std::string says;
    };
    std::string const refused = "; nothing was sent; check the user name and password in proxy, and whether the proxy "
                                "lets this through";
    std::string const failed = "; nothing was sent; check that proxy names an HTTP proxy and that it can reach the "
                               "server";
    using enum condition;
    row const rows[] = {
        {"HTTP/1.1 407 X\r\n\r\n", errc::proxy_refused, configuration, 1,
         " refused a connection to wrong-host.example:443: it answered HTTP 407" + refused},
        {"HTTP/1.1 403 X\r\n\r\n", errc::proxy_refused, configuration, 1,
         " refused a connection to wrong-host.example:443: it answered HTTP 403" + refused},
        {"HTTP/1.1 502 X\r\n\r\n", errc::proxy_failed, retryable, 3,
         " made no connection to wrong-host.example:443: it answered HTTP 502" + failed},
        {"HTTP/1.1 504 X\r\n\r\n", errc::proxy_failed, retryable, 3,
         " made no connection to wrong-host.example:443: it answered HTTP 504" + failed},
        {"garbage\r\n\r\n", errc::proxy_failed, retryable, 3,
         " made no connection to wrong-host.example:443: its answer is not HTTP" + failed},
        {"HTTP/1.1 200 X\r\nX: " + std::string(20000, 'x'), errc::proxy_failed, retryable, 3,
         " made no connection to wrong-host.example:443: its answer is too large" + failed},
        {"HTTP/1.1 200", errc::proxy_failed, retryable, 3,
         " made no connection to wrong-host.example:443: it closed the connection" + failed},
    };
    for (auto const& row : rows) {
        behind_proxy world;
        world.proxy.canned_answer = row.answer;
        auto options = world.options();
        options.max_retries = 2;
        check_refused(send_one(options, {number(1), text()}), row.code, row.helps, row.attempts,
                      "the proxy " + world.proxy.place() + row.says);
        BOOST_TEST(world.twilio.server().summary().requests == 0u);
    }
}

BOOST_AUTO_TEST_CASE(wrong_credentials)
{
    behind_proxy world;
    world.proxy.wanted_field = wanted;
    auto options = world.options();
    options.proxy = "http://proxy-user:another-password@" + world.proxy.place();
    auto const outcome = send_one(options, {number(1), text()});
    BOOST_REQUIRE(!outcome.has_value());
    BOOST_TEST((outcome.error().code == errc::proxy_refused));
    BOOST_TEST(outcome.error().message.find("another-password") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_proxy_that_recovers)
{
    behind_proxy world;
    world.proxy.canned_answer = "HTTP/1.1 503 X\r\n\r\n";
    world.proxy.canned_times = 2;
    auto const outcome = send_one(world.options(), {number(1), text()});
    BOOST_REQUIRE(outcome.has_value());
    BOOST_TEST(outcome->attempts == 3);
}

BOOST_AUTO_TEST_CASE(silence)
{
    behind_proxy world;
    world.proxy.silent = true;
    auto options = world.options();
    options.connect_timeout = 100ms;
    options.max_retries = 1;
    check_refused(send_one(options, {number(1), text()}), errc::connect_timeout, condition::timeout, 2,
                  "no connection to wrong-host.example:443 through the proxy " + world.proxy.place() +
                      " within connect_timeout (100 ms); nothing was sent; check proxy, the network and firewalls");
}

BOOST_AUTO_TEST_CASE(nobody_there)
{
    behind_proxy world;
    asio::io_context io;
    asio::ip::tcp::acceptor reserved(io, {asio::ip::address_v4::loopback(), 0});
    auto const nobody = "127.0.0.1:" + std::to_string(reserved.local_endpoint().port());
    reserved.close();
    auto options = world.options();
    options.proxy = nobody;
    check_refused(send_one(options, {number(1), text()}), errc::connect_failed, condition::retryable, 4,
                  "cannot connect to the proxy " + nobody +
                      ": Connection refused; nothing was sent; check proxy, the network and firewalls");
    options.proxy = "http://no-such-host.invalid:3128";
    options.max_retries = 0;
    auto const outcome = send_one(options, {number(1), text()});
    BOOST_REQUIRE(!outcome.has_value());
    BOOST_TEST(outcome.error().message.starts_with("cannot find the address of the proxy no-such-host.invalid:3128: "),
               outcome.error().message);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
