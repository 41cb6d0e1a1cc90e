#include "net/proxy_url.hpp"
#include "support.hpp"

using namespace twilio_sms::detail;
using namespace std::literals;

BOOST_AUTO_TEST_SUITE(proxies)

BOOST_AUTO_TEST_CASE(good)
{
    struct row {
        char const* text;
        std::string host;
        int port;
        std::string credentials;
    };
    row const rows[] = {
        {"http://proxy.example:3128", "proxy.example", 3128, ""},
        {"http://proxy.example", "proxy.example", 80, ""},
        {"HTTP://Proxy.Example:3128/", "Proxy.Example", 3128, ""},
        {"proxy.example:3128", "proxy.example", 3128, ""},
        {"127.0.0.1:3128", "127.0.0.1", 3128, ""},
        {"http://[::1]:3128", "::1", 3128, ""},
        {"http://user:password@proxy.example:3128", "proxy.example", 3128, "user:password"},
        {"user:password@proxy.example:3128", "proxy.example", 3128, "user:password"},
        {"http://user:@proxy.example", "proxy.example", 80, "user:"},
        {"http://us%40er:p%3a%2F%40@proxy.example", "proxy.example", 80, "us@er:p:/@"},
        {"http://user:p:q@proxy.example", "proxy.example", 80, "user:p:q"},
        {"http://user:p@q@proxy.example", "proxy.example", 80, "user:p@q"}, // as people write it
        {"http://user:p%C3%BC@proxy.example", "proxy.example", 80, "user:p\xC3\xBC"},
    };
    for (auto const& row : rows) {
        BOOST_TEST_CONTEXT(row.text)
        {
            std::string problem;
            auto const proxy = parse_proxy_url(row.text, problem);
            BOOST_REQUIRE_MESSAGE(proxy.has_value(), problem);
            BOOST_TEST(proxy->host == row.host);
            BOOST_TEST(proxy->port == row.port);
            BOOST_TEST(std::string_view(proxy->credentials) == row.credentials);
        }
    }
}

BOOST_AUTO_TEST_CASE(bad)
{
    auto const control = "holds a line break or another control character";
    auto const escape = "has a % in its user name or password that is not followed by two hex digits";
    auto const half = "has a user name without a password, or the reverse";
    auto const more = "has more than user, password, host and port";
    auto const port = "has a port outside 1 to 65535";
    std::pair<std::string_view, std::string> const rows[] = {
        {"http://", "has no host"},
        {"", "has no host"},
        {"http://hunter2:hunter2@", "has no host"},
        {"https://hunter2:hunter2@proxy.example", "has a scheme other than http"},
        {"socks5://proxy.example", "has a scheme other than http"},
        {"http://hunter2@proxy.example", half},
        {"http://:hunter2@proxy.example", half},
        {"http://hunter2%3a:hunter2@proxy.example",
         "has a colon in the user name, which Basic authentication cannot express"},
        {"http://hunter2:hunter2%@proxy.example", escape},
        {"http://hunter2:hunter2%4@proxy.example", escape},
        {"http://hunter2:hunter2%4g@proxy.example", escape},
        {"http://hunter2:hunter2%0d%0aX:y@proxy.example", escape},
        {"http://hunter2:hunter2%00@proxy.example", escape},
        {"http://hunter2:hunter2@proxy.example:0", port},
        {"http://proxy.example:", port},
        {"http://proxy.example:hunter2", port},
        {"http://proxy.example:3128/path", more},
        {"http://proxy.example:3128?a", more},
        {"http://proxy.example:3128#a", more},
        {"http://proxy.example\r\nX: y", control},
        {"http://user:pass\nword@proxy.example", control},
        {"http://proxy.example\0"sv, control},
        {"http://proxy example", "is not a URL"},
        {"http://%0d%0aX:1", "has a host that is neither a name nor an IP address"},
    };
    for (auto const& [text, want] : rows) {
        BOOST_TEST_CONTEXT(text)
        {
            std::string problem;
            BOOST_TEST(!parse_proxy_url(text, problem).has_value());
            BOOST_TEST(problem == want);
            BOOST_TEST(problem.find("hunter2") == std::string::npos);
        }
    }
}

