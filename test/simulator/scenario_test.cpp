#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <sstream>
#include <twilio_sms/simulator.hpp>

using namespace twilio_sms;
using enum simulated_fault;

namespace {

std::string problem_with(std::string_view json)
{
    simulator_options o;
    o.seed = 42;
    try {
        apply_scenario(json, o);
    } catch (std::invalid_argument const& e) {
        BOOST_TEST(o.seed == 42u); // unchanged
        BOOST_TEST(std::string_view(e.what()).find('\n') == std::string_view::npos);
        return e.what();
    }
    return "";
}

std::string manual()
{
    std::ifstream file(SIMULATOR_MANUAL);
    std::ostringstream text;
    text << file.rdbuf();
    BOOST_TEST_REQUIRE(!text.str().empty());
    return text.str();
}

// The JSON in the manual.
std::string manuals_scenario()
{
    std::string const text = manual();
    auto const begin = text.find("```json\n");
    BOOST_TEST_REQUIRE(begin != std::string::npos);
    return text.substr(begin + 8, text.find("```", begin + 8) - begin - 8);
}

std::vector<std::string> known_members()
{
    std::istringstream names(problem_with(R"({"x": 1})"));
    std::vector<std::string> all;
    for (std::string name; std::getline(names, name, ',');)
        all.push_back(name.substr(name.rfind(' ') + 1));
    return all;
}

simulated_step step(std::string_view text)
{
    simulator_options o;
    apply_scenario(R"({"script": {"x": [")" + std::string(text) + R"("]}})", o);
    return o.script.at("x").at(0);
}

} // namespace

BOOST_AUTO_TEST_SUITE(scenarios)

BOOST_AUTO_TEST_CASE(everything_can_be_said)
{
    simulator_options o;
    apply_scenario(R"({"seed": 7, "latency_ms": 100, "latency_jitter_ms": 20, "max_concurrency": 10,
                       "faults": {"reply_lost": 0.01, "throttle": 0},
                       "script": {"+15551230001": ["reply_lost", "ok"], "+15551230002": []}})",
                   o);
    BOOST_TEST(o.seed == 7u);
    BOOST_TEST(o.latency.count() == 100);
    BOOST_TEST(o.latency_jitter.count() == 20);
    BOOST_TEST(o.max_concurrency == 10u);
    BOOST_TEST(o.faults.at(reply_lost) == 0.01);
    BOOST_TEST_REQUIRE(o.script.at("+15551230001").size() == 2u);
    BOOST_TEST((o.script.at("+15551230001")[0] == reply_lost));
    BOOST_TEST((o.script.at("+15551230001")[1] == std::nullopt));
    apply_scenario("{}", o);
    BOOST_TEST(o.seed == 7u);
}

