// The promise: judge() against a table written from the design, not from the code.
#include "core/fate.hpp"
#include "support.hpp"
#include <array>
#include <optional>
#include <set>

using namespace twilio_sms;
using namespace twilio_sms::detail;
using twilio_sms::test::names;
using enum condition;

namespace {

constexpr std::array handovers{handover::nothing, handover::incomplete_record, handover::some, handover::whole};

struct breakdown_row {
    breakdown why;
    errc code;
    conditions helps;
};
constexpr std::array breakdowns{
    breakdown_row{breakdown::name_lookup, errc::name_lookup_failed, retryable},
    breakdown_row{breakdown::connect, errc::connect_failed, retryable},
    breakdown_row{breakdown::connect_timeout, errc::connect_timeout, timeout | retryable},
    breakdown_row{breakdown::proxy_refused, errc::proxy_refused, configuration},
    breakdown_row{breakdown::proxy_failed, errc::proxy_failed, retryable},
    breakdown_row{breakdown::tls, errc::tls_failed, retryable},
    breakdown_row{breakdown::certificate, errc::certificate_rejected, configuration},
    breakdown_row{breakdown::connection_lost, errc::connection_lost, retryable},
    breakdown_row{breakdown::response_timeout, errc::response_timeout, timeout | retryable},
    breakdown_row{breakdown::deadline, errc::deadline_exceeded, timeout | retryable},
    breakdown_row{breakdown::queue_timeout, errc::queue_timeout, timeout | retryable},
    breakdown_row{breakdown::malformed_reply, errc::malformed_reply, retryable},
    breakdown_row{breakdown::reply_too_large, errc::reply_too_large, retryable},
    breakdown_row{breakdown::early_reply, errc::early_reply, retryable},
    breakdown_row{breakdown::cancelled, errc::cancelled, cancelled},
    breakdown_row{breakdown::closed, errc::closed, cancelled},
};

// Only bytes that the peer can use make an outcome unknown.
fate fate_without_answer(handover request)
{
    return request == handover::nothing || request == handover::incomplete_record ? fate::not_sent : fate::unknown;
}

struct code_row {
    int code;
    conditions helps; // what the code means by itself
    bool account_level;
};
constexpr std::array codes{
    code_row{0, {}, false},
    code_row{20003, account, true},
    code_row{20005, account, true},
    code_row{20006, account, true},
    code_row{20008, account, true},
    code_row{20010, account, true},
    code_row{20403, account, true},
    code_row{20404, account, false},
    code_row{20429, throttled | retryable, false},
    code_row{20422, {}, false},
    code_row{20500, {}, false},
    code_row{21211, bad_recipient, false},
    code_row{21408, account, false},
    code_row{21606, configuration, false},
    code_row{21608, account | bad_recipient, false},
    code_row{21610, opted_out, false},
    code_row{21611, queue_full, false},
    code_row{21617, {}, false},
    code_row{21702, retryable, false},
    code_row{63038, daily_limit, false},
    code_row{99999, {}, false},
};

struct expectation {
    fate what;
    conditions helps;
    std::optional<errc> code; // none: Twilio's code, else the HTTP status
};

expectation expected(int status, code_row const& c, bool has_sid)
{
    if (status < 200 || status > 599)
        return {fate::unknown, retryable, errc::malformed_reply};
    switch (status) {
    case 401:
    case 403: return {fate::not_sent, account, {}};
    case 407: return {fate::not_sent, configuration, {}};
    case 408: return {fate::unknown, timeout | retryable, {}};
    case 409: return {fate::not_sent, retryable, {}};
    case 429:
        if (c.code == 0)
            return {fate::not_sent, throttled | retryable, {}};
        return {fate::not_sent, c.helps.empty() ? conditions(throttled) : c.helps, {}};
    default: break;
    }
    switch (status / 100) {
    case 2:
        if (has_sid)
            return {fate::accepted, {}, {}};
        return {fate::unknown, retryable, errc::malformed_reply};
    case 3: return {fate::rejected, configuration, errc::redirected};
    case 5: return {fate::unknown, retryable, {}};
    default: break;
    }
    if (status == 404 && c.code == 20404)
        return {fate::not_sent, account, {}};
    if (status == 404 && c.code == 0)
        return {fate::rejected, configuration, {}};
    if (c.account_level)
        return {fate::not_sent, account, {}};
    return {fate::rejected, c.helps, {}};
}

attempt_end answered(int status, int code = 0, bool has_sid = false)
{
    return {handover::whole, breakdown::none, status, code, has_sid};
}

template <class Visit>
void for_every_answer(Visit visit)
{
    for (int status = 99; status <= 600; ++status)
        for (auto const& code : codes)
            for (bool has_sid : {false, true})
                visit(status, code, has_sid);
}

} // namespace

BOOST_AUTO_TEST_SUITE(fate_of_an_attempt)

