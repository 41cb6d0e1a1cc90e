#include "net/base_url.hpp"
#include "support.hpp"

using namespace twilio_sms::detail;
using namespace std::literals;

BOOST_AUTO_TEST_SUITE(base_urls)

BOOST_AUTO_TEST_CASE(good)
{
    struct row {
        char const* text;
        bool tls;
        std::string host;
        int port;
        std::string prefix;
        bool loopback;
    };
    row const rows[] = {
        {"https://api.twilio.com", true, "api.twilio.com", 443, "", false},
        {"https://api.twilio.com/", true, "api.twilio.com", 443, "", false},
        {"HTTPS://API.Twilio.com", true, "API.Twilio.com", 443, "", false},
        {"https://api.sydney.au1.twilio.com:8443/a/b", true, "api.sydney.au1.twilio.com", 8443, "/a/b", false},
        {"https://gateway.example.com/twilio//", true, "gateway.example.com", 443, "/twilio", false},
        {"http://localhost:4010", false, "localhost", 4010, "", true},
        {"http://LocalHost", false, "LocalHost", 80, "", true},
        {"http://127.0.0.1:4010", false, "127.0.0.1", 4010, "", true},
        {"http://127.255.1.2", false, "127.255.1.2", 80, "", true},
        {"http://[::1]:4010/x", false, "::1", 4010, "/x", true},
        {"https://[2001:db8::1]", true, "2001:db8::1", 443, "", false},
        {"http://128.0.0.1", false, "128.0.0.1", 80, "", false},
        {"http://127.0.0.1.example.com", false, "127.0.0.1.example.com", 80, "", false},
        {"http://10.0.0.1.example.com:8080/x", false, "10.0.0.1.example.com", 8080, "/x", false},
        {"http://127.0.0.1/x", false, "127.0.0.1", 80, "/x", true},
        {"http://localhost.example.com", false, "localhost.example.com", 80, "", false},
        {"http://notlocalhost", false, "notlocalhost", 80, "", false},
        {"http://[::2]", false, "::2", 80, "", false},
        {"https://my_gateway:65535", true, "my_gateway", 65535, "", false},
    };
    for (auto const& row : rows) {
        BOOST_TEST_CONTEXT(row.text)
        {
            std::string problem;
            auto const url = parse_base_url(row.text, problem);
            BOOST_REQUIRE_MESSAGE(url.has_value(), problem);
            BOOST_TEST(url->tls == row.tls);
            BOOST_TEST(url->host == row.host);
            BOOST_TEST(url->port == row.port);
            BOOST_TEST(url->path_prefix == row.prefix);
            BOOST_TEST(url->loopback == row.loopback);
        }
    }
}

BOOST_AUTO_TEST_CASE(bad)
{
    auto const bad_host = "has a host that is neither a name nor an IP address";
    auto const bad_port = "has a port outside 1 to 65535";
    std::pair<std::string_view, std::string> const rows[] = {
        {"", "is not a URL"},
        {"api.twilio.com", "is not a URL"},
        {"//api.twilio.com", "is not a URL"},
        {"https://api.twilio.com/a b", "is not a URL"},
        {"https://api.twilio.com/\r\nX: y", "is not a URL"},
        {" https://api.twilio.com", "is not a URL"},
        {"https://[::1", "is not a URL"},
        {"ftp://api.twilio.com", "has a scheme other than http and https"},
        {"api.twilio.com:443", "has a scheme other than http and https"},
        {"https:api.twilio.com", "has no host"},
        {"https:///x", "has no host"},
        {"https://%0d%0aX:1", bad_host},
        {"https://a%2eb", bad_host},
        {"https://a!b", bad_host},
        {"https://[v1.x]", bad_host},
        {"https://user:secret@api.twilio.com", "holds a user name; credentials belong in account_sid and auth_token"},
        {"https://@api.twilio.com", "holds a user name; credentials belong in account_sid and auth_token"},
        {"https://api.twilio.com?x=y", "has a query"},
        {"https://api.twilio.com/?", "has a query"},
        {"https://api.twilio.com/#top", "has a fragment"},
        {"https://api.twilio.com:", bad_port},
        {"https://api.twilio.com:0", bad_port},
        {"https://api.twilio.com:x", bad_port},
        {"https://api.twilio.com:44x", bad_port},
        {"https://[::1]:", bad_port},
        {"https://[::1]x", bad_host},
        {"https://:443", "has no host"},
        {"https://api.twilio.com:65536", bad_port},
        {"https://api.twilio.com:99999999999999999999", bad_port},
    };
    for (auto const& [text, want] : rows) {
        BOOST_TEST_CONTEXT(text)
        {
            std::string problem;
            BOOST_TEST(!parse_base_url(text, problem).has_value());
            BOOST_TEST(problem == want);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
