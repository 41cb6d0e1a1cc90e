// Requests about messages that Twilio has, in virtual time: repeats, ends, and who gets in whose way.
#include "asking.hpp"
#include <boost/test/unit_test.hpp>

using namespace twilio_sms;
using namespace twilio_sms::test;
using namespace std::chrono_literals;

namespace {

std::string const good = R"({"sid":"SM00000000000000000000000000000001"})";

/// Twilio says what the plan says to requests that do not send, and "ok" at its end.
struct requesting : asking {
    std::vector<std::string>
        plan; ///< "ok", "404/20404", "503", "lost", "reset", "silent", "other" (not what was asked)
    std::string retry_after;
    std::vector<std::string> got; ///< first lines of requests
    std::map<int, std::string> ends;
    std::map<int, failure> failures;
    std::map<int, detail::message_request_ptr> requests;

    requesting() { take_over(); }

    void take_over()
    {
        w.respond = [this](std::string const& request) -> std::optional<script::answer> {
            if (request.find("/Messages/SM") == std::string::npos)
                return answer(request);
            got.push_back(request.substr(0, request.find(" HTTP/1.1")));
            auto const what = plan.empty() ? "ok" : plan.front();
            if (plan.size() > 0)
                plan.erase(plan.begin());
            script::answer a;
            a.close_after = what == "lost";
            a.reset_after = what == "reset";
            if (what == "silent")
                return std::nullopt;
            if (what == "ok" && request.starts_with("DELETE"))
                a.reply = http_reply(204, "", date_field());
            else if (what == "ok")
                a.reply = http_reply(200, good, date_field());
            else if (what == "other")
                a.reply = http_reply(200, "{}", date_field());
            else if (!a.close_after && !a.reset_after)
                a.reply = http_reply(
                    std::stoi(what),
                    what.size() > 4 ? R"({"code":)" + what.substr(4) + R"(,"message":"no."})" : "<html>", retry_after);
            return a;
        };
    }

    template <class Change>
    void with(Change c)
    {
        change(c);
        take_over();
    }

    void request(int number, std::string_view method = "GET")
    {
        auto const r = std::make_shared<detail::message_request>();
        r->method = method;
        r->target = "/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/Messages/SM1.json";
        if (method == "POST")
            r->form = "Status=canceled";
        r->effect = method == "GET" ? detail::request_effect::asks : detail::request_effect::changes;
        r->removes = method == "DELETE";
        if (!r->removes)
            r->take = [](std::string_view body) { return body == good; };
        auto handler = [this, number](std::optional<failure> f) {
            auto const text = f ? std::string(to_string(f->fate)) + " " + f->code.to_string() + " after " +
                                      std::to_string(f->attempts)
                                : "done";
            if (!ends.emplace(number, text).second)
                throw std::logic_error("a request ended twice");
            if (f)
                failures[number] = *f;
        };
        r->expect(detail::message_request::handler(std::move(handler)), w.io.get_executor());
        requests[number] = r;
        asio::dispatch(d->strand, [this, r] { d->submit(r); });
    }

    void cancel_request(int number)
    {
        asio::dispatch(d->strand, [this, r = requests.at(number)] { d->cancel(r); });
    }

