// `twilio-sms messages`: what it prints, and how it ends.
#include "cli/message_text.hpp"
#include "cli/moment.hpp"
#include "local_twilio.hpp"
#include "results_check.hpp"
#include <algorithm>
#include <csignal>

namespace twilio_sms::test {
namespace {

std::string const recipient = "+15558675310";
std::string const sender = "+15017122661";
std::string const no_message = "SM0123456789abcdef0123456789abcdef";

simulator_options quick()
{
    auto o = local_twilio::plain_http();
    o.delivery_time = std::chrono::milliseconds(0);
    return o;
}

/// A simulator with messages, and the tool.
struct with_messages {
    local_twilio twilio{quick()};

    std::string send(std::vector<std::string> const& more = {}, std::string const& text = "hello")
    {
        std::vector<std::string> arguments{"send", "--to", recipient, "--text", text};
        arguments.insert(arguments.end(), more.begin(), more.end());
        BOOST_TEST_REQUIRE(run_tool(arguments, twilio.variables()).exit_code == 0);
        return twilio->messages().back().sid;
    }

    tool_end run(std::vector<std::string> arguments)
    {
        arguments.insert(arguments.begin(), "messages");
        return run_tool(std::move(arguments), twilio.variables());
    }
};

std::size_t lines_of(std::string const& text)
{
    return static_cast<std::size_t>(std::ranges::count(text, '\n'));
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(messages_command, with_messages)

BOOST_AUTO_TEST_CASE(fetch)
{
    auto const sid = send();
    auto const people = run({"fetch", sid});
    BOOST_TEST(people.exit_code == 0);
    BOOST_TEST(people.err == "");
    BOOST_TEST(people.out.starts_with("sid       " + sid + "\nstatus    "));
    BOOST_TEST(people.out.find("\nfrom      " + sender + "\nto        " + recipient + "\n") != people.out.npos);
    BOOST_TEST(people.out.ends_with("\ntext      hello\n"));

    auto const json = run({"fetch", sid, "--json"});
    BOOST_TEST(lines_of(json.out) == 1u);
    BOOST_TEST(json_member(json.out, "sid") == '"' + sid + '"');
    BOOST_TEST(json_member(json.out, "text") == "\"hello\"");
    BOOST_TEST(json_member(json.out, "segments") == "1");
    BOOST_TEST(json_member(json.out, "error_code") == "null");
    BOOST_TEST(json_member(json.out, "messaging_service_sid") == "null");
}

BOOST_AUTO_TEST_CASE(what_does_not_exist)
{
    auto const people = run({"fetch", no_message});
    BOOST_TEST(people.exit_code == 1);
    BOOST_TEST(people.out.starts_with("rejected: HTTP 404 from "));
    BOOST_TEST(people.out.ends_with("check the SID: the account has no such message or media, or not any more\n"));
    auto const json = run({"delete", no_message, "--json"});
    BOOST_TEST(json.exit_code == 1);
    BOOST_TEST(json_member(json.out, "fate") == "\"rejected\"");
    BOOST_TEST(json_member(json.out, "twilio_code") == "20404");
}

BOOST_AUTO_TEST_CASE(lists)
{
    std::vector<std::string> sids;
    for (int i = 0; i < 5; ++i)
        sids.push_back(send());
    auto const all = run({"list", "--json", "--page-size", "2"});
    BOOST_TEST(all.exit_code == 0);
    BOOST_TEST(lines_of(all.out) == 5u);
    BOOST_TEST(json_member(all.out.substr(0, all.out.find('\n')), "sid") == '"' + sids[4] + '"'); // the newest first
    BOOST_TEST(lines_of(run({"list", "--limit", "3"}).out) == 3u);
    BOOST_TEST(run({"list", "--limit", "0"}).out == "");
    BOOST_TEST(lines_of(run({"list", "--to", recipient, "--from", sender}).out) == 5u);
    BOOST_TEST(run({"list", "--to", "+15551230001"}).out == "");
    BOOST_TEST(run({"list", "--from", "+15551230001"}).out == "");
    BOOST_TEST(run({"list", "--sent-on", "2001-01-01"}).out == "");
    BOOST_TEST(run({"list", "--sent-before", "2001-01-01"}).out == "");
    BOOST_TEST(run({"list", "--sent-after", "2999-01-01T00:00:00Z"}).out == "");
    BOOST_TEST(lines_of(run({"list", "--sent-after", "2001-01-01", "--sent-before", "2999-01-01"}).out) == 5u);
    auto const people = run({"list", "--limit", "1"});
    BOOST_TEST(people.out.starts_with(sids[4] + ' '));
    BOOST_TEST(people.out.ends_with(" " + sender + " > " + recipient + " hello\n"));
}

BOOST_AUTO_TEST_CASE(a_list_that_breaks_off)
{
    auto o = quick();
    o.list_script[""] = {std::nullopt, simulated_list_fault::forbidden};
    local_twilio other(o);
    for (int i = 0; i < 3; ++i)
        run_tool({"send", "--to", recipient, "--text", "hello"}, other.variables());
    auto const end = run_tool({"messages", "list", "--page-size", "2", "--json"}, other.variables());
    BOOST_TEST(end.exit_code == 1);
    BOOST_TEST(lines_of(end.out) == 3u); // two messages, and what went wrong
    BOOST_TEST(json_member(end.out.substr(end.out.rfind('\n', end.out.size() - 2) + 1), "condition") == "\"account\"");
}

BOOST_AUTO_TEST_CASE(changes)
{
    auto const sid = send();
    auto const redacted = run({"redact", sid, "--json"});
    BOOST_TEST(redacted.exit_code == 0);
    BOOST_TEST(json_member(redacted.out, "text") == "\"\"");
    auto const cancelled = run({"cancel", sid});
    BOOST_TEST(cancelled.exit_code == 1);
    BOOST_TEST(cancelled.out.ends_with("only a message that is still scheduled can be cancelled\n"));
    BOOST_TEST(run({"feedback", sid, "--outcome", "confirmed"}).out == "confirmed: " + sid + '\n');
    BOOST_TEST(twilio->messages().at(0).feedback == "confirmed");
    auto const told = run({"feedback", sid, "--outcome", "unconfirmed", "--json"});
    BOOST_TEST(told.out == R"({"sid":")" + sid + R"(","done":"unconfirmed"})" + '\n');
    BOOST_TEST(run({"delete", sid}).out == "deleted: " + sid + '\n');
    BOOST_TEST(twilio->messages().at(0).deleted);
}

BOOST_AUTO_TEST_CASE(media)
{
    auto const sid = send({"--media", "https://example.com/a.png", "--media", "https://example.com/b.gif"});
    auto const all = run({"media", sid});
    BOOST_TEST(all.exit_code == 0);
    BOOST_TEST(lines_of(all.out) == 2u);
    BOOST_TEST(all.out.ends_with(" image/gif\n"));
    auto const media_sid = all.out.substr(0, 34);
    auto const one = run({"media", sid, "--fetch", media_sid, "--json"});
    BOOST_TEST(json_member(one.out, "content_type") == "\"image/png\"");
    BOOST_TEST(json_member(one.out, "message_sid") == '"' + sid + '"');
    BOOST_TEST(run({"media", sid, "--delete", media_sid}).out == "deleted: " + media_sid + '\n');
    BOOST_TEST(lines_of(run({"media", sid}).out) == 1u);
    BOOST_TEST(run({"media", sid, "--fetch", media_sid}).exit_code == 1);
}

BOOST_AUTO_TEST_CASE(wrong_use)
{
    struct row {
        std::vector<std::string> arguments;
        std::string says;
    };
    row const rows[] = {
        {{}, "A subcommand is required"},
        {{"fetch"}, "SID is required"},
        {{"fetch", "SM1"}, "sid: is not SM or MM and 32 hex digits; give the SID of a message, as in its receipt"},
        {{"media", no_message, "--fetch", "ME1"}, "media_sid: is not ME and 32 hex digits"},
        {{"media", no_message, "--fetch", ""}, "is empty; give a SID"},
        {{"media", no_message, "--fetch", "a", "--delete", "b"}, "--fetch excludes --delete"},
        {{"feedback", no_message}, "--outcome is required"},
        {{"feedback", no_message, "--outcome", "perhaps"}, "--outcome"},
        {{"list", "--sent-on", "yesterday"}, "--sent-on: is not a day; write it as YYYY-MM-DD"},
        {{"list", "--sent-after", "2026-13-01"}, "--sent-after: is not a day or a time; write it as YYYY-MM-DD or "},
        {{"list", "--limit", "-1"}, "--limit"},
        {{"list", "--page-size", "1001"}, "--page-size"},
        {{"lst"}, "unknown command lst; did you mean list?"},
        {{"fetch", no_message, "--form", "x"}, "unknown option --form"},
        {{"fetch", no_message, "--from", "x"}, "unknown option --from"}, // nothing is sent
    };
    for (auto const& r : rows)
        BOOST_TEST_CONTEXT(r.says)
        {
            auto const end = run(r.arguments);
            BOOST_TEST(end.exit_code == 2);
            BOOST_TEST(end.out == "");
            BOOST_TEST(end.err.starts_with("error: "));
            BOOST_TEST(end.err.find(r.says) != end.err.npos, end.err);
        }
    BOOST_TEST(twilio->summary().requests == 0u);
}

BOOST_AUTO_TEST_CASE(no_sender_is_needed)
{
    auto variables = twilio.variables();
    std::erase_if(variables, [](auto const& v) { return v.starts_with("TWILIO_FROM_NUMBER="); });
    BOOST_TEST(run_tool({"messages", "list"}, variables).exit_code == 0);
    variables.push_back("TWILIO_MESSAGE_SERVICE_SID=MG0123456789abcdef0123456789abcdef");
    BOOST_TEST(run_tool({"messages", "list"}, variables).exit_code == 0);
}

BOOST_AUTO_TEST_CASE(an_interrupt_ends_it)
{
    auto o = quick();
    o.latency = std::chrono::seconds(60);
    local_twilio slow(o);
    running_tool tool({"messages", "delete", no_message, "--json", "--log-level", "debug"}, slow.variables());
    tool.wait_for_error_text("connection opened");
    tool.signal(SIGINT);
    auto const end = tool.wait();
    BOOST_TEST(end.exit_code == 130);
    BOOST_TEST(json_member(end.out, "condition") == "\"cancelled\"");
}

BOOST_AUTO_TEST_CASE(helps)
{
    for (std::string const name : {"", "fetch", "list", "cancel", "redact", "delete", "media", "feedback"}) {
        auto const end = name.empty() ? run({"--help"}) : run({name, "--help"});
        BOOST_TEST(end.exit_code == 0);
        BOOST_TEST(end.out.find("Example:\n  twilio-sms messages " + name) != end.out.npos, end.out);
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(message_texts)

BOOST_AUTO_TEST_CASE(nothing_of_a_text_reaches_a_terminal_as_a_command)
{
    message m;
    m.sid = no_message;
    m.text = "two\nlines\x1b[31m\x7f\u009b1m\u202eX\u2066\u00e9";
    m.from = "MG\r1";
    BOOST_TEST(cli::message_sheet(m) ==
               "sid       " + no_message + "\nfrom      MG 1\nsegments  0\ntext      two lines [31m  1m X \u00e9\n");
    BOOST_TEST(lines_of(cli::message_line(m)) == 1u);
    BOOST_TEST(cli::message_line(m).ends_with(" two lines [31m  1m X \u00e9\n"));
    BOOST_TEST(lines_of(cli::message_json(m)) == 1u);
    media_item item;
    item.content_type = "a\nb";
    BOOST_TEST(lines_of(cli::media_line(item)) == 1u);
}

BOOST_AUTO_TEST_CASE(moments)
{
    using namespace std::chrono;
    auto const day = sys_days(year(2024) / 2 / 29);
    BOOST_TEST((cli::parse_day("2024-02-29") == day));
    BOOST_TEST((cli::parse_moment("2024-02-29", cli::day_edge::begin) == sys_seconds(day)));
    BOOST_TEST((cli::parse_moment("2024-02-29", cli::day_edge::end) == sys_seconds(day) + 86399s));
    BOOST_TEST((cli::parse_moment("2024-02-29T01:02:03Z", cli::day_edge::end) == sys_seconds(day) + 3723s));
    for (auto const* text : {"", "2023-02-29", "2024-2-29", "29.2.2024", "2024-02-29T01:02:03Z", "2024-02-29 "})
        BOOST_CHECK_THROW(cli::parse_day(text), std::invalid_argument);
    for (auto const* text : {"", "now", "2024-02-29T01:02:03", "2024-02-29T25:02:03Z"})
        BOOST_CHECK_THROW(cli::parse_moment(text, cli::day_edge::begin), std::invalid_argument);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
