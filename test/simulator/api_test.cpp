#include "api_fixture.hpp"

using namespace twilio_sms;
using namespace twilio_sms::detail;
using namespace twilio_sms::detail::sim;
using namespace twilio_sms::test;
using enum simulated_fault;

namespace {

using fixture = api_fixture;

} // namespace

BOOST_AUTO_TEST_SUITE(api_answers)

BOOST_AUTO_TEST_CASE(create_then_fetch)
{
    fixture f;
    auto const created = f.create();
    BOOST_TEST(created.status == 201u);
    BOOST_TEST(text_of(created, "status") == "queued");
    auto const sid = text_of(created, "sid");
    auto const path = "/2010-04-01/Accounts/" + account + "/Messages/" + sid + ".json";
    auto const fetched = f.complete({"GET", path, authorization, {}, {}});
    BOOST_TEST(fetched.status == 200u);
    BOOST_TEST(fetched.body == created.body);
    BOOST_TEST(f.twilio.truth()->messages().at(0).reply == "sent");
    BOOST_TEST(f.summary().requests == 1u);
}

BOOST_AUTO_TEST_CASE(status_and_segments_follow_the_sender)
{
    fixture f;
    auto const accepted = f.create(by_service);
    BOOST_TEST(text_of(accepted, "status") == "accepted");
    BOOST_TEST(text_of(accepted, "num_segments") == "0");
    // now is 2023-11-14T22:13:20Z
    auto const scheduled = f.create(std::string(by_service) + "&ScheduleType=fixed&SendAt=2023-11-15T00:00:00Z");
    BOOST_TEST(text_of(scheduled, "status") == "scheduled");
    auto const picture = f.create(std::string(body) + "&MediaUrl=https%3A%2F%2Fexample.com%2F1.png");
    BOOST_TEST(text_of(picture, "sid").starts_with("MM"));
    BOOST_TEST(text_of(picture, "num_media") == "1");
    auto const long_text = f.create("To=%2B15551230001&From=%2B15005550006&Body=" + std::string(161, 'a'));
    BOOST_TEST(text_of(long_text, "num_segments") == "2");
}

BOOST_AUTO_TEST_CASE(authentication)
{
    fixture f;
    auto const refused = [&](std::string_view header) {
        auto const a = f.complete({"POST", messages, header, form, body});
        BOOST_TEST(a.status == 401u);
        BOOST_TEST(text_of(a, "detail") == "Your AccountSid or AuthToken was incorrect.");
        return code_of(a);
    };
    BOOST_TEST(refused("") == 20003);
    BOOST_TEST(refused("Basic") == 20003);
    BOOST_TEST(refused("Bearer x") == 20003);
    BOOST_TEST(refused("Basic " + base64_encode(account + ":wrong")) == 20003);
    BOOST_TEST(f.complete({"POST", messages, "bASIC " + authorization.substr(6), form, body}).status == 201u);
    BOOST_TEST(f.summary().rejected == 4u);
    auto const other = "/2010-04-01/Accounts/ACffffffffffffffffffffffffffffffff/Messages.json";
    BOOST_TEST(code_of(f.complete({"POST", other, authorization, form, body})) == 20003);
}

BOOST_AUTO_TEST_CASE(paths_and_methods)
{
    fixture f;
    auto const code = [&](std::string_view method, std::string_view path) {
        return code_of(f.complete({method, path, authorization, form, body}));
    };
    std::string const base = "/2010-04-01/Accounts/" + account;
    BOOST_TEST(code("GET", "/") == 20404);
    BOOST_TEST(code("POST", "/2010-04-01/Accounts/invalid_sid/Messages.json") == 20404);
    BOOST_TEST(code("POST", base + "/Messages") == 20404);
    BOOST_TEST(code("POST", base + "/messages.json") == 20404);
    BOOST_TEST(code("GET", base + "/Messages/SM0123456789abcdef0123456789abcdef.json") == 20404);
    BOOST_TEST(code("GET", base + "/Messages/nonsense.json") == 20404);
    BOOST_TEST(code("GET", base + "/Calls.json") == 20404);
    BOOST_TEST(code("DELETE", base + "/Messages.json") == 20004);
    auto const a = f.complete({"GET", "/2010-04-01/Accounts/invalid_sid/Messages.json", {}, {}, {}});
    BOOST_TEST(a.status == 404u);
    BOOST_TEST(text_of(a, "message") ==
               "The requested resource /2010-04-01/Accounts/invalid_sid/Messages.json was not found");
}

BOOST_AUTO_TEST_CASE(bodies_of_another_kind)
{
    fixture f;
    auto const code = [&](std::string_view type, std::string_view text) {
        return code_of(f.complete({"POST", messages, authorization, type, text}));
    };
    BOOST_TEST(code("application/json", "{\"To\": \"+15551230001\"}") == 21604);
    BOOST_TEST(code("", body) == 20422);
    BOOST_TEST(code(form, "Body=%zz") == 20422);
    BOOST_TEST(code("", "") == 21604);
    BOOST_TEST(f.complete({"POST", messages, authorization, "application/x-www-form-urlencoded; charset=utf-8", body})
                   .status == 201u);
    BOOST_TEST(code("Application/X-WWW-Form-URLencoded", "Body=%zz") == 20422); // taken for a form
}