BOOST_AUTO_TEST_CASE(without_reply_every_handover_and_breakdown)
{
    for (auto const request : handovers) {
        for (auto const& row : breakdowns) {
            // What a broken reply seemed to say must not matter.
            for (auto const& noise :
                 {attempt_end{}, attempt_end{{}, {}, 201, 0, true}, attempt_end{{}, {}, 400, 21211}}) {
                auto end = noise;
                end.request = request;
                end.why = row.why;
                BOOST_TEST_CONTEXT("handover " << int(request) << ", breakdown " << int(row.why))
                {
                    auto const v = judge(end);
                    BOOST_TEST(to_string(v.fate) == to_string(fate_without_answer(request)));
                    BOOST_TEST(names(v.conditions) == names(row.helps));
                    BOOST_TEST(v.code == error_code(row.code));
                }
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(reply_before_the_request_was_out_is_no_answer)
{
    for (auto const request : {handover::nothing, handover::incomplete_record, handover::some}) {
        for_every_answer([&](int status, code_row const& code, bool has_sid) {
            auto const v = judge({request, breakdown::none, status, code.code, has_sid});
            if (v.fate != fate_without_answer(request) || v.code != errc::early_reply || v.conditions != retryable)
                BOOST_ERROR("handover " << int(request) << ", HTTP " << status << ", code " << code.code);
        });
    }
}

BOOST_AUTO_TEST_CASE(every_status_and_code)
{
    for_every_answer([](int status, code_row const& code, bool has_sid) {
        auto const want = expected(status, code, has_sid);
        auto const got = judge(answered(status, code.code, has_sid));
        error_code want_code;
        if (want.code)
            want_code = *want.code;
        else if (want.what != fate::accepted)
            want_code = code.code != 0 ? error_code(code.code, twilio_category()) : error_code(status, http_category());
        if (got.fate != want.what || got.conditions != want.helps || got.code != want_code)
            BOOST_ERROR("HTTP " << status << ", code " << code.code << ", SID " << has_sid << ": got "
                                << to_string(got.fate) << " [" << names(got.conditions) << "] " << got.code << ", want "
                                << to_string(want.what) << " [" << names(want.helps) << "] " << want_code);
    });
}

// The rows of the design's table, one by one and by name: a mistake shared by code and expectation would show here.
BOOST_AUTO_TEST_CASE(rows_of_the_design)
{
    struct row {
        char const* name;
        attempt_end end;
        fate what;
        conditions helps;
    };
    row const rows[] = {
        {"201 with a SID", answered(201, 0, true), fate::accepted, {}},
        {"200 with a SID", answered(200, 0, true), fate::accepted, {}},
        {"299 with a SID", answered(299, 0, true), fate::accepted, {}},
        {"199, not an answer", answered(199, 0, true), fate::unknown, retryable},
        {"201 without a SID", answered(201), fate::unknown, retryable},
        {"300", answered(300), fate::rejected, configuration},
        {"307 with a SID", answered(307, 0, true), fate::rejected, configuration},
        {"399", answered(399), fate::rejected, configuration},
        {"400 bad number", answered(400, 21211), fate::rejected, bad_recipient},
        {"400 opted out", answered(400, 21610), fate::rejected, opted_out},
        {"400 without a code", answered(400), fate::rejected, {}},
        {"400 account not active", answered(400, 20005), fate::not_sent, account},
        {"401", answered(401, 20003), fate::not_sent, account},
        {"402", answered(402), fate::rejected, {}},
        {"403", answered(403, 20403), fate::not_sent, account},
        {"403 of a proxy", answered(403), fate::not_sent, account},
        {"404 of Twilio", answered(404, 20404), fate::not_sent, account},
        {"404 of something else", answered(404), fate::rejected, configuration},
        {"404 messaging service", answered(404, 21701), fate::rejected, configuration},
        {"407", answered(407), fate::not_sent, configuration},
        {"408", answered(408), fate::unknown, timeout | retryable},
        {"409", answered(409, 20409), fate::not_sent, retryable},
        {"413", answered(413), fate::rejected, {}},
        {"429 concurrency", answered(429, 20429), fate::not_sent, throttled | retryable},
        {"429 without a code", answered(429), fate::not_sent, throttled | retryable},
        {"429 queue full", answered(429, 21611), fate::not_sent, queue_full},
        {"429 daily limit", answered(429, 63038), fate::not_sent, daily_limit},
        {"429 of a code we do not know", answered(429, 99999), fate::not_sent, throttled},
        {"499", answered(499), fate::rejected, {}},
        {"500", answered(500, 20500), fate::unknown, retryable},
        {"503", answered(503, 20503), fate::unknown, retryable},
        {"599", answered(599), fate::unknown, retryable},
        {"600", answered(600), fate::unknown, retryable},
        {"nothing handed over, then lost", {handover::nothing, breakdown::connection_lost}, fate::not_sent, retryable},
        {"one record cut", {handover::incomplete_record, breakdown::connection_lost}, fate::not_sent, retryable},
        {"several records cut", {handover::some, breakdown::connection_lost}, fate::unknown, retryable},
        {"whole, then lost", {handover::whole, breakdown::connection_lost}, fate::unknown, retryable},
        {"whole, then silence", {handover::whole, breakdown::response_timeout}, fate::unknown, timeout | retryable},
        {"whole, then cancelled", {handover::whole, breakdown::cancelled}, fate::unknown, cancelled},
        {"cancelled in the queue", {handover::nothing, breakdown::cancelled}, fate::not_sent, cancelled},
        {"closed in the queue", {handover::nothing, breakdown::closed}, fate::not_sent, cancelled},
        {"bad certificate", {handover::nothing, breakdown::certificate}, fate::not_sent, configuration},
    };
    for (auto const& row : rows) {
        BOOST_TEST_CONTEXT(row.name)
        {
            auto const v = judge(row.end);
            BOOST_TEST(to_string(v.fate) == to_string(row.what));
            BOOST_TEST(names(v.conditions) == names(row.helps));
        }
    }
}

// What must hold whatever the table says: nothing is called sent or unsent without a reason.
BOOST_AUTO_TEST_CASE(invariants)
{
    std::set<int> const turned_away{401, 403, 404, 407, 409, 429};
    auto const check = [&](attempt_end const& end, bool account_level) {
        auto const v = judge(end);
        bool const answer = end.why == breakdown::none && end.request == handover::whole;
        bool const unsent = end.request == handover::nothing || end.request == handover::incomplete_record;
        bool const status_4xx = end.http_status >= 400 && end.http_status < 500;
        bool ok = true;
        switch (v.fate) {
        case fate::accepted: ok = answer && end.http_status / 100 == 2 && end.has_sid; break;
        case fate::rejected: ok = answer && end.http_status >= 300 && end.http_status < 500; break;
        case fate::not_sent:
            ok = unsent || (answer && (turned_away.contains(end.http_status) || (status_4xx && account_level)));
            break;
        case fate::unknown: ok = !unsent && !(answer && end.http_status / 100 == 2 && end.has_sid); break;
        }
        ok = ok && (v.fate == fate::accepted) == !v.code.failed();
        ok = ok && (v.fate != fate::accepted || v.conditions.empty());
        ok = ok && (v.fate != fate::unknown || !v.conditions.empty()); // what would help is always said
        // Repeating soon helps none of these.
        for (auto const c : {queue_full, daily_limit, opted_out, bad_recipient, configuration, cancelled})
            ok = ok && !(v.conditions.contains(c) && v.conditions.contains(retryable));
        if (!ok)
            BOOST_ERROR("handover " << int(end.request) << ", breakdown " << int(end.why) << ", HTTP "
                                    << end.http_status << ", code " << end.twilio_code << ", SID " << end.has_sid
                                    << ": " << to_string(v.fate) << " [" << names(v.conditions) << "]");
    };
    for_every_answer([&](int status, code_row const& code, bool has_sid) {
        for (auto const request : handovers) {
            check({request, breakdown::none, status, code.code, has_sid}, code.account_level);
            for (auto const& row : breakdowns)
                check({request, row.why, status, code.code, has_sid}, code.account_level);
        }
    });
}

BOOST_AUTO_TEST_CASE(answers_of_a_proxy)
{
    std::pair<int, breakdown> const rows[] = {
        {199, breakdown::proxy_failed}, {200, breakdown::none},         {204, breakdown::none},
        {299, breakdown::none},         {300, breakdown::proxy_failed}, {302, breakdown::proxy_failed},
        {400, breakdown::proxy_failed}, {401, breakdown::proxy_failed}, {403, breakdown::proxy_refused},
        {404, breakdown::proxy_failed}, {405, breakdown::proxy_failed}, {407, breakdown::proxy_refused},
        {429, breakdown::proxy_failed}, {500, breakdown::proxy_failed}, {502, breakdown::proxy_failed},
        {503, breakdown::proxy_failed}, {504, breakdown::proxy_failed}, {999, breakdown::proxy_failed},
    };
    for (auto const& [status, want] : rows)
        BOOST_TEST(int(breakdown_of_proxy(status)) == int(want), "HTTP " << status);
}

// A repeat that is turned away says nothing about an earlier attempt that may have arrived.
BOOST_AUTO_TEST_CASE(of_a_send_of_several_attempts)
{
    for (auto const last : {fate::accepted, fate::rejected, fate::not_sent, fate::unknown}) {
        BOOST_TEST(to_string(fate_of_send(last, false)) == to_string(last));
        BOOST_TEST(to_string(fate_of_send(last, true)) == (last == fate::accepted ? "accepted" : "unknown"));
    }
}

BOOST_AUTO_TEST_SUITE_END()
