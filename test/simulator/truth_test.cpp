#include "simulator/truth.hpp"
#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

using namespace twilio_sms;
using namespace twilio_sms::detail::sim;

namespace {

constexpr std::string_view account = "AC0123456789abcdef0123456789abcdef";

message_view message(std::string_view to, std::string_view body)
{
    message_view m;
    m.account_sid = account;
    m.to = to;
    m.from = "+15005550006";
    m.body = body;
    return m;
}

std::string sid_of(truth const& t, std::uint64_t number, message_view const& m)
{
    std::string sid;
    t.append_sid(sid, number, m);
    return sid;
}

} // namespace

BOOST_AUTO_TEST_SUITE(truths)

BOOST_AUTO_TEST_CASE(keeps_what_was_accepted)
{
    truth t(1);
    auto m = message("+15551230001", "hello");
    m.media = "https://a/1\nhttps://a/2\n";
    m.media_count = 2;
    m.accepted_at = std::chrono::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(1234));
    auto const number = t.add(m);
    t.set_reply(number, reply_kind::sent);

    auto const all = t.messages();
    BOOST_TEST_REQUIRE(all.size() == 1u);
    BOOST_TEST(all[0].sid == sid_of(t, number, m));
    BOOST_TEST(all[0].sid.starts_with("MM"));
    BOOST_TEST(all[0].to == "+15551230001");
    BOOST_TEST(all[0].from == "+15005550006");
    BOOST_TEST(all[0].body == "hello");
    BOOST_TEST(all[0].reply == "sent");
    BOOST_TEST((all[0].media_urls == std::vector<std::string>{"https://a/1", "https://a/2"}));
    BOOST_TEST((all[0].accepted_at.time_since_epoch() == std::chrono::milliseconds(1234)));

    std::string line;
    BOOST_TEST_REQUIRE(t.append_json_line(line, t.epoch(), 0));
    auto const o = boost::json::parse(line).as_object();
    BOOST_TEST(o.at("sid").as_string() == all[0].sid);
    BOOST_TEST(o.at("media").as_array().size() == 2u);
    BOOST_TEST(o.at("accepted_at").as_string() == "1970-01-01T00:00:01.234Z");
    BOOST_TEST(o.at("reply").as_string() == "sent");
    BOOST_TEST(!t.append_json_line(line, t.epoch(), 1));
}

BOOST_AUTO_TEST_CASE(duplicates_are_messages_beyond_the_first)
{
    truth t(1);
    for (int i = 0; i < 3; ++i)
        t.add(message("+15551230001", "a"));
    t.add(message("+15551230001", "b"));
    t.add(message("+15551230002", "a"));
    t.add(message("a", "+15551230002")); // not the same when swapped
    BOOST_TEST(t.summary().accepted == 6u);
    BOOST_TEST(t.summary().duplicates == 2u);
}

BOOST_AUTO_TEST_CASE(finds_by_sid_within_the_account)
{
    truth t(1);
    auto const m = message("+15551230001", "hello");
    auto const sid = sid_of(t, t.add(m), m);
    std::string body;
    BOOST_TEST(t.with_message(account, sid, [&](message_view const& found) { body = found.body; }));
    BOOST_TEST(body == "hello");
    BOOST_TEST(!t.with_message("ACffffffffffffffffffffffffffffffff", sid, [](auto const&) {}));
    BOOST_TEST(!t.with_message(account, "MM" + sid.substr(2), [](auto const&) {}));
    BOOST_TEST(!t.with_message(account, sid_of(t, 1, m), [](auto const&) {}));
}

BOOST_AUTO_TEST_CASE(clearing_forgets_all_and_repeats_no_sid)
{
    truth t(1);
    auto const m = message("+15551230001", "hello");
    auto const first = t.add(m);
    auto const epoch = t.epoch();
    t.count_request();
    t.count_end(request_end::rejected);
    t.count_end(request_end::throttled);
    t.count_fault(simulated_fault::throttle);
    BOOST_TEST(t.summary().faults.at(simulated_fault::throttle) == 1u);
    t.clear();
    auto const s = t.summary();
    BOOST_TEST(s.requests + s.accepted + s.rejected + s.throttled + s.faults.size() == 0u);
    t.set_reply(first, reply_kind::sent); // too late: no effect
    auto const second = t.add(m);
    BOOST_TEST(sid_of(t, first, m) != sid_of(t, second, m));
    std::string line;
    BOOST_TEST(!t.append_json_line(line, epoch, 0)); // a reader of the old list stops
    BOOST_TEST(t.append_json_line(line, t.epoch(), 0));
}

BOOST_AUTO_TEST_CASE(long_texts_have_room)
{
    truth t(1);
    std::string const big(300'000, 'x');
    t.add(message("+15551230001", "small"));
    t.add(message(big, big));
    t.add(message("+15551230002", "small"));
    auto const all = t.messages();
    BOOST_TEST((all[1].to == big));
    BOOST_TEST((all[1].body == big));
    BOOST_TEST(all[2].to == "+15551230002");
}

BOOST_AUTO_TEST_SUITE_END()