    std::string end(int number) const
    {
        auto const at = ends.find(number);
        return at == ends.end() ? "running" : at->second;
    }
};

std::string twilio(int code)
{
    return error_code(code, twilio_category()).to_string();
}

std::string http(int status)
{
    return error_code(status, http_category()).to_string();
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(requests_about_messages, requesting)

BOOST_AUTO_TEST_CASE(what_goes_over_the_wire)
{
    request(1);
    w.advance();
    request(2, "POST");
    w.advance();
    request(3, "DELETE");
    w.advance();
    for (int i : {1, 2, 3})
        BOOST_TEST(end(i) == "done");
    BOOST_TEST_REQUIRE(w.requests.size() == 3u);
    std::string const path = " /2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/Messages/SM1.json HTTP/1.1\r\n";
    BOOST_TEST(w.requests[0].starts_with("GET" + path + "Host: api.test\r\nAuthorization: Basic "));
    BOOST_TEST(w.requests[0].find("Content-") == std::string::npos);
    BOOST_TEST(w.requests[1].starts_with("POST" + path));
    BOOST_TEST(w.requests[1].ends_with("\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                                       "Content-Length: 15\r\n\r\nStatus=canceled"));
    BOOST_TEST(w.requests[2].starts_with("DELETE" + path));
    BOOST_TEST(w.connections.size() == 1u);
}

BOOST_AUTO_TEST_CASE(all_of_them_are_repeated)
{
    for (auto const* method : {"GET", "POST", "DELETE"})
        for (auto const* first : {"500/20500", "503", "lost", "reset", "429/20429", "other", "409/20409", "408"}) {
            plan = {first};
            int const number = static_cast<int>(ends.size());
            request(number, method);
            w.advance(499ms);
            bool const broke = std::string_view(first) == "lost" || std::string_view(first) == "reset";
            BOOST_TEST(end(number) == (broke ? "done" : "running"), method << ' ' << first); // it was kept
            w.advance(30ms); // half of retry_delay, since chance is 0.5, and a tick
            BOOST_TEST(end(number) == "done", method << ' ' << first << ' ' << end(number));
        }
}

BOOST_AUTO_TEST_CASE(retry_after_is_waited_for)
{
    plan = {"429/20429"};
    retry_after = "Retry-After: 7\r\n";
    request(1);
    w.advance(6900ms);
    BOOST_TEST(end(1) == "running");
    w.advance(200ms);
    BOOST_TEST(end(1) == "done");
}

BOOST_AUTO_TEST_CASE(what_is_definite_is_not_repeated)
{
    plan = {"404/20404", "401/20003", "409/20009", "400/30409", "302"};
    for (int i = 1; i <= 5; ++i) {
        request(i, "POST");
        w.advance();
    }
    BOOST_TEST(end(1) == "rejected " + twilio(20404) + " after 1");
    BOOST_TEST(end(2) == "not_sent " + twilio(20003) + " after 1");
    BOOST_TEST(end(3) == "rejected " + twilio(20009) + " after 1");
    BOOST_TEST(end(4) == "rejected " + twilio(30409) + " after 1");
    BOOST_TEST(end(5) == "rejected " + code(errc::redirected) + " after 1");
    BOOST_TEST(
        failures[1].message ==
        "HTTP 404 from api.test:443, code 20404: no; check the SID: the account has no such message or media, or "
        "not any more");
    BOOST_TEST(failures[3].conditions.contains(condition::retryable));
    BOOST_TEST(got.size() == 5u);
}

BOOST_AUTO_TEST_CASE(the_last_failure_is_told_with_an_honest_fate)
{
    plan = std::vector<std::string>(12, "503");
    request(1);
    request(2, "DELETE");
    w.advance(60s);
    BOOST_TEST(end(1) == "not_sent " + http(503) + " after 4"); // max_retries is 3
    BOOST_TEST(end(2) == "unknown " + http(503) + " after 4");
    BOOST_TEST(failures[1].message == "HTTP 503 from api.test:443");
    BOOST_TEST(failures[2].message == "HTTP 503 from api.test:443; the change may have been made");

    plan = {"lost", "401/20003"};
    request(3, "POST");
    w.advance(60s);
    BOOST_TEST(end(3) == "unknown " + twilio(20003) + " after 2");
    BOOST_TEST(failures[3].message.find(": no; an earlier attempt may have made the change; ") != std::string::npos);
    plan = {"lost", "401/20003"};
    request(4);
    w.advance(60s);
    BOOST_TEST(end(4) == "not_sent " + twilio(20003) + " after 2");
}

BOOST_AUTO_TEST_CASE(what_an_attempt_in_doubt_removed_is_removed)
{
    plan = {"lost", "404/20404"};
    request(1, "DELETE");
    w.advance(1s);
    BOOST_TEST(end(1) == "done");
    plan = {"429/20429", "404/20404"}; // that one did nothing
    request(2, "DELETE");
    w.advance(1s);
    BOOST_TEST(end(2) == "rejected " + twilio(20404) + " after 2");
    plan = {"lost", "404"}; // this is not Twilio's API
    request(3, "DELETE");
    w.advance(1s);
    BOOST_TEST(end(3) == "unknown " + http(404) + " after 1");
    plan = {"lost", "404/20404"};
    request(4);
    w.advance(1s);
    BOOST_TEST(end(4) == "rejected " + twilio(20404) + " after 1");
}

BOOST_AUTO_TEST_CASE(an_answer_to_something_else_is_none)
{
    plan = std::vector<std::string>(12, "other");
    request(1);
    request(2, "POST");
    request(3, "DELETE"); // of a captive portal: 200
    w.advance(60s);
    auto const unreadable = code(errc::malformed_reply) + " after 4";
    BOOST_TEST(end(1) == "not_sent " + unreadable);
    BOOST_TEST(end(2) == "unknown " + unreadable);
    BOOST_TEST(end(3) == "unknown " + unreadable);
    BOOST_TEST(failures[3].message == "the answer of api.test:443 is not readable: it is not what was asked for; the "
                                      "request was handed over, so the change may have been made");
}

// A kept connection breaks in the moment of asking: that is no attempt of its own, but it may have had its effect.
BOOST_AUTO_TEST_CASE(a_kept_connection_that_is_lost)
{
    request(1);
    w.advance();
    plan = {"lost", "404/20404"};
    request(2, "DELETE");
    w.advance();
    BOOST_TEST(end(2) == "done");
    BOOST_TEST(got.size() == 3u);
    BOOST_TEST(w.connections.size() == 2u);
}

BOOST_AUTO_TEST_CASE(time_limits)
{
    plan = std::vector<std::string>(9, "silent");
    with([](auto& s) { s.total_timeout = 40s; });
    request(1);
    w.advance(31s);
    BOOST_TEST(got.size() == 1u);
    w.advance(1s); // response_timeout, and the back-off
    BOOST_TEST(got.size() == 2u);
    BOOST_TEST(end(1) == "running");
    w.advance(8100ms);
    BOOST_TEST(end(1) == "not_sent " + code(errc::deadline_exceeded) + " after 2");
    BOOST_TEST(failures[1].message ==
               "the time for this request was up (total_timeout is 40 s); the request was handed "
               "over, which changes nothing");
    // One that waits for a connection is not forgotten either.
    plan = std::vector<std::string>(9, "silent");
    with([](auto& s) { s.total_timeout = 40s; });
    got.clear();
    request(2, "POST");
    request(3, "POST");
    w.advance(5s);
    BOOST_TEST(got.size() == 1u); // 4 connections for messages, so 1 for these
    request(4, "POST");
    cancel_request(4);
    w.advance(36s);
    BOOST_TEST(end(2) == "unknown " + code(errc::deadline_exceeded) + " after 1"); // 3 came before its repeat
    BOOST_TEST(end(4) == "not_sent " + code(errc::cancelled) + " after 0");
    BOOST_TEST(end(3).ends_with(code(errc::deadline_exceeded) + " after 1"));
}

BOOST_AUTO_TEST_CASE(cancellation)
{
    plan = {"silent"};
    request(1, "POST");
    request(2, "POST");
    w.advance(1s);
    cancel_request(2); // waits for a connection
    w.advance();
    BOOST_TEST(end(2) == "not_sent " + code(errc::cancelled) + " after 0");
    cancel_request(1);
    w.advance();
    BOOST_TEST(end(1) == "unknown " + code(errc::cancelled) + " after 1");
    plan = {"429/20429"};
    request(3, "POST");
    w.advance();
    cancel_request(3); // waits for its repeat
    w.advance();
    BOOST_TEST(end(3) == "not_sent " + code(errc::cancelled) + " after 1");
    plan = {"silent"};
    request(4);
    w.advance(1s);
    cancel_request(4);
    w.advance();
    BOOST_TEST(end(4) == "not_sent " + code(errc::cancelled) + " after 1");
    cancel_request(4); // too late
    request(5);
    w.advance();
    BOOST_TEST(end(5) == "done");
}

BOOST_AUTO_TEST_CASE(cancelled_before_it_is_admitted)
{
    request(1);
    requests.at(1)->cancel_requested = true;
    w.advance();
    BOOST_TEST(end(1) == "not_sent " + code(errc::cancelled) + " after 0");
    BOOST_TEST(got.empty());
}

BOOST_AUTO_TEST_CASE(closing_waits_for_them)
{
    plan = {"503"};
    request(1);
    w.advance();
    close();
    w.advance(100ms);
    BOOST_TEST(!closed);
    request(2);
    w.advance();
    BOOST_TEST(end(2) == "not_sent " + code(errc::closed) + " after 0");
    w.advance(1s);
    BOOST_TEST(end(1) == "done");
    BOOST_TEST(closed);
    BOOST_TEST(events->lines.back() == "closed closed 0");
    BOOST_TEST(w.idle()); // nothing ticks
}

BOOST_AUTO_TEST_CASE(shutting_down_ends_them)
{
    plan = {"429/20429", "silent"};
    request(1, "POST"); // will wait for its repeat
    w.advance();
    request(2, "POST"); // under way
    request(3);         // waits for the connection
    w.advance(100ms);
    shut_down();
    w.advance();
    BOOST_TEST(end(1) == "not_sent " + code(errc::closed) + " after 1");
    BOOST_TEST(end(2) == "unknown " + code(errc::closed) + " after 1");
    BOOST_TEST(end(3) == "not_sent " + code(errc::closed) + " after 0");
    BOOST_TEST(w.idle());
}

BOOST_AUTO_TEST_CASE(an_io_context_that_ends_takes_them_along)
{
    plan = {"silent"};
    request(1);
    request(2);
    w.advance(1s);
    requests.clear();
    d.reset();
    BOOST_TEST(end(1) == "running");
}

// A user who lists a million messages, or whose requests hang, is in nobody's way.
BOOST_AUTO_TEST_CASE(neither_sends_nor_the_resolver_wait_for_them)
{
    plan = std::vector<std::string>(2000, "silent");
    for (int i = 0; i < 1000; ++i)
        request(i);
    on_create = {"lost", "ok"};
    say(1);
    say(2, "other");
    w.advance(1s);
    BOOST_TEST(result_of(2) == "reply 0002 after 1");
    w.advance(45s);
    BOOST_TEST(result_of(1) == "list 0001 after 1"); // after settle_time, as ever
    BOOST_TEST(lists == 1);
    BOOST_TEST(ends.empty());
    BOOST_TEST(got.size() == 2u); // of 1000
}

BOOST_AUTO_TEST_CASE(their_connections_are_few)
{
    with([](auto& s) { s.max_connections = s.max_opening = 32; });
    plan = std::vector<std::string>(100, "silent");
    for (int i = 0; i < 100; ++i)
        request(i);
    w.advance(1s);
    BOOST_TEST(w.connections.size() == 5u);
}

// Throttled or failing requests cost the sends neither speed nor repeats, and end soon when all of them fail.
BOOST_AUTO_TEST_CASE(a_budget_of_their_own)
{
    with([](auto& s) { s.max_connections = 64; });
    plan = std::vector<std::string>(5000, "503");
    for (int i = 0; i < 400; ++i)
        request(i);
    w.advance(100s);
    BOOST_TEST(ends.size() == 400u);
    BOOST_TEST(got.size() == 500u); // 400 first attempts and the 100 repeats that the budget has
    auto const& last = failures.at(399).message;
    BOOST_TEST(last.ends_with("; not repeated, since too many requests are failing just now"), last);
    on_create = {"drop", "ok"};
    with([](auto& s) {
        s.retry.repeat_unknown = true;
        s.ask_about_unknown = false;
    });
    say(1);
    w.advance(3s);
    BOOST_TEST(result_of(1) == "reply 0001 after 2");
}

BOOST_AUTO_TEST_SUITE_END()
