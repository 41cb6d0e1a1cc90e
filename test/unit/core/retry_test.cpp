#include "core/retry.hpp"
#include "support.hpp"
#include <array>

using namespace twilio_sms;
using namespace twilio_sms::detail;
using namespace std::chrono_literals;

namespace {

constexpr auto just_below_one = 0.999999999999;

finished_attempt attempt(attempt_end const& end, int number = 1)
{
    finished_attempt a;
    a.end = end;
    a.what = judge(end);
    a.number = number;
    a.time_left = 120s;
    return a;
}

attempt_end answered(int status, int code = 0, bool has_sid = false)
{
    return {handover::whole, breakdown::none, status, code, has_sid};
}
attempt_end broken(breakdown why, handover request = handover::nothing)
{
    return {request, why};
}

char const* name_of(next_step::kind k)
{
    switch (k) {
    case next_step::kind::finish: return "finish";
    case next_step::kind::replace_connection: return "replace_connection";
    case next_step::kind::repeat: break;
    }
    return "repeat";
}

} // namespace

BOOST_AUTO_TEST_SUITE(retry)

// Every row of the design's "what is repeated", under both policies for an unknown outcome.
BOOST_AUTO_TEST_CASE(what_is_repeated)
{
    using enum next_step::kind;
    struct row {
        char const* name;
        attempt_end end;
        next_step::kind when_reported, when_repeated;
    };
    row const rows[] = {
        {"accepted", answered(201, 0, true), finish, finish},
        {"rejected", answered(400, 21211), finish, finish},
        {"rejected, may work later", answered(400, 21702), finish, finish},
        {"redirected", answered(307), finish, finish},
        {"429 with 20429", answered(429, 20429), repeat, repeat},
        {"429 without a code", answered(429), repeat, repeat},
        {"409", answered(409), repeat, repeat},
        {"429 queue full", answered(429, 21611), finish, finish},
        {"429 daily limit", answered(429, 63038), finish, finish},
        {"429 of an unknown code", answered(429, 99999), finish, finish},
        {"401", answered(401, 20003), finish, finish},
        {"403", answered(403), finish, finish},
        {"404 with 20404", answered(404, 20404), finish, finish},
        {"account not active", answered(400, 20005), finish, finish},
        {"account suspended", answered(403, 20403), finish, finish},
        {"407", answered(407), finish, finish},
        {"name look-up", broken(breakdown::name_lookup), repeat, repeat},
        {"connect", broken(breakdown::connect), repeat, repeat},
        {"connect time-out", broken(breakdown::connect_timeout), repeat, repeat},
        {"proxy refuses", broken(breakdown::proxy_refused), finish, finish},
        {"proxy fails", broken(breakdown::proxy_failed), repeat, repeat},
        {"TLS", broken(breakdown::tls), repeat, repeat},
        {"certificate", broken(breakdown::certificate), finish, finish},
        {"lost before the hand-over", broken(breakdown::connection_lost), repeat, repeat},
        {"cut in the only record", broken(breakdown::connection_lost, handover::incomplete_record), repeat, repeat},
        {"early reply, nothing out", broken(breakdown::early_reply), repeat, repeat},
        {"cut between records", broken(breakdown::connection_lost, handover::some), finish, repeat},
        {"lost after the hand-over", broken(breakdown::connection_lost, handover::whole), finish, repeat},
        {"silence", broken(breakdown::response_timeout, handover::whole), finish, repeat},
        {"unreadable reply", broken(breakdown::malformed_reply, handover::whole), finish, repeat},
        {"201 without a SID", answered(201), finish, repeat},
        {"500", answered(500), finish, repeat},
        {"503", answered(503, 20503), finish, repeat},
        {"408", answered(408), finish, repeat},
        {"deadline in the queue", broken(breakdown::deadline), finish, finish},
        {"deadline after the hand-over", broken(breakdown::deadline, handover::whole), finish, finish},
        {"queue time-out", broken(breakdown::queue_timeout), finish, finish},
        {"cancelled in the queue", broken(breakdown::cancelled), finish, finish},
        {"cancelled after the hand-over", broken(breakdown::cancelled, handover::whole), finish, finish},
        {"closed", broken(breakdown::closed), finish, finish},
    };
    for (auto const& row : rows) {
        BOOST_TEST_CONTEXT(row.name)
        {
            auto const reported = after_attempt({.repeat_unknown = false}, attempt(row.end), 0.5);
            BOOST_TEST(name_of(reported.what) == name_of(row.when_reported));
            auto const repeated = after_attempt({.repeat_unknown = true}, attempt(row.end), 0.5);
            BOOST_TEST(name_of(repeated.what) == name_of(row.when_repeated));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_kept_connection_found_dead_is_replaced)
{
    using enum next_step::kind;
    auto a = attempt(broken(breakdown::connection_lost));
    a.reused_connection = true;
    auto const step = after_attempt({.max_retries = 0}, a, 0.5);
    BOOST_TEST(name_of(step.what) == "replace_connection"); // not counted: it needs no retry
    BOOST_TEST(step.delay.count() == 0);

    a.end.request = handover::incomplete_record;
    a.what = judge(a.end);
    BOOST_TEST(name_of(after_attempt({.max_retries = 0}, a, 0.5).what) == "replace_connection");

    a.reused_connection = false; // a new connection that dies is a failed attempt
    BOOST_TEST(name_of(after_attempt({.max_retries = 0}, a, 0.5).what) == "finish");

    for (auto const request : {handover::some, handover::whole}) { // may have been acted upon
        auto b = attempt(broken(breakdown::connection_lost, request));
        b.reused_connection = true;
        BOOST_TEST(name_of(after_attempt({}, b, 0.5).what) == "finish");
    }
    auto c = attempt(broken(breakdown::early_reply)); // alive, but saying something strange
    c.reused_connection = true;
    BOOST_TEST(name_of(after_attempt({}, c, 0.5).what) == "repeat");
}

BOOST_AUTO_TEST_CASE(retries_are_counted_after_the_first_attempt)
{
    for (int max_retries : {0, 1, 3, 100}) {
        for (int number = 1; number <= 102; ++number) {
            auto const step = after_attempt({.max_retries = max_retries, .retry_delay = 1ms},
                                            attempt(answered(429, 20429), number), 0.5);
            auto const want = number <= max_retries ? next_step::kind::repeat : next_step::kind::finish;
            if (step.what != want)
                BOOST_ERROR("max_retries " << max_retries << ", attempt " << number << ": " << name_of(step.what));
        }
    }
}

BOOST_AUTO_TEST_CASE(backoff_doubles_from_the_base_to_the_cap)
{
    struct row {
        int nth;
        std::chrono::milliseconds base, ceiling;
    };
    row const rows[] = {
        {1, 1000ms, 1000ms}, {2, 1000ms, 2000ms}, {3, 1000ms, 4000ms}, {4, 1000ms, 8000ms}, {5, 1000ms, 16s},
        {6, 1000ms, 30s},    {7, 1000ms, 30s},    {100, 1000ms, 30s},  {1, 30s, 30s},       {1, 29'999ms, 29'999ms},
        {2, 29'999ms, 30s},  {1, 31s, 30s},       {1, 87'600h, 30s},   {9, 87'600h, 30s},   {1, 0ms, 0ms},
        {50, 0ms, 0ms},      {1, 50ms, 50ms},     {4, 50ms, 400ms},    {101, 1ms, 30s},     {15, 1ms, 16'384ms},
    };
    for (auto const& row : rows) {
        BOOST_TEST_CONTEXT("repeat " << row.nth << " from " << row.base.count() << " ms")
        {
            // Full jitter: from nothing to all of it.
            BOOST_TEST(backoff(row.nth, row.base, 0.0).count() == 0);
            BOOST_TEST(backoff(row.nth, row.base, 0.5).count() == duration(row.ceiling).count() / 2);
            auto const longest = backoff(row.nth, row.base, just_below_one);
            BOOST_TEST((longest <= row.ceiling));
            BOOST_TEST((longest >= row.ceiling - 1us));
        }
    }
}

BOOST_AUTO_TEST_CASE(the_delay_of_a_repeat)
{
    struct row {
        char const* name;
        int number;
        std::optional<duration> retry_after;
        duration time_left;
        next_step::kind what;
        duration delay;
    };
    using enum next_step::kind;
    row const rows[] = {
        {"first repeat", 1, {}, 120s, repeat, 500ms},
        {"second repeat", 2, {}, 120s, repeat, 1s},
        {"third repeat", 3, {}, 120s, repeat, 2s},
        {"Retry-After is longer", 1, 7s, 120s, repeat, 7s},
        {"Retry-After is shorter", 1, 100ms, 120s, repeat, 500ms},
        {"Retry-After is zero", 1, 0s, 120s, repeat, 500ms},
        {"Retry-After above the back-off's cap", 1, 60s, 120s, repeat, 60s},
        {"Retry-After after the deadline", 1, 120s, 120s, finish, 0s},
        {"back-off after the deadline", 3, {}, 1999ms, finish, 0s},
        {"back-off at the deadline", 3, {}, 2s, finish, 0s},
        {"back-off just before the deadline", 3, {}, 2001ms, repeat, 2s},
        {"no time left", 1, {}, 0s, finish, 0s},
        {"late already", 1, {}, -1s, finish, 0s},
    };
    for (auto const& row : rows) {
        BOOST_TEST_CONTEXT(row.name)
        {
            auto a = attempt(answered(429, 20429), row.number);
            a.retry_after = row.retry_after;
            a.time_left = row.time_left;
            auto const step = after_attempt({}, a, 0.5);
            BOOST_TEST(name_of(step.what) == name_of(row.what));
            BOOST_TEST(step.delay.count() == row.delay.count());
        }
    }
}

BOOST_AUTO_TEST_CASE(a_delay_of_zero_repeats_at_once)
{
    auto const step = after_attempt({.retry_delay = 0ms}, attempt(broken(breakdown::connect)), 0.5);
    BOOST_TEST(name_of(step.what) == "repeat");
    BOOST_TEST(step.delay.count() == 0);
}

BOOST_AUTO_TEST_SUITE_END()