BOOST_AUTO_TEST_CASE(hosts_reached_directly)
{
    struct row {
        std::string_view no_proxy, host;
        bool direct;
        int port = 443;
    };
    row const rows[] = {
        {"", "api.twilio.com", false},
        {"   ,, ", "api.twilio.com", false},
        {"*", "api.twilio.com", true},
        {"*", "::1", true},
        {"a, * ,b", "10.0.0.1", true},
        // Names stand for what is below them, too.
        {"twilio.com", "twilio.com", true},
        {"twilio.com", "api.twilio.com", true},
        {"twilio.com", "api.au1.twilio.com", true},
        {"twilio.com", "nottwilio.com", false},
        {"twilio.com", "twilio.com.example.com", false},
        {"api.twilio.com", "twilio.com", false},
        {".twilio.com", "api.twilio.com", true},
        {".twilio.com", "twilio.com", true},
        {".twilio.com", "nottwilio.com", false},
        {"*.twilio.com", "api.twilio.com", true},
        {"*.twilio.com", "nottwilio.com", false},
        {"*twilio.com", "api.twilio.com", false}, // no other pattern
        {"com", "api.twilio.com", true},
        {".", "api.twilio.com", false},
        {"TWILIO.com", "Api.Twilio.COM", true},
        {"twilio.com.", "api.twilio.com", true},
        {"twilio.com", "api.twilio.com.", true},
        // Lists.
        {"example.com,twilio.com", "api.twilio.com", true},
        {" example.com , twilio.com ", "api.twilio.com", true},
        {"example.com twilio.com", "api.twilio.com", true},
        {"example.com\ttwilio.com", "api.twilio.com", true},
        {"example.com,example.org", "api.twilio.com", false},
        {"example.comtwilio.com", "twilio.com", false},
        // Ports.
        {"twilio.com:443", "api.twilio.com", true},
        {"twilio.com:8443", "api.twilio.com", false},
        {"twilio.com:8443", "api.twilio.com", true, 8443},
        {"twilio.com:", "api.twilio.com", false},
        {"twilio.com:x", "api.twilio.com", false},
        {"10.0.0.1:443", "10.0.0.1", true},
        {"10.0.0.1:444", "10.0.0.1", false},
        {"[::1]:443", "::1", true},
        {"[::1]:444", "::1", false},
        // Addresses.
        {"10.0.0.1", "10.0.0.1", true},
        {"10.0.0.1", "10.0.0.10", false},
        {"0.0.1", "10.0.0.1", false}, // no suffix of an address
        {"10.0.0.1", "a.10.0.0.1.example.com", false},
        {"::1", "::1", true},
        {"[::1]", "::1", true},
        {"0:0:0:0:0:0:0:1", "::1", true},
        {"2001:DB8::1", "2001:db8::1", true},
        {"::1", "::2", false},
        {"127.0.0.1", "localhost", false}, // names are not looked up
        {"localhost", "127.0.0.1", false},
        // Networks.
        {"10.0.0.0/8", "10.255.1.2", true},
        {"10.1.2.3/8", "10.255.1.2", true},
        {"10.0.0.0/8", "11.0.0.1", false},
        {"10.0.0.0/31", "10.0.0.1", true},
        {"10.0.0.0/32", "10.0.0.1", false},
        {"0.0.0.0/0", "11.0.0.1", true},
        {"10.0.0.0/33", "10.0.0.1", false},
        {"10.0.0.0/", "10.0.0.1", false},
        {"10.0.0.0/8", "api.twilio.com", false},
        {"fd00::/8", "fd12::1", true},
        {"fd00::/8", "fe80::1", false},
        {"::/0", "10.0.0.1", false},
        {"127.0.0.0/8", "127.1.2.3", true},
        {"/", "api.twilio.com", false},
    };
    for (auto const& row : rows)
        BOOST_TEST_CONTEXT("'" << row.no_proxy << "', " << row.host << ", " << row.port)
        {
            BOOST_TEST(bypasses_proxy(row.no_proxy, row.host, static_cast<std::uint16_t>(row.port)) == row.direct);
        }
}

BOOST_AUTO_TEST_CASE(the_request_to_a_proxy)
{
    std::string problem;
    auto const open = parse_proxy_url("http://proxy.example:3128", problem).value();
    BOOST_TEST(std::string_view(route_through(open, "api.twilio.com:443").request) ==
               "CONNECT api.twilio.com:443 HTTP/1.1\r\nHost: api.twilio.com:443\r\n\r\n");
    auto const closed = parse_proxy_url("http://Aladdin:open%20sesame@proxy.example:3128", problem).value();
    BOOST_TEST(std::string_view(route_through(closed, "[::1]:443").request) ==
               "CONNECT [::1]:443 HTTP/1.1\r\nHost: [::1]:443\r\n"
               "Proxy-Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n\r\n");
    BOOST_TEST(route_through(closed, "[::1]:443").server == "proxy.example:3128");
}

BOOST_AUTO_TEST_SUITE_END()
