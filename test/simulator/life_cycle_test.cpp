// How messages age, and what clients may do to them.
#include "api_fixture.hpp"
#include "simulator/life_cycle.hpp"

using namespace twilio_sms;
using namespace twilio_sms::test;
using sim::message_status;

namespace {

std::string status_of(api_fixture& f, std::string const& sid)
{
    return text_of(f.fetch(sid), "status");
}

/// The states that a message goes through in the order in which it does, and when each began.
std::vector<std::string> states_of(sim::message_view const& m, simulator_options const& o, milliseconds duration)
{
    std::vector<std::string> states;
    for (milliseconds t{0}; t <= duration; ++t) {
        auto const l = sim::life_at(m, o, m.accepted_at + t);
        if (states.empty() || states.back() != to_string(l.status))
            states.emplace_back(to_string(l.status));
        BOOST_TEST((l.updated_at <= m.accepted_at + t));
    }
    return states;
}

sim::message_view by_number()
{
    sim::message_view m;
    m.from = "+15005550006";
    return m;
}

sim::message_view by_a_service()
{
    sim::message_view m;
    m.messaging_service_sid = "MG0123456789abcdef0123456789abcdef";
    return m;
}

using states = std::vector<std::string>;
constexpr milliseconds long_enough{200};

simulator_options quick()
{
    simulator_options o;
    o.delivery_time = milliseconds(100);
    return o;
}

} // namespace

BOOST_AUTO_TEST_SUITE(life_cycles)

BOOST_AUTO_TEST_CASE(each_ending)
{
    BOOST_TEST((states_of(by_number(), quick(), long_enough) == states{"queued", "sending", "sent", "delivered"}));
    BOOST_TEST((states_of(by_a_service(), quick(), long_enough) ==
                states{"accepted", "queued", "sending", "sent", "delivered"}));
    auto o = quick();
    o.undelivered = 1;
    BOOST_TEST((states_of(by_number(), o, long_enough) == states{"queued", "sending", "sent", "undelivered"}));
    o = quick();
    o.failed = 1;
    BOOST_TEST((states_of(by_number(), o, long_enough) == states{"queued", "failed"}));
    o = quick();
    o.no_receipt = 1;
    BOOST_TEST((states_of(by_number(), o, long_enough) == states{"queued", "sending", "sent"}));
    o = quick();
    o.delivery_time = milliseconds(0);
    BOOST_TEST((states_of(by_number(), o, long_enough) == states{"queued", "sending", "sent", "delivered"}));
    auto scheduled = by_a_service();
    scheduled.send_at = scheduled.accepted_at + milliseconds(50);
    BOOST_TEST((states_of(scheduled, quick(), 2 * long_enough) ==
                states{"scheduled", "accepted", "queued", "sending", "sent", "delivered"}));
    scheduled.canceled_at = scheduled.accepted_at + milliseconds(20);
    BOOST_TEST((states_of(scheduled, quick(), long_enough) == states{"scheduled", "canceled"}));
    auto overflowed = by_a_service();
    overflowed.marks.overflowed = true;
    BOOST_TEST((states_of(overflowed, quick(), long_enough) == states{"accepted", "queued", "failed"}));
    BOOST_TEST(sim::life_at(overflowed, quick(), overflowed.accepted_at + long_enough).error_code == 30001);
}

BOOST_AUTO_TEST_CASE(endings_by_chance)
{
    simulator_options o = quick();
    o.undelivered = 0.2;
    o.failed = 0.1;
    o.no_receipt = 0.3;
    std::map<message_status, int> seen;
    for (std::uint64_t i = 0; i < 10'000; ++i) {
        auto m = by_number();
        m.position = i;
        auto const l = sim::life_at(m, o, m.accepted_at + milliseconds(1000));
        ++seen[l.status];
        bool const bad = l.status == message_status::undelivered || l.status == message_status::failed;
        BOOST_TEST((l.error_code != 0) == bad);
        BOOST_TEST(l.error_message.empty() == !bad);
        BOOST_TEST(l.sent_at.has_value() == (l.status != message_status::failed));
    }
    BOOST_TEST(std::abs(seen[message_status::undelivered] - 2000) < 200);
    BOOST_TEST(std::abs(seen[message_status::failed] - 1000) < 200);
    BOOST_TEST(std::abs(seen[message_status::sent] - 3000) < 200);
    BOOST_TEST(std::abs(seen[message_status::delivered] - 4000) < 200);
}

BOOST_AUTO_TEST_CASE(a_service_chooses_later)
{
    simulator_options o;
    o.accounts = {{account, std::string(o.default_auth_token)}};
    o.accounts[0].numbers = {"+15005550011", "+15005550012", "+15005550013"};
    api_fixture f(o);
    auto const created = object_of(f.create(by_service));
    BOOST_TEST(created.at("from").is_null());
    BOOST_TEST(created.at("num_segments").as_string() == "0");
    BOOST_TEST(created.at("date_sent").is_null());
    std::string const sid(created.at("sid").as_string());
    f.now += o.delivery_time * 2;
    auto const later = object_of(f.fetch(sid));
    BOOST_TEST(later.at("from").as_string().starts_with("+1500555001"));
    BOOST_TEST(later.at("num_segments").as_string() == "1");
    BOOST_TEST(later.at("status").as_string() == "delivered");
    BOOST_TEST(later.at("date_sent").is_string());
    BOOST_TEST(later.at("date_updated").as_string() != created.at("date_updated").as_string());
    BOOST_TEST(later.at("date_created").as_string() == created.at("date_created").as_string());
    auto const again = f.create_sid(by_service);
    f.now += o.delivery_time * 2;
    BOOST_TEST(text_of(f.fetch(again), "from") == later.at("from").as_string()); // keeps to it
}

