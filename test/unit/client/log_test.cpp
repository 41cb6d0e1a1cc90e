#include "client/log_lines.hpp"
#include "support.hpp"
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <sstream>
#include <thread>
#include <twilio_sms/log.hpp>
#include <twilio_sms/receipt.hpp>

using namespace twilio_sms;
using namespace std::literals;

namespace {

constexpr auto masked = "+15*******10";

receipt a_receipt()
{
    receipt r;
    r.sid = "SM0123456789abcdef0123456789abcdef";
    r.status = "queued";
    return r;
}

failure a_failure()
{
    failure f;
    f.code = error_code(21611, twilio_category());
    f.fate = fate::not_sent;
    f.conditions = condition::queue_full;
    f.twilio_code = 21611;
    f.http_status = 429;
    f.attempts = 2;
    f.message = "HTTP 429 from \"api\": queue full";
    f.request_id = "RQ1";
    return f;
}

failure invalid()
{
    failure f;
    f.code = errc::invalid_recipient;
    f.fate = fate::rejected;
    f.message = "bad number";
    return f;
}

// One of every kind, in the order of `observer`.
void tell_everything(observer& o)
{
    auto const accepted = a_receipt();
    auto const failed = a_failure();
    auto const refused = invalid();
    auto unknown = a_failure();
    unknown.fate = fate::unknown;
    o.on_initialized({"api.twilio.com", "+15*******06"});
    o.on_media_dropped({masked, 2, "it has no host"});
    o.on_attempt({masked, 1, 4, true});
    o.on_attempt_failed({masked, 1, 4, failed, true, false, 1500ms});
    o.on_attempt_failed({masked, 4, 4, failed, false, false, 0ms});
    o.on_attempt_failed({masked, 2, 4, failed, false, true, 0ms});
    o.on_resolve({masked, fate::accepted, accepted.sid, "", false, 45s});
    o.on_resolve({masked, fate::unknown, "", "the list cannot tell", false, 46s});
    o.on_resolve({masked, fate::not_sent, "", "", true, 47s});
    o.on_throttle({22});
    o.on_outcome({masked, &accepted, nullptr, 2, 1234567us});
    o.on_outcome({masked, nullptr, &failed, 2, 2s});
    o.on_outcome({"x", nullptr, &refused, 0, 0s});
    o.on_outcome({masked, nullptr, &unknown, 1, 31s});
    o.on_connection({connection_event::kind::opened, "", 3, 0});
    o.on_connection({connection_event::kind::closed, "idle", 2, 1});
}

std::vector<std::string> lines_of(std::string const& text)
{
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return lines;
}

std::vector<std::string> names_at(log_level level)
{
    std::vector<std::string> names;
    auto const o = make_log_observer(level, [&](log_event const& e) { names.emplace_back(e.name); });
    tell_everything(*o);
    return names;
}

void check_lines(std::vector<std::string> const& got, std::vector<std::string> const& want)
{
    BOOST_TEST(got == want, boost::test_tools::per_element());
}

} // namespace

BOOST_AUTO_TEST_SUITE(logs)

BOOST_AUTO_TEST_CASE(text_lines)
{
    std::ostringstream out;
    tell_everything(*make_log_observer(log_level::debug, text_sink(out)));
    check_lines(
        lines_of(out.str()),
        {
            "INFO initialized: provider ready host=api.twilio.com sender=+15*******06",
            "WARN media_dropped: media URL left out to=+15*******10 index=2 reason=\"it has no host\"",
            "DEBUG attempt: sending to=+15*******10 attempt=1 of=4 reused=true",
            "WARN attempt_failed: attempt failed to=+15*******10 attempt=1 of=4 fate=not_sent condition=queue_full "
            "code=21611 http_status=429 error=\"HTTP 429 from \\\"api\\\": queue full\" will_repeat=true "
            "will_ask=false "
            "delay_ms=1500 request_id=RQ1",
            "ERROR attempt_failed: attempt failed to=+15*******10 attempt=4 of=4 fate=not_sent condition=queue_full "
            "code=21611 http_status=429 error=\"HTTP 429 from \\\"api\\\": queue full\" will_repeat=false "
            "will_ask=false "
            "delay_ms=0 request_id=RQ1",
            "WARN attempt_failed: attempt failed to=+15*******10 attempt=2 of=4 fate=not_sent condition=queue_full "
            "code=21611 http_status=429 error=\"HTTP 429 from \\\"api\\\": queue full\" will_repeat=false "
            "will_ask=true "
            "delay_ms=0 request_id=RQ1",
            "INFO resolved: Twilio was asked about a message in doubt to=+15*******10 found=accepted "
            "sid=SM0123456789abcdef0123456789abcdef will_repeat=false elapsed_ms=45000",
            "WARN resolved: Twilio was asked about a message in doubt to=+15*******10 found=unknown "
            "why=\"the list cannot tell\" will_repeat=false elapsed_ms=46000",
            "INFO resolved: Twilio was asked about a message in doubt to=+15*******10 found=not_sent "
            "will_repeat=true elapsed_ms=47000",
            "WARN throttled: Twilio asked for fewer requests at once limit=22",
            "INFO sent: message sent to=+15*******10 sid=SM0123456789abcdef0123456789abcdef status=queued "
            "evidence=reply attempts=2 elapsed_ms=1234",
            "ERROR gave_up: message not sent to=+15*******10 fate=not_sent condition=queue_full code=21611 "
            "http_status=429 attempts=2 error=\"HTTP 429 from \\\"api\\\": queue full\" request_id=RQ1 "
            "elapsed_ms=2000",
            "ERROR gave_up: message rejected to=x fate=rejected code=0 http_status=0 attempts=0 "
            "error=\"bad number\" elapsed_ms=0",
            "ERROR gave_up: message may or may not have been sent to=+15*******10 fate=unknown condition=queue_full "
            "code=21611 http_status=429 attempts=1 error=\"HTTP 429 from \\\"api\\\": queue full\" request_id=RQ1 "
            "elapsed_ms=31000",
            "DEBUG connection_opened: connection opened open=3 waiting=0 resumed=false",
            "DEBUG connection_closed: connection closed reason=idle open=2 waiting=1",
        });
}

