#include "support.hpp"
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <twilio_sms/provider_options.hpp>

using namespace twilio_sms;
using namespace std::literals;

namespace {

std::string const hex32 = "0123456789abcdef0123456789abcdef";

provider_options good_options()
{
    provider_options o;
    o.account_sid = "AC" + hex32;
    o.auth_token = "secret-token";
    o.from_number = "+15005550006";
    return o;
}

// In place of the token.
void use_key(provider_options& o)
{
    o.auth_token.clear();
    o.api_key = "SK" + hex32;
    o.api_secret = "secret-secret";
}

using change = std::function<void(provider_options&)>;

std::string told(std::vector<option_problem> const& problems)
{
    std::string text;
    for (auto const& p : problems)
        text += p.option + ": " + p.what + "; " + p.fix + "\n";
    return text;
}

/// Sets variables of the environment and puts them back.
class environment {
public:
    explicit environment(std::initializer_list<std::pair<char const*, char const*>> set)
    {
        for (auto const name :
             {"TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_API_KEY", "TWILIO_API_SECRET", "TWILIO_FROM_NUMBER",
              "TWILIO_MESSAGE_SERVICE_SID", "TWILIO_MESSAGING_SERVICE_SID", "TWILIO_BASE_URL", "TWILIO_REGION",
              "TWILIO_EDGE", "TWILIO_CA_BUNDLE", "HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy"}) {
            char const* old = std::getenv(name);
            before_.emplace_back(name, old ? std::optional<std::string>(old) : std::nullopt);
            ::unsetenv(name);
        }
        for (auto const& [name, value] : set)
            ::setenv(name, value, 1);
    }
    environment(environment const&) = delete;
    environment& operator=(environment const&) = delete;
    ~environment()
    {
        for (auto const& [name, value] : before_) {
            if (value)
                ::setenv(name, value->c_str(), 1);
            else
                ::unsetenv(name);
        }
    }

private:
    std::vector<std::pair<char const*, std::optional<std::string>>> before_;
};

} // namespace

BOOST_AUTO_TEST_SUITE(options)

