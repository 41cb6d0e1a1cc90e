// Campaigns to their end, compared with what the simulator took.
#include "campaign_files.hpp"
#include "local_twilio.hpp"
#include "results_check.hpp"
#include <algorithm>

namespace twilio_sms::test {

BOOST_AUTO_TEST_SUITE(campaigns)

BOOST_AUTO_TEST_CASE(all_accepted_and_some_skipped)
{
    local_twilio twilio;
    campaign_files const files(200, "Bob,nonsense\nBob,\nBob,+15551000007\n\"Bob, \"\"the\"\"\",+15552000000\n");
    auto const end = run_tool(files.run(), twilio.variables());
    BOOST_TEST(end.exit_code == 0);
    BOOST_TEST(end.err == "");
    BOOST_TEST((check_results(files.results, 204, *twilio) == fates{{"accepted", 201}, {"skipped", 3}}));
    BOOST_TEST(json_member(end.out, "rows") == "204");
    BOOST_TEST(json_member(end.out, "accepted") == "201");
    BOOST_TEST(json_member(end.out, "skipped_invalid") == "2");
    BOOST_TEST(json_member(end.out, "skipped_duplicate") == "1");
    BOOST_TEST(json_member(end.out, "not_attempted") == "0");
    BOOST_TEST(json_member(end.out, "stopped") == "null");

    auto const messages = twilio->messages();
    BOOST_TEST(messages.size() == 201u);
    auto const last = std::ranges::find(messages, "+15552000000", &simulated_message::to);
    BOOST_REQUIRE(last != messages.end());
    BOOST_TEST(last->body == "Hi Bob, \"the\"");
    auto const lines = read_file(files.results);
    BOOST_TEST(lines.find(R"({"row":201,"to":"nonsense","fate":"skipped","reason":"invalid_number"})") != lines.npos);
    BOOST_TEST(lines.find(R"({"row":203,"to":"+15551000007","fate":"skipped","reason":"duplicate"})") != lines.npos);
    BOOST_TEST(lines.find("Hi ") == lines.npos);
}

BOOST_AUTO_TEST_CASE(faults)
{
    auto options = local_twilio::plain_http();
    options.seed = 7;
    options.faults = {{simulated_fault::reply_lost, 0.05},   {simulated_fault::reset_before, 0.05},
                      {simulated_fault::reset_after, 0.05},  {simulated_fault::error_before, 0.05},
                      {simulated_fault::error_after, 0.05},  {simulated_fault::throttle, 0.05},
                      {simulated_fault::stall_before, 0.01}, {simulated_fault::stall_after, 0.01}};
    local_twilio twilio(options);
    campaign_files const files(500);
    auto const end = run_tool(files.run({"--response-timeout", "300ms", "--max-in-flight", "16", "--log-level", "debug",
                                         "--when-unknown", "report"}),
                              twilio.variables());
    BOOST_TEST(end.exit_code == 4);
    auto count = check_results(files.results, 500, *twilio);
    BOOST_TEST(count["accepted"] + count["not_sent"] + count["unknown"] == 500u);
    BOOST_TEST(count["unknown"] > 50u);
    BOOST_TEST(twilio->summary().duplicates == 0u);
    for (auto const* const fate : {"accepted", "not_sent", "unknown", "rejected"})
        BOOST_TEST(json_member(end.out, fate) == std::to_string(count[fate]));
}

BOOST_AUTO_TEST_CASE(unknowns_are_asked_about)
{
    auto options = local_twilio::plain_http();
    options.seed = 7;
    options.faults = {{simulated_fault::reply_lost, 0.1}, {simulated_fault::error_before, 0.1}};
    local_twilio twilio(options);
    campaign_files const files(200);
    auto const end = run_tool(files.run({"--settle-time", "200ms", "--max-retries", "20"}), twilio.variables());
    BOOST_TEST(end.exit_code == 0);
    auto count = check_results(files.results, 200, *twilio);
    BOOST_TEST(count["accepted"] == 200u);
    BOOST_TEST(twilio->summary().accepted == 200u);
    BOOST_TEST(twilio->summary().duplicates == 0u);
}

BOOST_AUTO_TEST_CASE(unknowns_repeated_on_request)
{
    auto options = local_twilio::plain_http();
    options.faults = {{simulated_fault::error_before, 0.2}};
    local_twilio twilio(options);
    campaign_files const files(100);
    auto const end = run_tool(files.run({"--when-unknown", "retry", "--max-retries", "20"}), twilio.variables());
    BOOST_TEST(end.exit_code == 0);
    BOOST_TEST((check_results(files.results, 100, *twilio) == fates{{"accepted", 100}}));
}

BOOST_AUTO_TEST_CASE(rejected_rows)
{
    auto options = local_twilio::plain_http();
    campaign_files const files(20, "Eve,+15005550001\n");
    options.accounts = {simulator_account(std::string(simulator_options::default_account_sid),
                                          std::string(simulator_options::default_auth_token))};
    options.accounts[0].test_credentials = true;
    local_twilio twilio(options);
    auto const end = run_tool(files.run({"--from", "+15005550006"}), twilio.variables());
    BOOST_TEST(end.exit_code == 1);
    auto const lines = read_file(files.results);
    BOOST_TEST(lines.find(R"("to":"+15005550001","fate":"rejected","condition":"bad_recipient","sid":null,)"
                          R"("status":null,"twilio_code":21211,"http_status":400,"attempts":1,)") != lines.npos);
    BOOST_TEST(json_member(end.out, "rejected") == "1");
    BOOST_TEST(json_member(end.out, "accepted") == "20");
    BOOST_TEST(end.err.starts_with("error: 1 row rejected, the first because: HTTP 400 from "), end.err);
}

BOOST_AUTO_TEST_CASE(dry_run_sends_nothing)
{
    local_twilio twilio;
    campaign_files const files(10, "Bob,nonsense\n");
    auto const end = run_tool(files.run({"--dry-run"}), twilio.variables());
    BOOST_TEST(end.exit_code == 0);
    BOOST_TEST(end.out == "{\"rows\":11,\"to_send\":10,\"skipped_invalid\":1,\"skipped_duplicate\":0}\n");
    BOOST_TEST(!std::filesystem::exists(files.results));
    BOOST_TEST(run_tool({"campaign", "run", files.input, "--text", "x", "--dry-run"}).exit_code == 0); // no credentials
    BOOST_TEST(twilio->summary().requests == 0u);
}

BOOST_AUTO_TEST_CASE(rate_and_messages_in_flight)
{
    auto options = local_twilio::plain_http();
    options.max_concurrency = 4; // more would be throttled
    options.latency = std::chrono::milliseconds(20);
    local_twilio twilio(options);
    campaign_files const files(40);
    auto const end =
        run_tool(files.run({"--rate", "100", "--max-in-flight", "4", "--max-retries", "0"}), twilio.variables());
    BOOST_TEST(end.exit_code == 0);
    BOOST_TEST(twilio->summary().throttled == 0u);
    // 40 starts 10 ms apart, of which 50 ms may be made up for.
    BOOST_TEST(std::stod(json_member(end.out, "elapsed_seconds")) >= 0.34);
}

BOOST_AUTO_TEST_CASE(nobody_in_the_file)
{
    local_twilio twilio;
    campaign_files const files(0);
    auto const end = run_tool(files.run(), twilio.variables());
    BOOST_TEST(end.exit_code == 0);
    BOOST_TEST(end.err == "warning: no row was sent: the file has no rows\n");
    BOOST_TEST(read_file(files.results) == "");
}

BOOST_AUTO_TEST_CASE(no_number_is_good)
{
    local_twilio twilio;
    campaign_files const files(0, "Ann,5551000000\nBob,(555) 100-0001\n");
    auto const end = run_tool(files.run(), twilio.variables());
    BOOST_TEST(end.exit_code == 0);
    BOOST_TEST(end.err == "warning: no row was sent: 2 numbers are not E.164, like +15558675310\n");
}

BOOST_AUTO_TEST_CASE(without_standard_streams)
{
    local_twilio twilio;
    campaign_files const files(20);
    running_tool tool(files.run(), twilio.variables(), {}, true);
    BOOST_TEST(tool.wait().exit_code == 3); // the summary cannot be shown
    BOOST_TEST((check_results(files.results, 20, *twilio) == fates{{"accepted", 20}}));
    auto const lines = read_file(files.results);
    BOOST_TEST(std::ranges::count(lines, '\n') == 20); // nothing else went there
}

BOOST_AUTO_TEST_CASE(table_for_people)
{
    local_twilio twilio;
    campaign_files const files(3);
    auto const end = run_tool({"campaign", "run", files.input, "--text", "x", "--results", files.results, "--overwrite",
                               "--media", "ftp://example.com/a"},
                              twilio.variables());
    BOOST_TEST(end.exit_code == 0);
    BOOST_TEST(end.out.find("  accepted                       3\n") != std::string::npos);
    BOOST_TEST(end.err == "warning: --media: URL 1 cannot be used: the scheme is not http or https; it is left out\n");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
