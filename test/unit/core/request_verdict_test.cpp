#include "core/request_verdict.hpp"
#include "core/retry.hpp"
#include "support.hpp"

using namespace twilio_sms;
using namespace twilio_sms::detail;
using twilio_sms::test::names;

namespace {

attempt_end reply(int status, int code = 0, bool readable = false)
{
    attempt_end end;
    end.request = handover::whole;
    end.http_status = status;
    end.twilio_code = code;
    end.has_sid = readable;
    return end;
}

attempt_end broken(breakdown why, handover request = handover::whole)
{
    attempt_end end;
    end.why = why;
    end.request = request;
    return end;
}

std::string text_of(verdict const& v)
{
    return std::string(to_string(v.fate)) + " " + names(v.conditions);
}

// As message_requests asks: is it made again?
bool repeated(attempt_end const& end, request_effect effect)
{
    retry_policy policy;
    policy.repeat_unknown = true;
    finished_attempt attempt;
    attempt.end = end;
    attempt.what = judge_request(end, effect);
    attempt.time_left = std::chrono::minutes(1);
    return after_attempt(policy, attempt, 0.5).what == next_step::kind::repeat;
}

} // namespace

BOOST_AUTO_TEST_SUITE(request_verdicts)

BOOST_AUTO_TEST_CASE(what_the_end_of_a_request_means)
{
    struct row {
        attempt_end end;
        std::string asks, changes;
        bool repeated;
    };
    row const rows[] = {
        {reply(200, 0, true), "accepted ", "accepted ", false},
        {reply(204, 0, true), "accepted ", "accepted ", false},
        {reply(200), "not_sent retryable", "unknown retryable", true}, // not what was asked for
        {reply(302), "rejected configuration", "rejected configuration", false},
        {reply(400, 21481), "rejected ", "rejected ", false},
        {reply(400, 30400), "rejected ", "rejected ", false},
        {reply(401, 20003), "not_sent account", "not_sent account", false},
        {reply(403, 20008), "not_sent account", "not_sent account", false},
        {reply(404, 20404), "rejected ", "rejected ", false}, // the account is there: it could log in
        {reply(404, 30404), "rejected ", "rejected ", false},
        {reply(400, 30404), "rejected ", "rejected ", false},
        {reply(404), "rejected configuration", "rejected configuration", false}, // not Twilio's API
        {reply(407), "not_sent configuration", "not_sent configuration", false},
        {reply(408), "not_sent retryable|timeout", "unknown retryable|timeout", true},
        {reply(409, 20009), "rejected retryable", "rejected retryable", false}, // in a minute, not now
        {reply(400, 20009), "rejected retryable", "rejected retryable", false},
        {reply(409, 30409), "rejected ", "rejected ", false},
        {reply(400, 30409), "rejected ", "rejected ", false},
        {reply(409, 20409), "not_sent retryable", "not_sent retryable", true},
        {reply(429, 20429), "not_sent retryable|throttled", "not_sent retryable|throttled", true},
        {reply(429), "not_sent retryable|throttled", "not_sent retryable|throttled", true},
        {reply(500, 20500), "not_sent retryable", "unknown retryable", true},
        {reply(503), "not_sent retryable", "unknown retryable", true},
        {broken(breakdown::connection_lost), "not_sent retryable", "unknown retryable", true},
        {broken(breakdown::connection_lost, handover::nothing), "not_sent retryable", "not_sent retryable", true},
        {broken(breakdown::response_timeout), "not_sent retryable|timeout", "unknown retryable|timeout", true},
        {broken(breakdown::connect, handover::nothing), "not_sent retryable", "not_sent retryable", true},
        {broken(breakdown::certificate, handover::nothing), "not_sent configuration", "not_sent configuration", false},
        {broken(breakdown::reply_too_large), "not_sent ", "unknown ", false},
        {broken(breakdown::deadline), "not_sent retryable|timeout", "unknown retryable|timeout", false},
        {broken(breakdown::cancelled), "not_sent cancelled", "unknown cancelled", false},
        {broken(breakdown::closed, handover::nothing), "not_sent cancelled", "not_sent cancelled", false},
    };
    for (auto const& r : rows)
        BOOST_TEST_CONTEXT(r.end.http_status << '/' << r.end.twilio_code << " " << static_cast<int>(r.end.why))
        {
            BOOST_TEST(text_of(judge_request(r.end, request_effect::asks)) == r.asks);
            BOOST_TEST(text_of(judge_request(r.end, request_effect::changes)) == r.changes);
            BOOST_TEST(repeated(r.end, request_effect::asks) == r.repeated);
            BOOST_TEST(repeated(r.end, request_effect::changes) == r.repeated);
            BOOST_TEST(text_of(judge_request(r.end, request_effect::sends)) == text_of(judge(r.end)));
        }
}

BOOST_AUTO_TEST_CASE(what_is_absent)
{
    BOOST_TEST(says_absent(reply(404, 20404)));
    BOOST_TEST(says_absent(reply(404, 30404)));
    BOOST_TEST(says_absent(reply(400, 30404)));
    BOOST_TEST(!says_absent(reply(404))); // something else than Twilio's API
    BOOST_TEST(!says_absent(reply(400, 20404)));
    BOOST_TEST(!says_absent(reply(200, 30404)));
    auto early = reply(404, 20404);
    early.request = handover::some;
    BOOST_TEST(!says_absent(early)); // not the answer to this request
}

BOOST_AUTO_TEST_SUITE_END()