BOOST_AUTO_TEST_CASE(good)
{
    std::pair<char const*, change> const rows[] = {
        {"the least", [](auto&) {}},
        {"a service", [](auto& o) { o.from_number.clear(), o.messaging_service_sid = "MG" + hex32; }},
        {"an alphanumeric sender", [](auto& o) { o.from_number = "My Shop"; }},
        {"a short code", [](auto& o) { o.from_number = "12345"; }},
        {"never repeat", [](auto& o) { o.max_retries = 0; }},
        {"most repeats", [](auto& o) { o.max_retries = 100; }},
        {"repeat at once", [](auto& o) { o.retry_delay = 0ms; }},
        {"one connection", [](auto& o) { o.max_connections = 1; }},
        {"most connections", [](auto& o) { o.max_connections = 10'000; }},
        {"shortest times", [](auto& o) { o.connect_timeout = o.idle_timeout = 1ms; }},
        {"practically no limit", [](auto& o) { o.total_timeout = 87'600h; }},
        {"an API key", [](auto& o) { use_key(o); }},
        {"a subaccount", [](auto& o) { o.subaccount_sid = "AC" + hex32; }},
        {"a region", [](auto& o) { o.region = "au1"; }},
        {"an edge", [](auto& o) { o.edge = "sydney"; }},
        {"both, with another product",
         [](auto& o) { o.region = "au1", o.edge = "sydney", o.base_url = "https://messaging.twilio.com/x"; }},
        {"a proxy", [](auto& o) { o.proxy = "http://user:pass%40word@proxy.example:3128"; }},
        {"a proxy that is not used",
         [](auto& o) {
             o.proxy = "proxy.example:3128", o.no_proxy = "127.0.0.0/8", o.base_url = "http://127.0.0.1:4010";
         }},
        {"a simulator", [](auto& o) { o.base_url = "http://127.0.0.1:4010"; }},
        {"a simulator by IPv6", [](auto& o) { o.base_url = "http://[::1]:4010"; }},
        {"another machine, in clear, on purpose",
         [](auto& o) { o.base_url = "http://10.0.0.1", o.allow_insecure_http = true; }},
    };
    for (auto const& [name, make] : rows) {
        auto o = good_options();
        make(o);
        BOOST_TEST_CONTEXT(name)
        {
            BOOST_TEST(told(o.validate()) == "");
        }
    }
}

BOOST_AUTO_TEST_CASE(each_problem_and_its_fix)
{
    std::string const copy_sid = "; copy the Account SID (AC and 32 hex digits) from console.twilio.com\n";
    std::string const limit = ": is zero or negative; set 1 ms or more; 1000 h is practically no limit\n";
    std::string const sender =
        "from_number: is not a sender; use an E.164 number like +15558675310, a short code or an "
        "alphanumeric ID of at most 11 characters\n";
    std::string const copy_key = "; copy the SID of the API key (SK and 32 hex digits) from console.twilio.com\n";
    std::string const both = "auth_token: is set together with an API key; set only one of the two: auth_token, or "
                             "api_key with api_secret\n";
    std::string const no_twilio = "is set, but base_url is not a host of Twilio's; leave it empty, or write base_url "
                                  "like https://api.twilio.com\n";
    std::string const proxy_like = "; write it like http://user:password@host:port, with %40 for @ in a password\n";
    std::string const no_fragment = "; write it like https://api.twilio.com\n";
    std::string const in_clear = "base_url: is http:// to another machine, which shows the credentials to the network; "
                                 "use https://, or set allow_insecure_http if that is what you want\n";
    std::pair<change, std::string> const rows[] = {
        {[](auto& o) { o.account_sid.clear(); },
         "account_sid: is not set; set TWILIO_ACCOUNT_SID, or copy the Account SID from console.twilio.com\n"},
        {[](auto& o) { o.account_sid = "SK" + hex32; }, "account_sid: is the SID of an API key (SK...)" + copy_sid},
        {[](auto& o) { o.account_sid = o.auth_token; }, "account_sid: looks like the auth token" + copy_sid},
        {[](auto& o) { o.account_sid = hex32; }, "account_sid: looks like the auth token" + copy_sid},
        {[](auto& o) { o.account_sid += "\n"; },
         "account_sid: holds a space, a line break or another control character" + copy_sid},
        {[](auto& o) { o.account_sid = " " + o.account_sid; },
         "account_sid: holds a space, a line break or another control character" + copy_sid},
        {[](auto& o) { o.account_sid.pop_back(); }, "account_sid: is not AC and 32 hex digits" + copy_sid},
        {[](auto& o) { o.auth_token.clear(); },
         "auth_token: is not set; set TWILIO_AUTH_TOKEN, or copy the Auth Token from console.twilio.com\n"},
        {[](auto& o) { o.auth_token += "\n"; },
         "auth_token: holds a line break or another control character; remove it; often it ends a file\n"},
        {[](auto& o) { o.auth_token += '\0'; },
         "auth_token: holds a line break or another control character; remove it; often it ends a file\n"},
        {[](auto& o) { o.auth_token.clear(), o.api_key = "SK" + hex32; },
         "api_secret: is not set, but api_key is; set the secret that was shown when the key was made, or make a new "
         "key\n"},
        {[](auto& o) { o.auth_token.clear(), o.api_secret = "s"; },
         "api_key: is not set, but api_secret is" + copy_key},
        {[](auto& o) { use_key(o), o.auth_token = "t"; }, both},
        {[](auto& o) { use_key(o), o.api_key = "AC" + hex32; }, "api_key: is an Account SID (AC...)" + copy_key},
        {[](auto& o) { use_key(o), o.api_key = o.api_secret; }, "api_key: is the same as api_secret" + copy_key},
        {[](auto& o) { use_key(o), o.api_key += '\n'; },
         "api_key: holds a space, a line break or another control character" + copy_key},
        {[](auto& o) { use_key(o), o.api_key += '0'; }, "api_key: is not SK and 32 hex digits" + copy_key},
        {[](auto& o) { use_key(o), o.api_secret += '\r'; },
         "api_secret: holds a line break or another control character; remove it; often it ends a file\n"},
        {[](auto& o) { o.subaccount_sid = "AC"; }, "subaccount_sid: is not AC and 32 hex digits; copy the SID of the "
                                                   "subaccount from console.twilio.com, or leave "
                                                   "it empty\n"},
        {[](auto& o) { o.region = "au 1"; },
         "region: holds other characters than letters, digits and -; write it like au1\n"},
        {[](auto& o) { o.edge = "sydney."; },
         "edge: holds other characters than letters, digits and -; write it like sydney\n"},
        {[](auto& o) { o.region = "au1", o.base_url = "https://127.0.0.1"; }, "region: " + no_twilio},
        {[](auto& o) { o.edge = "sydney", o.base_url = "https://example.com"; }, "edge: " + no_twilio},
        {[](auto& o) { o.from_number.clear(); },
         "from_number: is not set, and neither is messaging_service_sid; set one of the two\n"},
        {[](auto& o) { o.messaging_service_sid = "MG" + hex32; },
         "from_number: is set together with messaging_service_sid; set only one of the two\n"},
        {[](auto& o) { o.from_number = "15558675310"; }, sender},
        {[](auto& o) { o.from_number += " "; }, sender},
        {[](auto& o) { o.from_number.clear(), o.messaging_service_sid = "AC" + hex32; },
         "messaging_service_sid: is not MG and 32 hex digits; copy the SID of the Messaging Service from "
         "console.twilio.com\n"},
        {[](auto& o) { o.max_retries = -1; }, "max_retries: is -1; set 0 (never repeat) to 100\n"},
        {[](auto& o) { o.max_retries = 101; }, "max_retries: is 101; set 0 (never repeat) to 100\n"},
        {[](auto& o) { o.retry_delay = -1ms; }, "retry_delay: is negative; set 0 ms (repeat at once) or more\n"},
        {[](auto& o) { o.retry_delay = 87'601h; }, "retry_delay: is more than ten years; set 87600 h or less\n"},
        {[](auto& o) { o.connect_timeout = 0ms; }, "connect_timeout" + limit},
        {[](auto& o) { o.response_timeout = -1ms; }, "response_timeout" + limit},
        {[](auto& o) { o.total_timeout = 0ms; }, "total_timeout" + limit},
        {[](auto& o) { o.queue_timeout = 0ms; }, "queue_timeout" + limit},
        {[](auto& o) { o.idle_timeout = 0ms; }, "idle_timeout" + limit},
        {[](auto& o) { o.max_connection_age = 0ms; }, "max_connection_age" + limit},
        {[](auto& o) { o.total_timeout = std::chrono::milliseconds::max(); },
         "total_timeout: is more than ten years; set 87600 h or less\n"},
        {[](auto& o) { o.max_connections = 0; }, "max_connections: is 0; set 1 to 10000\n"},
        {[](auto& o) { o.max_connections = 10'001; }, "max_connections: is 10001; set 1 to 10000\n"},
        {[](auto& o) { o.base_url = "api.twilio.com"; }, "base_url: is not a URL" + no_fragment},
        {[](auto& o) { o.base_url = "https://u:hunter2@x"; },
         "base_url: holds a user name; credentials belong in account_sid and auth_token" + no_fragment},
        {[](auto& o) { o.base_url = "http://api.twilio.com"; }, in_clear},
        {[](auto& o) { o.base_url = "http://127.0.0.1.example.com"; }, in_clear},
        {[](auto& o) { o.proxy = "https://hunter2:hunter2@proxy.example"; },
         "proxy: has a scheme other than http" + proxy_like},
        {[](auto& o) { o.proxy = "http://proxy.example:0"; }, "proxy: has a port outside 1 to 65535" + proxy_like},
        {[](auto& o) { o.proxy = "proxy.example", o.base_url = "http://127.0.0.1:4010"; },
         "proxy: is set, but base_url is http://, and proxies are for https:// only; leave it empty, or put the host "
         "into no_proxy\n"},
        {[](auto& o) { o.no_proxy = "a\nb"; },
         "no_proxy: holds a line break or another control character; divide the hosts by commas\n"},
        {[](auto& o) { o.ca_file = "no/such/file.pem"; },
         "ca_file: cannot read 'no/such/file.pem': No such file or directory; name a PEM file of trusted certificates, "
         "or leave it empty\n"},
        {[](auto& o) { o.ca_file = "a\nb"; }, "ca_file: holds a line break or another control character; remove it\n"},
        {[](auto& o) { o.ca_file = "."; },
         "ca_file: cannot read '.': Is a directory; name a PEM file of trusted certificates, or leave it empty\n"},
    };
    for (auto const& [make, want] : rows) {
        auto o = good_options();
        make(o);
        BOOST_TEST(told(o.validate()) == want);
    }
}

BOOST_AUTO_TEST_CASE(a_readable_ca_file)
{
    auto const path = std::filesystem::temp_directory_path() / "twilio_sms_unit_test_ca.pem";
    std::ofstream(path) << "-----BEGIN CERTIFICATE-----\n";
    auto o = good_options();
    o.ca_file = path.string();
    BOOST_TEST(told(o.validate()) == "");
    std::filesystem::remove(path);
}

BOOST_AUTO_TEST_CASE(all_problems_at_once)
{
    provider_options o;
    o.max_retries = -1;
    o.connect_timeout = 0ms;
    o.base_url = "x";
    std::vector<std::string> names;
    for (auto const& p : o.validate())
        names.push_back(p.option);
    std::vector<std::string> const want{"account_sid", "auth_token",      "from_number",
                                        "max_retries", "connect_timeout", "base_url"};
    BOOST_TEST(names == want, boost::test_tools::per_element());

    options_error const error(o.validate());
    BOOST_TEST(error.what() + "\n"s == told(o.validate())); // one line each
    BOOST_TEST(error.problems().size() == want.size());
}

BOOST_AUTO_TEST_CASE(problems_never_show_a_secret)
{
    auto o = good_options();
    o.account_sid = "hunter2";
    o.auth_token = "hunter2\n";
    o.from_number = "hunter2-hunter2";
    o.messaging_service_sid = "hunter2";
    o.base_url = "https://hunter2@hunter2 ";
    o.api_key = o.api_secret = o.subaccount_sid = "hunter2\n";
    o.region = o.edge = "hunter2/";
    o.proxy = "http://hunter2@hunter2";
    o.no_proxy = "hunter2\n";
    // One for each, and one for two senders, two logins; region and edge are not looked at without a URL.
    BOOST_TEST(o.validate().size() == 12u);
    BOOST_TEST(told(o.validate()).find("hunter2") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(nothing_in_the_environment)
{
    environment const none({});
    auto const o = provider_options::from_environment();
    BOOST_TEST(o.account_sid == "");
    BOOST_TEST(o.auth_token == "");
    BOOST_TEST(o.from_number == "");
    BOOST_TEST(o.messaging_service_sid == "");
    BOOST_TEST(o.base_url == "https://api.twilio.com");
    BOOST_TEST(o.ca_file == "");
    BOOST_TEST(o.max_retries == 3);
    BOOST_TEST((o.retry_delay == 1s));
}

BOOST_AUTO_TEST_CASE(everything_in_the_environment)
{
    environment const all({{"TWILIO_ACCOUNT_SID", "AC1"},
                           {"TWILIO_AUTH_TOKEN", "token"},
                           {"TWILIO_API_KEY", "SK1"},
                           {"TWILIO_API_SECRET", "secret"},
                           {"TWILIO_REGION", "au1"},
                           {"TWILIO_EDGE", "sydney"},
                           {"TWILIO_FROM_NUMBER", "+15005550006"},
                           {"TWILIO_MESSAGE_SERVICE_SID", "MG1"},
                           {"TWILIO_BASE_URL", "http://localhost:4010"},
                           {"TWILIO_CA_BUNDLE", "ca.pem"}});
    auto const o = provider_options::from_environment();
    BOOST_TEST(o.account_sid == "AC1");
    BOOST_TEST(o.auth_token == "token");
    BOOST_TEST(o.api_key == "SK1");
    BOOST_TEST(o.api_secret == "secret");
    BOOST_TEST(o.region == "au1");
    BOOST_TEST(o.edge == "sydney");
    BOOST_TEST(o.from_number == "+15005550006");
    BOOST_TEST(o.messaging_service_sid == "MG1");
    BOOST_TEST(o.base_url == "http://localhost:4010");
    BOOST_TEST(o.ca_file == "ca.pem");
}

BOOST_AUTO_TEST_CASE(a_proxy_in_the_environment)
{
    std::string const loopback = "localhost,127.0.0.0/8,::1";
    {
        environment const e({{"HTTPS_PROXY", "http://a:1"}});
        auto const o = provider_options::from_environment();
        BOOST_TEST(o.proxy == "http://a:1");
        BOOST_TEST(o.no_proxy == loopback);
    }
    {
        environment const e({{"HTTPS_PROXY", "a"}, {"https_proxy", "b"}, {"NO_PROXY", "c"}, {"no_proxy", "d, e"}});
        auto const o = provider_options::from_environment();
        BOOST_TEST(o.proxy == "b");
        BOOST_TEST(o.no_proxy == "d, e," + loopback);
    }
    environment const e({{"NO_PROXY", "c"}, {"https_proxy", ""}});
    auto const o = provider_options::from_environment();
    BOOST_TEST(o.proxy == "");
    BOOST_TEST(o.no_proxy == "c");
}

BOOST_AUTO_TEST_CASE(both_names_of_the_service_and_empty_variables)
{
    {
        environment const e({{"TWILIO_MESSAGING_SERVICE_SID", "MG2"}, {"TWILIO_BASE_URL", ""}});
        auto const o = provider_options::from_environment();
        BOOST_TEST(o.messaging_service_sid == "MG2");
        BOOST_TEST(o.base_url == "https://api.twilio.com"); // empty leaves the default
    }
    environment const e({{"TWILIO_MESSAGING_SERVICE_SID", "MG2"}, {"TWILIO_MESSAGE_SERVICE_SID", "MG1"}});
    BOOST_TEST(provider_options::from_environment().messaging_service_sid == "MG1");
    environment const f({{"TWILIO_MESSAGING_SERVICE_SID", "MG2"}, {"TWILIO_MESSAGE_SERVICE_SID", ""}});
    BOOST_TEST(provider_options::from_environment().messaging_service_sid == "MG2");
}

BOOST_AUTO_TEST_CASE(the_environment_over_other_options)
{
    provider_options below;
    below.account_sid = "AC1";
    below.api_key = "SK1";
    below.api_secret = "secret";
    below.from_number = "+15005550006";
    below.proxy = "http://a:1";
    below.max_retries = 7;
    {
        environment const none({{"TWILIO_AUTH_TOKEN", ""}, {"TWILIO_FROM_NUMBER", ""}});
        auto const o = provider_options::from_environment(below);
        BOOST_TEST((o.account_sid == "AC1" && o.api_key == "SK1" && o.api_secret == "secret"));
        BOOST_TEST((o.from_number == "+15005550006" && o.proxy == "http://a:1" && o.max_retries == 7));
        BOOST_TEST(o.no_proxy == ""); // that is for a proxy of the environment
    }
    {
        environment const e(
            {{"TWILIO_ACCOUNT_SID", "AC2"}, {"TWILIO_AUTH_TOKEN", "token"}, {"TWILIO_MESSAGING_SERVICE_SID", "MG1"}});
        auto const o = provider_options::from_environment(below);
        BOOST_TEST((o.account_sid == "AC2" && o.auth_token == "token" && o.messaging_service_sid == "MG1"));
        BOOST_TEST((o.api_key + o.api_secret + o.from_number).empty()); // of another kind
    }
    below.auth_token = "token";
    environment const e({{"TWILIO_API_SECRET", "another"}});
    auto const o = provider_options::from_environment(below);
    BOOST_TEST((o.auth_token.empty() && o.api_key == "SK1" && o.api_secret == "another"));
}

BOOST_AUTO_TEST_SUITE_END()
