// Campaigns that end before their last row: every row is still accounted for.
#include "campaign_files.hpp"
#include "local_twilio.hpp"
#include "results_check.hpp"
#include <boost/asio/ip/tcp.hpp>
#include <csignal>

namespace twilio_sms::test {
namespace {

simulator_options slow()
{
    auto options = local_twilio::plain_http();
    options.latency = std::chrono::milliseconds(100);
    return options;
}

} // namespace

BOOST_AUTO_TEST_SUITE(stopped_campaigns)

BOOST_AUTO_TEST_CASE(account)
{
    local_twilio twilio;
    campaign_files const files(1000);
    auto const end = run_tool(files.run({"--max-in-flight", "8"}), twilio.variables("wrong"));
    BOOST_TEST(end.exit_code == 1);
    BOOST_TEST(twilio->summary().requests < 30u);
    auto count = check_results(files.results, 1000, *twilio);
    BOOST_TEST(count["not_sent"] == std::stoull(json_member(end.out, "not_sent")));
    BOOST_TEST(std::stoull(json_member(end.out, "not_attempted")) == 1000 - count["not_sent"]);
    BOOST_TEST(json_member(end.out, "stopped") == "\"account\"");
    BOOST_TEST(end.err.starts_with("error: " + std::to_string(count["not_sent"]) +
                                   " rows not sent, the first because: HTTP 401 from "),
               end.err);
    BOOST_TEST(end.err.find("\nerror: the campaign was stopped: HTTP 401 from ") != std::string::npos);
    BOOST_TEST(end.err.ends_with(" of 1000 rows were not attempted\n"));
}

BOOST_AUTO_TEST_CASE(the_account_is_wrong_and_all_rows_were_tried)
{
    local_twilio twilio;
    campaign_files const files(2);
    auto const end = run_tool(files.run(), twilio.variables("wrong"));
    BOOST_TEST(end.exit_code == 1);
    BOOST_TEST(json_member(end.out, "not_attempted") == "0");
    BOOST_TEST(end.err.starts_with("error: 2 rows not sent, the first because: HTTP 401 from "), end.err);
    BOOST_TEST(end.err.find("was stopped") == std::string::npos, end.err);
}

// Nothing was accepted and so many rows failed alike: nothing else is to be expected of the rest.
void check_hopeless(tool_end const& end, campaign_files const& files, local_twilio& twilio, std::string const& fate,
                    std::string const& name, std::string const& reason)
{
    BOOST_TEST(end.exit_code == 1);
    auto count = check_results(files.results, 500, *twilio);
    BOOST_TEST(count[fate] >= 20u);
    BOOST_TEST(count[fate] < 60u);
    BOOST_TEST(json_member(end.out, fate) == std::to_string(count[fate]));
    BOOST_TEST(json_member(end.out, "not_attempted") == std::to_string(500 - count[fate]));
    BOOST_TEST(json_member(end.out, "stopped") == "\"account\"");
    BOOST_TEST(end.err.starts_with("error: " + std::to_string(count[fate]) + " rows " + name +
                                   ", the first because: " + reason),
               end.err);
    BOOST_TEST(end.err.find("\nerror: the campaign was stopped: nothing was accepted and 20 rows in a row failed "
                            "alike: " +
                            reason) != std::string::npos,
               end.err);
    BOOST_TEST(end.err.ends_with("; " + std::to_string(500 - count[fate]) + " of 500 rows were not attempted\n"));
}

BOOST_AUTO_TEST_CASE(nobody_listens)
{
    boost::asio::io_context io;
    boost::asio::ip::tcp::acceptor reserved(io, {boost::asio::ip::address_v4::loopback(), 0});
    auto const nobody = "127.0.0.1:" + std::to_string(reserved.local_endpoint().port());
    reserved.close();
    local_twilio twilio;
    campaign_files const files(500);
    auto const end = run_tool(files.run({"--base-url", "http://" + nobody}), twilio.variables());
    check_hopeless(end, files, twilio, "not_sent", "not sent",
                   "cannot connect to " + nobody + ": Connection refused; nothing was sent; check base_url");
}

BOOST_AUTO_TEST_CASE(a_name_without_address)
{
    local_twilio twilio;
    campaign_files const files(500);
    auto const end =
        run_tool(files.run({"--base-url", "https://no-such-host.invalid", "--max-retries", "0"}), twilio.variables());
    check_hopeless(end, files, twilio, "not_sent", "not sent", "cannot find the address of no-such-host.invalid:443: ");
}

BOOST_AUTO_TEST_CASE(a_sender_of_somebody_else)
{
    auto options = local_twilio::plain_http();
    options.accounts = {simulator_account(std::string(simulator_options::default_account_sid),
                                          std::string(simulator_options::default_auth_token))};
    options.accounts[0].test_credentials = true;
    local_twilio twilio(options);
    campaign_files const files(500);
    auto const end = run_tool(files.run({"--from", "+15005550007"}), twilio.variables());
    check_hopeless(end, files, twilio, "rejected", "rejected", "HTTP 400 from ");
}

BOOST_AUTO_TEST_CASE(a_region_that_is_off_stops_nobody_else)
{
    // Twilio names the account as the reason (21408), but it rejects this one number only.
    auto options = local_twilio::plain_http();
    options.accounts = {simulator_account(std::string(simulator_options::default_account_sid),
                                          std::string(simulator_options::default_auth_token))};
    options.accounts[0].test_credentials = true;
    local_twilio twilio(options);
    campaign_files const files(0, "Eve,+15005550003\nAnn,+15551000000\nBob,+15551000001\n");
    auto const end = run_tool(files.run({"--from", "+15005550006", "--max-in-flight", "1"}), twilio.variables());
    BOOST_TEST(end.exit_code == 1);
    BOOST_TEST(json_member(end.out, "rejected") == "1");
    BOOST_TEST(json_member(end.out, "accepted") == "2");
    BOOST_TEST(json_member(end.out, "stopped") == "null");
}

BOOST_AUTO_TEST_CASE(interrupted_once)
{
    local_twilio twilio(slow());
    campaign_files const files(1000);
    running_tool tool(files.run({"--max-in-flight", "8"}), twilio.variables());
    twilio.wait_for_requests(20);
    tool.signal(SIGTERM);
    auto const end = tool.wait();
    BOOST_TEST(end.exit_code == 130);
    auto const count = check_results(files.results, 1000, *twilio);
    BOOST_TEST((count == fates{{"accepted", twilio->summary().accepted}}));
    BOOST_TEST(json_member(end.out, "stopped") == "\"interrupted\"");
    BOOST_TEST(end.err.find("warning: stopping: waiting for ") != std::string::npos);
    BOOST_TEST(end.err.find(" of 1000 rows were not attempted\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_terminal_is_gone)
{
    local_twilio twilio(slow());
    campaign_files const files(1000);
    running_tool tool(files.run({"--max-in-flight", "8"}), twilio.variables());
    twilio.wait_for_requests(20);
    tool.signal(SIGHUP);
    auto const end = tool.wait();
    BOOST_TEST(end.exit_code == 130);
    auto const count = check_results(files.results, 1000, *twilio);
    BOOST_TEST((count == fates{{"accepted", twilio->summary().accepted}}));
    BOOST_TEST(json_member(end.out, "stopped") == "\"interrupted\"");
}

BOOST_AUTO_TEST_CASE(the_terminal_is_gone_but_for_nohup)
{
    local_twilio twilio(slow());
    campaign_files const files(100);
    auto const before = std::signal(SIGHUP, SIG_IGN); // the tool inherits it
    running_tool tool(files.run({"--max-in-flight", "8"}), twilio.variables());
    std::signal(SIGHUP, before);
    twilio.wait_for_requests(20);
    tool.signal(SIGHUP);
    BOOST_TEST(tool.wait().exit_code == 0);
    BOOST_TEST((check_results(files.results, 100, *twilio) == fates{{"accepted", 100}}));
}

BOOST_AUTO_TEST_CASE(interrupted_twice)
{
    auto options = local_twilio::plain_http();
    options.faults = {{simulated_fault::stall_after, 1.0}};
    local_twilio twilio(options);
    campaign_files const files(100);
    running_tool tool(files.run({"--max-in-flight", "8"}), twilio.variables());
    twilio.wait_for_requests(8);
    tool.signal(SIGINT);
    tool.wait_for_error_text("stopping"); // two signals at once are one
    tool.signal(SIGINT);
    auto const end = tool.wait();
    BOOST_TEST(end.exit_code == 130);
    BOOST_TEST((check_results(files.results, 100, *twilio) == fates{{"unknown", 8}}));
    BOOST_TEST(json_member(end.out, "not_attempted") == "92");
    auto const lines = read_file(files.results);
    BOOST_TEST(lines.find("\"message\":\"cancelled; ") != lines.npos, lines);
    BOOST_TEST(lines.find("closed") == lines.npos, lines);
    BOOST_TEST(end.err.find("error: 8 rows unknown, the first because: cancelled; ") != std::string::npos, end.err);
}

BOOST_AUTO_TEST_CASE(disk_full)
{
    local_twilio twilio(slow());
    campaign_files const files(1000);
    running_tool tool(files.run({"--max-in-flight", "8"}), twilio.variables(), 2000);
    auto const end = tool.wait();
    BOOST_TEST(end.exit_code == 3);
    BOOST_TEST(json_member(end.out, "stopped") == "\"local_failure\"");
    auto const accepted = twilio->summary().accepted;
    BOOST_TEST(accepted < 100u);
    BOOST_TEST(json_member(end.out, "accepted") == std::to_string(accepted));
    BOOST_TEST(end.err.find("cannot be written: File too large; " + std::to_string(accepted) + " messages were sent; " +
                            std::to_string(1000 - accepted) + " of 1000 rows were not attempted\n") !=
                   std::string::npos,
               end.err);
    BOOST_TEST(end.err.find("error: tried, but not in the results file: rows ") != std::string::npos);
    auto const lines = read_file(files.results);
    BOOST_TEST(lines.ends_with("}\n")); // no half line
}

BOOST_AUTO_TEST_CASE(file_changed_under_way)
{
    local_twilio twilio(slow());
    campaign_files const files(5000, "Bob,+15552000000\n");
    running_tool tool(files.run({"--max-in-flight", "200"}), twilio.variables());
    twilio.wait_for_requests(100);
    std::ofstream(files.input, std::ios::app) << "Eve,+15552000001\n";
    auto const end = tool.wait();
    BOOST_TEST(end.exit_code == 3);
    BOOST_TEST(end.err.find("somebody changed it after it was checked") != std::string::npos);
    check_results(files.results, 5001, *twilio);
    BOOST_TEST(twilio->summary().accepted < 2000u);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