BOOST_AUTO_TEST_CASE(redacting)
{
    simulator_options o;
    api_fixture f(o);
    auto const sid = f.create_sid();
    auto const early = f.update(sid, "Body=");
    BOOST_TEST(early.status == 409u);
    BOOST_TEST(code_of(early) == 20009);
    f.now += o.delivery_time * 2;
    auto const delivered = text_of(f.fetch(sid), "date_updated");
    f.now += milliseconds(1000);
    auto const a = f.update(sid, "Body=");
    BOOST_TEST(a.status == 200u);
    BOOST_TEST(text_of(a, "body") == "");
    BOOST_TEST(text_of(a, "num_segments") == "1");
    BOOST_TEST(text_of(a, "date_updated") != delivered);
    BOOST_TEST((listed(f.list(), "body") == std::vector<std::string>{""}));
    BOOST_TEST(f.accepted().at(0).body == "hello"); // the truth keeps it
}

BOOST_AUTO_TEST_CASE(cancelling)
{
    api_fixture f;
    auto const scheduled = std::string(by_service) + "&ScheduleType=fixed&SendAt=2023-11-15T00:00:00Z";
    auto const sid = f.create_sid(scheduled);
    auto const other = f.create_sid(scheduled);
    f.now += std::chrono::minutes(30);
    BOOST_TEST(status_of(f, sid) == "scheduled");
    auto const a = f.update(sid, "Status=canceled");
    BOOST_TEST(a.status == 200u);
    BOOST_TEST(text_of(a, "status") == "canceled");
    BOOST_TEST(code_of(f.update(sid, "Status=canceled")) == 30409);
    f.now += std::chrono::hours(2);
    BOOST_TEST(status_of(f, sid) == "canceled");
    BOOST_TEST(status_of(f, other) == "delivered");
    auto const late = f.update(other, "Status=canceled");
    BOOST_TEST(late.status == 409u);
    BOOST_TEST(code_of(late) == 30409);
}

BOOST_AUTO_TEST_CASE(bad_updates)
{
    api_fixture f;
    auto const sid = f.create_sid();
    for (auto const* text : {"", "Body=x", "Status=sent", "Status=", "Body=&Status=canceled", "Body=%zz", "Other=1"}) {
        auto const a = f.update(sid, text);
        BOOST_TEST(a.status == 400u, text);
        BOOST_TEST(code_of(a) == 30400, text);
    }
    auto const missing = f.update("SM0123456789abcdef0123456789abcdef", "Body=");
    BOOST_TEST(missing.status == 404u);
    BOOST_TEST(code_of(missing) == 30404);
}

BOOST_AUTO_TEST_CASE(deleting)
{
    simulator_options o;
    api_fixture f(o);
    auto const kept = f.create_sid();
    auto const sid = f.create_sid();
    auto const early = f.remove(sid);
    BOOST_TEST(early.status == 409u);
    BOOST_TEST(code_of(early) == 20009);
    f.now += o.delivery_time * 2;
    auto const a = f.remove(sid);
    BOOST_TEST(a.status == 204u);
    BOOST_TEST(a.body == "");
    BOOST_TEST(code_of(f.remove(sid)) == 20404);
    BOOST_TEST(code_of(f.fetch(sid)) == 20404);
    BOOST_TEST(code_of(f.update(sid, "Body=")) == 30404);
    BOOST_TEST((listed(f.list()) == std::vector{kept}));
    auto const all = f.accepted();
    BOOST_TEST((!all.at(0).deleted && all.at(1).deleted));
    BOOST_TEST(f.summary().accepted == 2u);
    BOOST_TEST(f.summary().deleted == 1u);
}

BOOST_AUTO_TEST_CASE(senders_have_queues)
{
    simulator_options o = quick();
    o.messages_per_second = 1;
    o.queue_limit = 3;
    api_fixture f(o);
    std::vector<std::string> sids;
    for (int i = 0; i < 3; ++i)
        sids.push_back(f.create_sid());
    auto const full = f.create();
    BOOST_TEST(full.status == 429u);
    BOOST_TEST(code_of(full) == 21611);
    BOOST_TEST(f.create("To=%2B15551230001&From=%2B15005550007&Body=x").status == 201u); // another sender's queue
    f.now += milliseconds(500);
    BOOST_TEST(status_of(f, sids[0]) == "delivered");
    BOOST_TEST(status_of(f, sids[1]) == "queued");
    f.now += milliseconds(1000);
    BOOST_TEST(status_of(f, sids[1]) == "delivered");
    BOOST_TEST(f.create().status == 201u); // one has left
    BOOST_TEST(f.create("To=%2B15551230001&From=%2B15005550006&Body=" + std::string(400, 'a')).status == 429u);

    for (int i = 0; i < 3; ++i)
        f.create(by_service);
    auto const late = f.create_sid(by_service);
    f.now += milliseconds(1000);
    BOOST_TEST(status_of(f, late) == "failed");
    BOOST_TEST(object_of(f.fetch(late)).at("error_code").as_int64() == 30001);
    BOOST_TEST(f.summary().rejected == 2u);
}

BOOST_AUTO_TEST_SUITE_END()
