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
    BOOST_TEST_REQUIRE(t.find(account, sid).has_value());
    BOOST_TEST(t.find(account, sid)->body == "hello");
    BOOST_TEST(!t.find("ACffffffffffffffffffffffffffffffff", sid).has_value());
    BOOST_TEST(!t.find(account, "MM" + sid.substr(2)).has_value());
    BOOST_TEST(!t.find(account, sid_of(t, 1, m)).has_value());
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

BOOST_AUTO_TEST_CASE(foreign_messages_are_nobodys_duplicates)
{
    truth t(1);
    auto m = message("+15551230001", "a");
    t.add(m);
    m.marks.foreign = true;
    t.add(m);
    t.add(m);
    auto const s = t.summary();
    BOOST_TEST(s.accepted == 1u);
    BOOST_TEST(s.foreign == 2u);
    BOOST_TEST(s.duplicates == 0u);
    BOOST_TEST(t.messages().size() == 3u);
}

BOOST_AUTO_TEST_CASE(the_newest_come_first)
{
    truth t(1);
    auto const add = [&](std::string_view to, int ms) {
        auto m = message(to, "x");
        m.accepted_at = time_point(std::chrono::milliseconds(ms));
        return t.add(m);
    };
    auto const seen = [&](std::string_view to, std::optional<std::uint64_t> after = {}) {
        std::vector<std::uint64_t> numbers;
        t.newest_first(to, after, [&](message_view const& m) {
            numbers.push_back(m.number);
            return true;
        });
        return numbers;
    };
    using numbers = std::vector<std::uint64_t>;
    BOOST_TEST(seen("a").empty());
    add("a", 10); // 0
    add("b", 20); // 1
    add("a", 20); // 2
    add("a", 5);  // 3, as a foreign one may be: put before the others
    add("b", 15); // 4
    BOOST_TEST((seen("") == numbers{2, 1, 4, 0, 3}));
    BOOST_TEST((seen("a") == numbers{2, 0, 3}));
    BOOST_TEST((seen("b") == numbers{1, 4}));
    BOOST_TEST(seen("c").empty());
    BOOST_TEST((seen("", 4) == numbers{0, 3}));
    BOOST_TEST((seen("a", 2) == numbers{0, 3}));
    BOOST_TEST(seen("a", 3).empty());
}

BOOST_AUTO_TEST_CASE(recipients_are_found_among_many)
{
    truth t(1);
    constexpr int n = 5000; // the index grows a few times on the way
    for (int i = 0; i < n; ++i)
        t.add(message(std::to_string(i % 1000), "x"));
    for (int to = 0; to < 1000; ++to) {
        int found = 0;
        t.newest_first(std::to_string(to), {}, [&](message_view const& m) {
            BOOST_TEST(m.position % 1000 == static_cast<std::uint64_t>(to));
            return ++found < 100;
        });
        BOOST_TEST(found == n / 1000);
    }
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