BOOST_AUTO_TEST_CASE(the_manual_has_every_member_and_its_example_works)
{
    std::string const text = manual();
    std::string const example = manuals_scenario();
    auto const members = boost::json::parse(example).as_object();
    BOOST_TEST(known_members().size() == 25u);
    for (auto const& name : known_members()) {
        BOOST_TEST(members.contains(name), name << " is missing in the example");
        BOOST_TEST(text.find("`" + name + "`") != std::string::npos, name << " is not described");
    }
    for (std::size_t i = 0; i < simulated_fault_count; ++i)
        BOOST_TEST(text.find("`" + std::string(to_string(static_cast<simulated_fault>(i))) + "`") != std::string::npos);
    for (std::size_t i = 0; i < simulated_list_fault_count; ++i)
        BOOST_TEST(text.find("`" + std::string(to_string(static_cast<simulated_list_fault>(i))) + "`") !=
                   std::string::npos);

    simulator_options o;
    apply_scenario(example, o);
    BOOST_TEST(o.accounts.size() == 3u);
    BOOST_TEST(o.accounts[0].api_keys.at(0).secret == "a secret");
    BOOST_TEST(o.accounts[0].numbers.size() == 2u);
    BOOST_TEST(o.accounts[0].messaging_services.size() == 1u);
    BOOST_TEST(o.accounts[1].parent_sid == o.accounts[0].sid);
    BOOST_TEST(o.accounts[2].test_credentials);
    BOOST_TEST(o.faults.size() == simulated_fault_count);
    BOOST_TEST(o.list_faults.size() == simulated_list_fault_count);
    BOOST_TEST(o.late_acceptance.count() == 30'000);
    BOOST_TEST(o.storm_length == 100u);
    BOOST_TEST(o.foreign_equal == 0.001);
    BOOST_TEST(o.foreign_other == 0.01);
    BOOST_TEST(o.foreign_offset.count() == 60'000);
    BOOST_TEST(o.delivery_time.count() == 3'000);
    BOOST_TEST(o.undelivered == 0.02);
    BOOST_TEST(o.failed == 0.01);
    BOOST_TEST(o.no_receipt == 0.05);
    BOOST_TEST(o.messages_per_second == 10);
    BOOST_TEST(o.queue_limit == 360'000u);
    BOOST_TEST(o.list_lag.count() == 5'000);
    BOOST_TEST((o.pages_shift && o.trial_prefix && o.smart_encoding));
    BOOST_TEST((o.list_script.at("+15551230001").at(0) == simulated_list_fault::error));
    BOOST_TEST((o.list_script.at("").at(0) == std::nullopt));
    BOOST_TEST(o.clock_skew.count() == -90'000);
}

BOOST_AUTO_TEST_CASE(steps)
{
    using std::chrono::milliseconds;
    simulated_step expected;
    BOOST_TEST((step("ok") == expected));
    expected.foreign_equal = milliseconds(0);
    BOOST_TEST((step("ok+foreign_equal") == expected));
    BOOST_TEST((step("foreign_equal") == expected));
    expected.fault = error_before;
    expected.foreign_equal = milliseconds(-2000);
    expected.foreign_other = milliseconds(500);
    BOOST_TEST((step("error_before+foreign_equal@-2000+foreign_other@500") == expected));
    expected = late_acceptance;
    BOOST_TEST((step("late_acceptance") == expected));
    expected.late_by = milliseconds(12'000);
    BOOST_TEST((step("late_acceptance@12000") == expected));
}

BOOST_AUTO_TEST_CASE(mistakes_are_named)
{
    struct {
        char const* json;
        char const* named;
    } const cases[] = {
        {"", "not JSON"},
        {"{", "not JSON"},
        {"{} x", "not JSON"},
        {"[]", "JSON object"},
        {R"({"sead": 1})", "'sead'"},
        {R"({"seed": -1})", "seed"},
        {R"({"seed": 1.5})", "seed"},
        {R"({"seed": 1, "latency_ms": "1"})", "latency_ms"},
        {R"({"latency_ms": 3600001})", "latency_ms"},
        {R"({"faults": []})", "faults"},
        {R"({"faults": {"lost": 1}})", "'lost'"},
        {R"({"faults": {"reply_lost": "1"}})", "'reply_lost'"},
        {R"({"faults": {"reply_lost": 2}})", "reply_lost"},
        {R"({"faults": {"reply_lost": 0.6, "throttle": 0.6}})", "more than 1"},
        {R"({"script": {"+1555": "ok"}})", "script"},
        {R"({"script": {"+1555": [1]}})", "script"},
        {R"({"script": {"+1555": ["no"]}})", "'no'"},
        {R"({"script": {"+1555": [""]}})", "''"},
        {R"({"script": {"+1555": ["ok+"]}})", "''"},
        {R"({"script": {"+1555": ["ok+reply_lost"]}})", "'reply_lost'"},
        {R"({"script": {"+1555": ["ok@1"]}})", "late_acceptance"},
        {R"({"script": {"+1555": ["reply_lost@1"]}})", "late_acceptance"},
        {R"({"script": {"+1555": ["late_acceptance@x"]}})", "'x'"},
        {R"({"script": {"+1555": ["late_acceptance@"]}})", "milliseconds"},
        {R"({"script": {"+1555": ["late_acceptance@-1"]}})", "late_by"},
        {R"({"script": {"+1555": ["ok+foreign_equal@3600001"]}})", "1 hour"},
        {R"({"list_faults": {"reply_lst": 1}})", "'reply_lst'"},
        {R"({"list_faults": {"error": -1}})", "list_faults"},
        {R"({"list_script": {"+1555": ["reset_after"]}})", "'reset_after'"},
        {R"({"list_script": []})", "list_script"},
        {R"({"storm_length": 0})", "storm_length"},
        {R"({"foreign_equal": 1.5})", "foreign_equal"},
        {R"({"foreign_other": true})", "foreign_other"},
        {R"({"foreign_offset_ms": -1})", "foreign_offset_ms"},
        {R"({"undelivered": 0.6, "failed": 0.6})", "undelivered"},
        {R"({"pages_shift": 1})", "pages_shift must be true or false"},
        {R"({"clock_skew_ms": 86400001})", "clock_skew_ms"},
        {R"({"messages_per_second": -1})", "messages_per_second"},
        {R"({"messages_per_second": "1"})", "messages_per_second"},
        {R"({"queue_limit": 1})", "queue_limit"},
        {R"({"accounts": {}})", "accounts"},
        {R"({"accounts": [1]})", "accounts"},
        {R"({"accounts": [{"sid": 1}]})", "accounts: sid"},
        {R"({"accounts": [{"token": "x"}]})", "'token'"},
        {R"({"accounts": [{"sid": "AC1", "auth_token": "x"}]})", "'AC1'"},
        {R"({"accounts": [{"api_keys": {"SK1": 1}}]})", "api_keys"},
        {R"({"accounts": [{"numbers": "+1"}]})", "numbers"},
    };
    for (auto const& c : cases)
        BOOST_TEST(problem_with(c.json).find(c.named) != std::string::npos,
                   c.json << " gave: " << problem_with(c.json));
}

BOOST_AUTO_TEST_CASE(options_are_checked)
{
    simulator_options const good;
    BOOST_TEST(good.problem() == "");
    auto const problem = [](auto change) {
        simulator_options o;
        change(o);
        return o.problem();
    };
    BOOST_TEST(problem([](auto& o) { o.listen_address = "::1"; }) == "");
    BOOST_TEST(problem([](auto& o) { o.listen_address = "0.0.0.0"; }).starts_with("listen_address:"));
    BOOST_TEST(problem([](auto& o) { o.listen_address = "localhost"; }).starts_with("listen_address:"));
    BOOST_TEST(problem([](auto& o) { o.accounts = {{"AC1", "t"}}; }).starts_with("account_sid:"));
    BOOST_TEST(problem([](auto& o) {
                   o.accounts = {{std::string(o.default_account_sid), ""}};
               }).starts_with("auth_token:"));
    BOOST_TEST(problem([](auto& o) { o.latency = std::chrono::milliseconds(-1); }).starts_with("latency:"));
    BOOST_TEST(problem([](auto& o) { o.faults[throttle] = -0.1; }).starts_with("faults:"));
    BOOST_TEST(
        problem([](auto& o) { o.faults[throttle] = std::numeric_limits<double>::quiet_NaN(); }).starts_with("faults:"));
}

BOOST_AUTO_TEST_CASE(names_go_both_ways)
{
    for (std::size_t i = 0; i < simulated_fault_count; ++i) {
        auto const f = static_cast<simulated_fault>(i);
        BOOST_TEST((simulated_fault_from_string(to_string(f)) == f));
    }
    BOOST_TEST(!simulated_fault_from_string("stall").has_value());
    for (std::size_t i = 0; i < simulated_list_fault_count; ++i) {
        auto const f = static_cast<simulated_list_fault>(i);
        BOOST_TEST((simulated_list_fault_from_string(to_string(f)) == f));
    }
    for (auto const* name : {"good", "expired", "not_yet_valid", "self_signed", "wrong_host"})
        BOOST_TEST(to_string(certificate_kind_from_string(name).value()) == name);
    BOOST_TEST(!certificate_kind_from_string("bad").has_value());
}

BOOST_AUTO_TEST_SUITE_END()