BOOST_AUTO_TEST_CASE(json_lines)
{
    std::vector<std::string> lines;
    auto const when = std::chrono::sys_days(std::chrono::year(2024) / 2 / 9) + 5h + 4min + 3s + 7ms;
    tell_everything(
        *make_log_observer(log_level::debug, [&](log_event const& e) { lines.push_back(detail::json_line(e, when)); }));
    auto const start = [](std::string_view level, std::string_view event, std::string_view text) {
        return R"({"time":"2024-02-09T05:04:03.007Z","level":")" + std::string(level) + R"(","event":")" +
               std::string(event) + R"(","text":")" + std::string(text) + R"(",)";
    };
    std::string const failed = R"("fate":"not_sent","condition":"queue_full","code":21611,"http_status":429,)";
    std::string const error = R"("error":"HTTP 429 from \"api\": queue full",)";
    check_lines(
        lines,
        {
            start("INFO", "initialized", "provider ready") + R"("host":"api.twilio.com","sender":"+15*******06"})",
            start("WARN", "media_dropped", "media URL left out") +
                R"("to":"+15*******10","index":2,"reason":"it has no host"})",
            start("DEBUG", "attempt", "sending") + R"("to":"+15*******10","attempt":1,"of":4,"reused":true})",
            start("WARN", "attempt_failed", "attempt failed") + R"("to":"+15*******10","attempt":1,"of":4,)" + failed +
                error + R"("will_repeat":true,"will_ask":false,"delay_ms":1500,"request_id":"RQ1"})",
            start("ERROR", "attempt_failed", "attempt failed") + R"("to":"+15*******10","attempt":4,"of":4,)" + failed +
                error + R"("will_repeat":false,"will_ask":false,"delay_ms":0,"request_id":"RQ1"})",
            start("WARN", "attempt_failed", "attempt failed") + R"("to":"+15*******10","attempt":2,"of":4,)" + failed +
                error + R"("will_repeat":false,"will_ask":true,"delay_ms":0,"request_id":"RQ1"})",
            start("INFO", "resolved", "Twilio was asked about a message in doubt") +
                R"("to":"+15*******10","found":"accepted","sid":"SM0123456789abcdef0123456789abcdef","why":"",)"
                R"("will_repeat":false,"elapsed_ms":45000})",
            start("WARN", "resolved", "Twilio was asked about a message in doubt") +
                R"("to":"+15*******10","found":"unknown","sid":"","why":"the list cannot tell",)"
                R"("will_repeat":false,"elapsed_ms":46000})",
            start("INFO", "resolved", "Twilio was asked about a message in doubt") +
                R"("to":"+15*******10","found":"not_sent","sid":"","why":"","will_repeat":true,"elapsed_ms":47000})",
            start("WARN", "throttled", "Twilio asked for fewer requests at once") + R"("limit":22})",
            start("INFO", "sent", "message sent") +
                R"("to":"+15*******10","sid":"SM0123456789abcdef0123456789abcdef","status":"queued",)"
                R"("evidence":"reply","attempts":2,"elapsed_ms":1234})",
            start("ERROR", "gave_up", "message not sent") + R"("to":"+15*******10",)" + failed + R"("attempts":2,)" +
                error + R"("request_id":"RQ1","elapsed_ms":2000})",
            start("ERROR", "gave_up", "message rejected") +
                R"("to":"x","fate":"rejected","condition":"","code":0,"http_status":0,"attempts":0,)"
                R"("error":"bad number","request_id":"","elapsed_ms":0})",
            start("ERROR", "gave_up", "message may or may not have been sent") +
                R"("to":"+15*******10","fate":"unknown","condition":"queue_full","code":21611,"http_status":429,)"
                R"("attempts":1,)" +
                error + R"("request_id":"RQ1","elapsed_ms":31000})",
            start("DEBUG", "connection_opened", "connection opened") + R"("open":3,"waiting":0,"resumed":false})",
            start("DEBUG", "connection_closed", "connection closed") + R"("reason":"idle","open":2,"waiting":1})",
        });
}

