// What doctor makes of what it saw, where the simulator shows nothing of the kind.
#include "cli/doctor_findings.hpp"
#include <boost/test/unit_test.hpp>

namespace twilio_sms::test {

using namespace cli;
using namespace std::chrono_literals;

namespace {

detail::connection_check answered(int status, int code = 0)
{
    detail::connection_check seen;
    seen.server = "api.twilio.com:443";
    seen.addresses = {"192.0.2.1"};
    seen.address = "192.0.2.1";
    seen.open = true;
    seen.http_status = status;
    seen.twilio_code = code;
    return seen;
}

finding last(detail::connection_check const& seen, provider_options const& options = {})
{
    return judge_connection(seen, options).back();
}

} // namespace

BOOST_AUTO_TEST_SUITE(doctors_findings)

BOOST_AUTO_TEST_CASE(answers)
{
    struct {
        int status, code;
        char const* check;
        health state;
        char const* fix; // begins so
    } const rows[] = {
        {401, 0, "credentials", health::problem, "check --account-sid and --auth-token-file"},
        {401, 20003, "credentials", health::problem, "check --account-sid and --auth-token-file"},
        {403, 20003, "list", health::warning, "use credentials that may read messages"},
        {403, 0, "list", health::warning, "use credentials that may read messages"},
        {403, 20005, "credentials", health::problem, "the account is not active"},
        {403, 20403, "credentials", health::problem, "the account is suspended"},
        {404, 20404, "credentials", health::problem, "check --account-sid and --base-url"},
        {404, 0, "credentials", health::problem, "check --account-sid and --base-url"},
        {429, 20429, "credentials", health::warning, "try again"},
        {503, 0, "answer", health::problem, "try again"},
        {301, 0, "answer", health::problem, "check --base-url"},
        {418, 0, "answer", health::problem, "check --base-url"},
        {200, 0, "answer", health::problem, "check --base-url: that is not Twilio"},
    };
    for (auto const& row : rows)
        BOOST_TEST_CONTEXT(row.status << " / " << row.code)
        {
            auto const f = last(answered(row.status, row.code));
            BOOST_TEST(f.check == row.check);
            BOOST_TEST((f.state == row.state));
            BOOST_TEST(f.fix.starts_with(row.fix), f.fix);
        }
}

BOOST_AUTO_TEST_CASE(clocks)
{
    struct {
        std::chrono::milliseconds least, most;
        health state;
        char const* what; // begins so
    } const rows[] = {
        {-500ms, 500ms, health::ok, "0.0 s ahead of the server's, give or take 0.5 s"},
        {9s, 11s, health::ok, "10.0 s ahead of"},
        {11s, 12s, health::warning, "11.5 s ahead of"},
        {-11s, -9s, health::ok, "10.0 s behind"},
        {-12s, -11s, health::warning, "11.5 s behind"},
    };
    for (auto const& row : rows) {
        auto seen = answered(200);
        seen.is_list = true;
        seen.clock = {row.least, row.most};
        auto const all = judge_connection(seen, provider_options());
        BOOST_REQUIRE(all.size() == 7u); // proxy, look-up, connection, TLS, clock, credentials, list
        BOOST_TEST(all[4].check == "clock");
        BOOST_TEST((all[4].state == row.state), row.what);
        BOOST_TEST(all[4].what.starts_with(row.what), all[4].what);
    }
}

BOOST_AUTO_TEST_CASE(everything_but_ok_has_a_fix)
{
    for (int why = 1; why <= static_cast<int>(detail::breakdown::closed); ++why) {
        auto seen = answered(0);
        seen.why = static_cast<detail::breakdown>(why);
        seen.problem = "something broke; nothing was sent";
        seen.open = seen.why != detail::breakdown::tls && seen.why != detail::breakdown::certificate;
        auto const f = last(seen);
        BOOST_TEST((f.state == health::problem), why);
        BOOST_TEST(f.what == "something broke");
        BOOST_TEST(!f.fix.empty());
    }
}

BOOST_AUTO_TEST_CASE(what_a_server_says_commands_no_terminal)
{
    auto seen = answered(200);
    seen.handshake.chain.push_back({"CN=\x1b[31m\u009b\u202ea", "CN=b", {}});
    seen.http_status = 503;
    seen.twilio_text = "x\x1b[2J\u009b\u2066y";
    auto const text = findings_text(judge_connection(seen, provider_options()));
    BOOST_TEST(text.find("CN= [31m  a issued by CN=b") != std::string::npos, text);
    BOOST_TEST(text.find(": x [2J  y\n") != std::string::npos, text);
}

BOOST_AUTO_TEST_CASE(http_to_other_machines)
{
    auto seen = answered(200);
    seen.is_list = true;
    seen.tls = false;
    provider_options options;
    BOOST_TEST((judge_connection(seen, options)[3].state == health::ok)); // only to this machine
    options.allow_insecure_http = true;
    BOOST_TEST((judge_connection(seen, options)[3].state == health::warning));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