BOOST_AUTO_TEST_CASE(test_credentials)
{
    fixture f;
    std::string const sid(simulator_options::default_test_account_sid);
    std::string const test_messages = "/2010-04-01/Accounts/" + sid + "/Messages.json";
    std::string const login =
        "Basic " + base64_encode(sid + ":" + std::string(simulator_options::default_test_auth_token));
    auto const create = [&](std::string_view text) { return f.complete({"POST", test_messages, login, form, text}); };
    BOOST_TEST(create(body).status == 201u);
    auto const full = create("To=%2B15551230001&From=%2B15005550008&Body=");
    BOOST_TEST(full.status == 429u);
    BOOST_TEST(code_of(full) == 21611);
    BOOST_TEST(code_of(create("To=%2B15005550004&From=%2B15005550006&Body=x")) == 21610);
    auto const other = f.complete({"GET", test_messages, login, {}, {}});
    BOOST_TEST(other.status == 403u);
    BOOST_TEST(code_of(other) == 20008);
    BOOST_TEST(f.create("To=%2B15005550004&From=%2B15005550006&Body=x").status == 201u); // live: no magic
}

BOOST_AUTO_TEST_CASE(concurrency_limit)
{
    simulator_options o;
    o.max_concurrency = 2;
    fixture f(o);
    api_request const r{"POST", messages, authorization, form, body};
    auto const first = f.ask(r);
    auto const second = f.ask(r);
    BOOST_TEST(first.concurrent_requests == 1u);
    BOOST_TEST(second.concurrent_requests == 2u);
    auto const third = f.complete(r);
    BOOST_TEST(third.status == 429u);
    BOOST_TEST(code_of(third) == 20429);
    BOOST_TEST(text_of(third, "message") == "Too Many Requests");
    f.twilio.finished(first, true);
    BOOST_TEST(f.complete(r).status == 201u);
    f.twilio.finished(second, false);
    auto const s = f.summary();
    BOOST_TEST(s.requests == 4u);
    BOOST_TEST(s.accepted == 3u);
    BOOST_TEST(s.throttled == 1u);
    BOOST_TEST(f.twilio.truth()->messages().at(1).reply == "client_gone");
}

BOOST_AUTO_TEST_CASE(faults_before_acceptance)
{
    struct {
        simulated_fault fault;
        deed what;
    } const cases[] = {{reset_before, deed::reset}, {stall_before, deed::stall}, {error_before, deed::send},
                       {throttle, deed::send},      {conflict, deed::send},      {throttle_storm, deed::send}};
    for (auto const& c : cases) {
        fixture f(always(c.fault));
        auto const a = f.create();
        BOOST_TEST((a.what == c.what), to_string(c.fault));
        auto const s = f.summary();
        BOOST_TEST(s.accepted == 0u);
        BOOST_TEST(s.faults.at(c.fault) == 1u);
        BOOST_TEST(s.throttled == (a.status == 429 ? 1u : 0u));
    }
}

BOOST_AUTO_TEST_CASE(faults_after_acceptance)
{
    struct {
        simulated_fault fault;
        deed what;
        char const* reply;
    } const cases[] = {{reply_lost, deed::close, "lost"},     {reset_after, deed::reset, "reset"},
                       {stall_after, deed::stall, "stalled"}, {error_after, deed::send, "error"},
                       {reply_cut, deed::cut, "cut"},         {reply_garbled, deed::send, "garbled"}};
    for (auto const& c : cases) {
        fixture f(always(c.fault));
        auto const a = f.create();
        BOOST_TEST((a.what == c.what), to_string(c.fault));
        BOOST_TEST(f.twilio.truth()->messages().at(0).reply == c.reply);
        BOOST_TEST(f.create("To=1").status == 400u); // a rejected message has nothing to lose
        BOOST_TEST(f.summary().faults.at(c.fault) == 1u);
    }
}

BOOST_AUTO_TEST_CASE(errors_come_in_two_forms)
{
    fixture f(always(error_after));
    bool page = false;
    bool json = false;
    for (int i = 0; i < 50; ++i) {
        auto const a = f.create();
        if (a.html_page) {
            BOOST_TEST(a.status == 503u);
            BOOST_TEST(a.body.starts_with("<html>"));
            page = true;
        } else {
            BOOST_TEST(a.status == 500u);
            BOOST_TEST(code_of(a) == 20500);
            json = true;
        }
    }
    BOOST_TEST((page && json));
}

BOOST_AUTO_TEST_CASE(the_counts_add_up)
{
    simulator_options o;
    for (std::size_t i = 0; i < simulated_fault_count; ++i)
        o.faults[static_cast<simulated_fault>(i)] = 0.07;
    fixture f(o);
    for (int i = 0; i < 2000; ++i)
        f.create(i % 7 == 0 ? "To=bad" : body);
    auto const s = f.summary();
    auto const count = [&](simulated_fault x) { return s.faults.contains(x) ? s.faults.at(x) : 0; };
    BOOST_TEST(s.requests == 2000u);
    BOOST_TEST(s.requests == s.accepted + s.pending + s.rejected + s.throttled + count(error_before) +
                                 count(reset_before) + count(stall_before) + count(conflict));
    BOOST_TEST(s.pending > 0u);
    BOOST_TEST(s.duplicates == s.accepted - 1);
    f.now += o.late_acceptance;
    auto const later = f.summary();
    BOOST_TEST(later.pending == 0u);
    BOOST_TEST(later.late == s.pending);
    BOOST_TEST(later.accepted == s.accepted + s.pending);
}

BOOST_AUTO_TEST_CASE(reset_begins_anew)
{
    simulator_options o;
    o.script["+15551230001"] = {error_before};
    fixture f(o);
    for (int run = 0; run < 2; ++run) {
        BOOST_TEST(f.create().status >= 500u);
        BOOST_TEST(f.create().status == 201u);
        f.twilio.reset();
        BOOST_TEST(f.summary().requests == 0u);
    }
}

BOOST_AUTO_TEST_SUITE_END()