BOOST_AUTO_TEST_CASE(the_json_sink_writes_whole_lines_with_the_time)
{
    std::ostringstream out;
    tell_everything(*make_log_observer(log_level::debug, json_lines_sink(out)));
    auto const lines = lines_of(out.str());
    BOOST_TEST(lines.size() == 16u);
    for (auto const& line : lines) {
        auto const time = boost::json::parse(line).at("time").as_string();
        BOOST_TEST(time.size() == 24u);
        BOOST_TEST(time.ends_with("Z"));
        BOOST_TEST(time.starts_with("2"));
    }
}

BOOST_AUTO_TEST_CASE(levels)
{
    check_lines(names_at(log_level::error), {"attempt_failed", "gave_up", "gave_up", "gave_up"});
    check_lines(names_at(log_level::warn), {"media_dropped", "attempt_failed", "attempt_failed", "attempt_failed",
                                            "resolved", "throttled", "gave_up", "gave_up", "gave_up"});
    check_lines(names_at(log_level::info),
                {"initialized", "media_dropped", "attempt_failed", "attempt_failed", "attempt_failed", "resolved",
                 "resolved", "resolved", "throttled", "sent", "gave_up", "gave_up", "gave_up"});
    BOOST_TEST(names_at(log_level::debug).size() == 16u);
    BOOST_TEST(to_string(log_level::debug) == "DEBUG");
    BOOST_TEST(to_string(log_level::info) == "INFO");
    BOOST_TEST(to_string(log_level::warn) == "WARN");
    BOOST_TEST(to_string(log_level::error) == "ERROR");
}

BOOST_AUTO_TEST_CASE(a_failing_sink_stops_nothing)
{
    tell_everything(*make_log_observer(log_level::debug, [](log_event const&) { throw std::runtime_error("full"); }));
    tell_everything(*make_log_observer(log_level::debug, nullptr));
}

BOOST_AUTO_TEST_CASE(values_cannot_forge_lines_or_fields)
{
    log_field const fields[] = {
        {"a", "x\ny"sv}, {"b", "x=y"sv},         {"c", "\"q\""sv}, {"d", "caf\xc3\xa9"sv},
        {"e", "\xff"sv}, {"f", "back\\slash"sv}, {"g", ""sv},      {"h", "nul\0"sv},
    };
    log_event const event{log_level::info, "n", "t", fields};
    BOOST_TEST(detail::text_line(event) ==
               "INFO n: t a=\"x\\ny\" b=\"x=y\" c=\"\\\"q\\\"\" d=\"caf\xc3\xa9\" e=\"?\" f=\"back\\\\slash\" "
               "h=\"nul\\u0000\"");
    auto const json = boost::json::parse(detail::json_line(event, {}));
    BOOST_TEST(json.at("time").as_string() == "1970-01-01T00:00:00.000Z");
    BOOST_TEST(json.at("a").as_string() == "x\ny");
    BOOST_TEST(json.at("d").as_string() == "caf\xc3\xa9");
    BOOST_TEST(json.at("e").as_string() == "?");
    BOOST_TEST(json.at("g").as_string() == "");
    BOOST_TEST(json.at("h").as_string().size() == 4u);
}

BOOST_AUTO_TEST_CASE(lines_of_several_threads_stay_whole)
{
    std::ostringstream out;
    auto const sink = text_sink(out);
    auto const write = [sink] {
        for (int i = 0; i < 500; ++i)
            sink({log_level::info, "event", "a text of some length", {}});
    };
    {
        std::jthread const a(write), b(write);
    }
    auto const lines = lines_of(out.str());
    BOOST_TEST(lines.size() == 1000u);
    for (auto const& line : lines)
        if (line != "INFO event: a text of some length")
            BOOST_ERROR(line);
}

BOOST_AUTO_TEST_SUITE_END()
