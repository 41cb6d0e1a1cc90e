#include <boost/test/unit_test.hpp>
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
    for (auto const* name : {"good", "expired", "not_yet_valid", "self_signed", "wrong_host"})
        BOOST_TEST(to_string(certificate_kind_from_string(name).value()) == name);
    BOOST_TEST(!certificate_kind_from_string("bad").has_value());
}

BOOST_AUTO_TEST_SUITE_END()
