// Every mistake of a user: exact exit code, one clear line, nothing sent.
#include "local_twilio.hpp"
#include <algorithm>

namespace twilio_sms::test {
namespace {

using arguments = std::vector<std::string>;

environment const credentials{"TWILIO_ACCOUNT_SID=AC0123456789abcdef0123456789abcdef",
                              "TWILIO_AUTH_TOKEN=0123456789abcdef0123456789abcdef", "TWILIO_FROM_NUMBER=+15017122661",
                              "TWILIO_BASE_URL=http://127.0.0.1:9"};
std::string const service = "MG0123456789abcdef0123456789abcdef";

// A campaign file that would be sent, and places for others.
struct files {
    temporary_directory directory;
    std::string good = directory.write("good.csv", "to,name\n+15559990000,Ann\n");
    std::string results = directory.path("results.jsonl");

    arguments run(arguments const& more = {}) const { return run_file(good, more); }
    arguments run_file(std::string const& file, arguments const& more = {}) const
    {
        arguments all{"campaign", "run", file, "--text", "Hi {{name}}", "--results", results};
        all.insert(all.end(), more.begin(), more.end());
        return all;
    }
};

arguments send(arguments const& more)
{
    arguments all{"send", "--to", "+15559990000", "--text", "secret words"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
}

void check(int exit_code, arguments const& given, std::string const& expected_error,
           environment const& variables = credentials)
{
    auto const end = run_tool(given, variables);
    BOOST_TEST_CONTEXT(expected_error)
    {
        BOOST_TEST(end.exit_code == exit_code);
        BOOST_TEST(end.err == expected_error + '\n');
        BOOST_TEST(end.out == "");
    }
}

std::string see(std::string const& command)
{
    return "; see twilio-sms " + command + " --help";
}

} // namespace

BOOST_AUTO_TEST_SUITE(bad_input)

BOOST_AUTO_TEST_CASE(command_lines)
{
    files const f;
    struct {
        arguments given;
        std::string error;
    } const table[] = {
        {{}, "error: A subcommand is required; see twilio-sms --help"},
        {{"sned"}, "error: unknown command sned; did you mean send?; see twilio-sms --help"},
        {{"--config", "x", "doctor"},
         "error: --config must come after the command: twilio-sms doctor --config" + see("doctor")},
        {{"campaign", "--text=x", "run", "y"},
         "error: --text must come after the command: twilio-sms campaign run --text" + see("campaign run")},
        {{"campaign"}, "error: A subcommand is required" + see("campaign")},
        {{"campaign", "rum"}, "error: unknown command rum; did you mean run?" + see("campaign")},
        {{"send", "--text", "x"}, "error: --to is required" + see("send")},
        {{"send", "--too", "+15559990000", "--text", "secret words"},
         "error: unknown option --too; did you mean --to?" + see("send")},
        {{"send", "--to", "+15559990000", "--text=x", "--frm=+15559990000"},
         "error: unknown option --frm; did you mean --from?" + see("send")},
        {{"send", "--to", "+15559990000", "--text", "two", "words"},
         "error: one argument too many; a text with blanks needs quotes" + see("send")},
        {send({"--auth-token", "0123"}), "error: unknown option --auth-token" + see("send")},
        {{"send", "--to", "+15559990000"}, "error: --text is empty and there is no --media: there is nothing to send"},
        {{"send", "--to", "+15559990000", "--text", ""},
         "error: --text is empty and there is no --media: there is nothing to send"},
        {send({"--retry-delay", "50"}),
         "error: --retry-delay: the number has no unit; write it like 50ms, 2s, 1m or 1h" + see("send")},
        {send({"--total-timeout", "soon"}), "error: --total-timeout: not a duration; write a whole number and a unit, "
                                            "like 50ms, 2s, 1m or 1h" +
                                                see("send")},
        {send({"--max-retries", "many"}), "error: Could not convert: --max-retries = many" + see("send")},
        {send({"--max-connections", "-1"}), "error: --max-connections: Value -1 not in range 1 to 10000" + see("send")},
        {send({"--max-retries", ""}), "error: --max-retries: is empty; give a number" + see("send")},
        {send({"--max-connections", ""}), "error: --max-connections: is empty; give a number" + see("send")},
        {f.run({"--max-in-flight", ""}), "error: --max-in-flight: is empty; give a number" + see("campaign run")},
        {f.run({"--rate", ""}), "error: --rate: must be a number above 0" + see("campaign run")},
        {{"simulate", "--concurrency", "-1"},
         "error: --concurrency: must be a whole number, 0 or more" + see("simulate")},
        {{"simulate", "--concurrency", ""},
         "error: --concurrency: must be a whole number, 0 or more" + see("simulate")},
        {{"simulate", "--latency", ""}, "error: --latency: is empty; give a time like 100ms" + see("simulate")},
        {{"simulate", "--list-lag", ""}, "error: --list-lag: is empty; give a time like 2s" + see("simulate")},
        {{"simulate", "--list-fault", "reset_after=1"},
         "error: --list-fault: 'reset_after=1' is not NAME=PROBABILITY with a name that --help lists, such as "
         "forbidden=0.01"},
        {{"simulate", "--listen", "0.0.0.0:0"},
         "error: --listen: '0.0.0.0' is not a loopback address, and the simulator shows all messages to anybody; use "
         "127.0.0.1 or ::1"},
        {{"simulate", "--fault", "conflict=2"}, "error: --fault: 'conflict=2' has no probability from 0 to 1"},
        {{"simulate", "--seed", "-7"}, "error: --seed: must be a whole number, 0 or more" + see("simulate")},
        {{"simulate", "--seed", ""}, "error: --seed: must be a whole number, 0 or more" + see("simulate")},
        {send({"--when-unknown", "hope"}),
         "error: --when-unknown: hope not in {resolve_then_retry,report,retry}" + see("send")},
        {send({"--log-level", "loud"}), "error: --log-level: loud not in {off,debug,info,warn,error}" + see("send")},
        {{"campaign", "run", "--text", "x"}, "error: FILE is required" + see("campaign run")},
        {f.run({"--rate", "0"}), "error: --rate: must be a number above 0" + see("campaign run")},
        {f.run({"--rate", "nan"}), "error: --rate: must be a number above 0" + see("campaign run")},
        {f.run({"--rate", "fast"}), "error: --rate: must be a number above 0" + see("campaign run")},
        {f.run({"--max-in-flight", "0"}),
         "error: --max-in-flight: Value 0 not in range 1 to 10000" + see("campaign run")},
        {{"campaign", "run", f.good, "--text", "x"},
         "error: --results is required: name the file that takes the outcome of every row"},
    };
    for (auto const& t : table)
        check(2, t.given, t.error);
}

BOOST_AUTO_TEST_CASE(configuration)
{
    files const f;
    auto const without = [](std::string const& name) {
        auto rest = credentials;
        std::erase_if(rest, [&](std::string const& v) { return v.starts_with(name + '='); });
        return rest;
    };
    auto const missing = f.directory.path("missing");

    std::string const senders = " (they are also TWILIO_FROM_NUMBER and TWILIO_MESSAGE_SERVICE_SID)";
    check(
        2, send({}),
        "error: --account-sid: is not set; set TWILIO_ACCOUNT_SID, or copy the Account SID from console.twilio.com\n"
        "error: --auth-token-file: is not set; set TWILIO_AUTH_TOKEN, or copy the Auth Token from console.twilio.com\n"
        "error: --from: is not set, and neither is --messaging-service-sid; set one of the two" +
            senders,
        {});
    check(2, f.run(),
          "error: --auth-token-file: is not set; set TWILIO_AUTH_TOKEN, or copy the Auth Token from "
          "console.twilio.com",
          without("TWILIO_AUTH_TOKEN"));
    for (auto const& given : {send({"--from", "+15017122661", "--messaging-service-sid", service}),
                              f.run({"--from", "+15017122661", "--messaging-service-sid", service})})
        check(2, given,
              "error: --from: is set together with --messaging-service-sid; set only one of the two" + senders);
    check(2, send({"--base-url", "http://example.com"}),
          "error: --base-url: is http:// to another machine, which shows the credentials to the network; use https://, "
          "or set --allow-insecure-http if that is what you want");
    check(2, send({"--max-retries", "-1"}), "error: --max-retries: is -1; set 0 (never repeat) to 100");
    check(2, send({"--connect-timeout", "0s"}),
          "error: --connect-timeout: is zero or negative; set 1 ms or more; 1000 h is practically no limit");
    check(2, send({"--auth-token-file", missing}),
          "error: --auth-token-file: " + missing + " cannot be read: No such file or directory");
    check(2, send({"--auth-token-file", "/dev/zero"}),
          "error: --auth-token-file: /dev/zero cannot be read: too large for a secret");
    auto const empty = f.directory.write("empty", "\n");
    check(2, send({"--auth-token-file", empty}),
          "error: --auth-token-file: " + empty + " is empty; put the auth token into it");
    std::string const key = "SK0123456789abcdef0123456789abcdef";
    check(2, send({"--api-secret-file", missing}),
          "error: --api-secret-file: " + missing + " cannot be read: No such file or directory");
    check(2, send({"--api-secret-file", empty}),
          "error: --api-secret-file: " + empty + " is empty; put the secret of the API key into it");
    check(
        2, send({"--api-key", key}),
        "error: --api-secret-file: is not set, but --api-key is; set the secret that was shown when the key was made, "
        "or make a new key");
    auto const secret = f.directory.write("secret", "fedcba\n");
    check(2, send({"--api-secret-file", secret}),
          "error: --api-key: is not set, but --api-secret-file is; copy the SID of the API key (SK and 32 hex digits) "
          "from console.twilio.com");
    auto both = credentials;
    both.push_back("TWILIO_API_KEY=" + key);
    both.push_back("TWILIO_API_SECRET=a-secret-of-an-api-key");
    check(2, send({}),
          "error: --auth-token-file: is set together with an API key; set only one of the two: --auth-token-file, or "
          "--api-key with --api-secret-file (they are also TWILIO_AUTH_TOKEN and TWILIO_API_KEY)",
          both);
    check(2, send({"--subaccount-sid", key}),
          "error: --subaccount-sid: is not AC and 32 hex digits; copy the SID of the subaccount from "
          "console.twilio.com, or leave it empty");
    check(2, send({"--region", "au1"}),
          "error: --region: is set, but --base-url is not a host of Twilio's; leave it empty, or write --base-url like "
          "https://api.twilio.com");
    check(2, send({"--edge", "sydney."}),
          "error: --edge: holds other characters than letters, digits and -; write it like sydney");
    check(2, send({"--proxy", "http://user:hunter2@proxy.example:3128"}),
          "error: --proxy: holds a user name and password, which other users of this machine could read; put the URL "
          "into the variable HTTPS_PROXY" +
              see("send"));
    check(2, send({"--proxy", "socks5://proxy.example"}),
          "error: --proxy: has a scheme other than http; write it like http://user:password@host:port, with %40 for @ "
          "in a password");
    check(
        2, send({"--proxy", "proxy.example:3128"}),
        "error: --proxy: is set, but --base-url is http://, and proxies are for https:// only; leave it empty, or put "
        "the host into --no-proxy");
    auto const no_certificate = f.directory.write("ca.pem", "no certificate\n");
    auto const end = run_tool(send({"--base-url", "https://127.0.0.1:9", "--ca-file", no_certificate}), credentials);
    BOOST_TEST(end.exit_code == 2);
    BOOST_TEST(end.err.starts_with("error: --ca-file: "));
    BOOST_TEST(std::ranges::count(end.err, '\n') == 1);
}

BOOST_AUTO_TEST_CASE(campaign_files)
{
    files const f;
    auto const write = [&f](std::string const& content) { return f.directory.write("bad.csv", content); };
    auto const bad = f.directory.path("bad.csv"), missing = f.directory.path("missing.csv");
    std::string const binary("\x7F"
                             "ELF\0\0\n",
                             7);

    check(2, f.run_file(missing), "error: " + missing + ": cannot be read: No such file or directory");
    check(2, f.run_file("/"), "error: /: cannot be read: Is a directory");
    check(2, f.run_file("/dev/null"), "error: /dev/null: the file is read twice, so it must be a regular file");
    struct {
        std::string content, error;
    } const table[] = {
        {"", ": the file is empty; its first line must name the columns"},
        {binary, ":1: header: binary data (a NUL byte); save the file as CSV text in UTF-8"},
        {"+15559990000,Ann\n", ":1: header: no header: the first line must name the columns, but it holds a phone "
                               "number"},
        {"to,name,name\n", ":1: header: two columns have the name \"name\""},
        {"to,name\n+15559990000,Ann,x\n", ":2: row 1: 3 fields where the header has 2"},
        {"to,name\n+15559990000,\n", ":2: row 1, column \"name\": empty, and the text needs it"},
        {"to,name\n+15559990000,\"Ann\n",
         ":2: row 1, column \"name\": a quoted field does not end; a closing quote is missing"},
        {"to,name\n+15559990000," + std::string(1600, 'n') + "\n",
         ":2: row 1: the text has 1603 characters; Twilio takes 1600"},
    };
    for (auto const& t : table)
        check(2, f.run_file(write(t.content)), "error: " + bad + t.error);

    check(2, f.run_file(write("who,name\n")),
          "error: no column is called to, phone, number or mobile; name the one with the numbers with --to-column; "
          "the columns are: who, name");
    check(2, f.run({"--to-column", "cell"}),
          "error: --to-column: no column is called \"cell\"; the columns are: to, name");
    check(2, f.run_file(write("to,nam\n")),
          "error: template: no column is called \"name\" at character 4; the columns are: to, nam");

    check(2, f.run_file(write("to;name\n+15559990000;Ann\n")),
          "error: no column is called to, phone, number or mobile; name the one with the numbers with --to-column; "
          "the columns are: to;name; fields must be separated by commas");
    check(2, f.run_file("-"), "error: -: the file is read twice, so it must be a regular file");
    check(2, f.run_file(write("1/555/999/0000,Ann\n")),
          "error: no column is called to, phone, number or mobile; name the one with the numbers with --to-column; "
          "the columns are: 1/5**/***/**00, Ann");

    std::string many = "to,name\n", errors;
    for (int i = 1; i <= 25; ++i) {
        many += "+1555867531" + std::to_string(i) + ",\n";
        if (i <= 20)
            errors += "error: " + bad + ':' + std::to_string(i + 1) + ": row " + std::to_string(i) +
                      ", column \"name\": empty, and the text needs it\n";
    }
    check(2, f.run_file(write(many)), errors + "error: and 5 more rows with problems");
    BOOST_TEST(!std::filesystem::exists(f.results));
}

BOOST_AUTO_TEST_CASE(media)
{
    files const f;
    check(2, f.run({"--invalid-media", "reject", "--media", "ftp://example.com/secret"}),
          "error: --media: URL 1 cannot be used: the scheme is not http or https");
    check(2, {"campaign", "run", f.good, "--media", "foo", "--results", f.results},
          "error: --media: URL 1 cannot be used: it is not an absolute URL; without --text there is nothing to send");
    BOOST_TEST(!std::filesystem::exists(f.results));
    arguments eleven;
    for (int i = 0; i < 11; ++i)
        eleven.insert(eleven.end(), {"--media", "https://example.com/a.png"});
    check(2, f.run(eleven), "error: --media: given 11 times; Twilio takes at most 10");
}

BOOST_AUTO_TEST_CASE(results_files)
{
    files const f;
    auto const results = [&f](std::string const& path) {
        return arguments{"campaign", "run", f.good, "--text", "x", "--results", path};
    };
    auto const old = f.directory.write("old", "precious\n"), nowhere = f.directory.path("no/such/file");
    check(2, results(old), "error: " + old + ": already holds results; give another name, or --overwrite to lose them");
    BOOST_TEST(read_file(old) == "precious\n");
    check(2, results(f.good), "error: " + f.good + ": is the input file; results need a file of their own");
    check(3, results(nowhere),
          "error: " + nowhere + ": cannot be written: No such file or directory; give --results another file name");
    check(3, results("/dev/full"), "error: /dev/full: cannot be written: No space left on device");
}

BOOST_AUTO_TEST_CASE(help_is_no_mistake)
{
    for (arguments const& command :
         {arguments{}, arguments{"send"}, arguments{"campaign"}, arguments{"campaign", "run"}, arguments{"simulate"}}) {
        auto given = command;
        given.push_back("--help");
        auto const end = run_tool(given);
        BOOST_TEST(end.exit_code == 0);
        BOOST_TEST(end.err == "");
        BOOST_TEST(end.out.find("Example") != std::string::npos, end.out);
    }
    auto const version = run_tool({"--version"});
    BOOST_TEST(version.exit_code == 0);
    BOOST_TEST(version.out.starts_with("twilio-sms "));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
