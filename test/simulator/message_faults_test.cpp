// Faults that concern more than one request: late acceptance, storms, messages of other programs.
#include "api_fixture.hpp"

using namespace twilio_sms;
using namespace twilio_sms::test;
using enum simulated_fault;
using sim::deed;

namespace {

simulated_step late_by(milliseconds t)
{
    simulated_step s = late_acceptance;
    s.late_by = t;
    return s;
}

} // namespace

BOOST_AUTO_TEST_SUITE(message_faults)

BOOST_AUTO_TEST_CASE(accepted_after_the_client_left)
{
    api_fixture f(scripted(late_by(milliseconds(12'000))));
    auto const sent_at = f.now;
    auto const a = f.create();
    BOOST_TEST((a.what == deed::close || a.what == deed::stall));
    BOOST_TEST(a.body.empty());
    auto s = f.summary();
    BOOST_TEST(s.accepted == 0u);
    BOOST_TEST(s.pending == 1u);
    BOOST_TEST(s.faults.at(late_acceptance) == 1u);

    f.now += milliseconds(11'999);
    BOOST_TEST(listed(f.list()).empty());
    f.now += milliseconds(5'000); // nobody asked in the meantime
    BOOST_TEST((listed(f.list(), "date_created") == std::vector<std::string>{"Tue, 14 Nov 2023 22:13:32 +0000"}));
    auto const all = f.accepted();
    BOOST_TEST_REQUIRE(all.size() == 1u);
    BOOST_TEST((all[0].accepted_at == sent_at + milliseconds(12'000)));
    BOOST_TEST(all[0].late);
    BOOST_TEST(all[0].reply == (a.what == deed::close ? "lost" : "stalled"));
    s = f.summary();
    BOOST_TEST(s.accepted == 1u);
    BOOST_TEST(s.late == 1u);
    BOOST_TEST(s.pending == 0u);
}

BOOST_AUTO_TEST_CASE(late_acceptance_is_spread)
{
    auto o = always(late_acceptance);
    o.late_acceptance = milliseconds(20'000);
    api_fixture f(o);
    int closed = 0;
    for (int i = 0; i < 1000; ++i)
        closed += f.create().what == deed::close;
    BOOST_TEST((closed > 400 && closed < 600));
    f.now += milliseconds(5'000);
    auto const early = f.summary().accepted;
    BOOST_TEST((early > 200u && early < 300u));
    f.now += milliseconds(15'000);
    BOOST_TEST(f.summary().accepted == 1000u);
    BOOST_TEST(f.summary().duplicates == 999u);
    auto const all = f.accepted();
    BOOST_TEST(std::ranges::is_sorted(all, {}, &simulated_message::accepted_at));
}

BOOST_AUTO_TEST_CASE(a_bad_request_is_never_accepted_late)
{
    api_fixture f(always(late_acceptance));
    BOOST_TEST(f.create("To=1").status == 400u);
    BOOST_TEST(f.summary().pending == 0u);
}

BOOST_AUTO_TEST_CASE(a_reset_forgets_what_is_late)
{
    api_fixture f(always(late_acceptance));
    f.create();
    f.twilio.reset();
    f.now += milliseconds(60'000);
    BOOST_TEST(f.summary().accepted == 0u);
    BOOST_TEST(f.summary().pending == 0u);
}

BOOST_AUTO_TEST_CASE(garbled_replies_come_in_two_forms)
{
    api_fixture f(always(reply_garbled));
    int json_without_sid = 0;
    int no_json = 0;
    for (int i = 0; i < 50; ++i) {
        auto const a = f.create();
        BOOST_TEST(a.status == 201u);
        json::error_code ec;
        auto const v = json::parse(a.body, ec);
        ++(ec ? no_json : json_without_sid);
        BOOST_TEST((ec || !v.as_object().contains("sid")));
    }
    BOOST_TEST((json_without_sid > 0 && no_json > 0));
    BOOST_TEST(f.summary().accepted == 50u);
}

BOOST_AUTO_TEST_CASE(replies_are_cut_anywhere)
{
    api_fixture f(always(reply_cut));
    double least = 1;
    double most = 0;
    for (int i = 0; i < 100; ++i) {
        auto const cut = f.create().cut;
        least = std::min(least, cut);
        most = std::max(most, cut);
    }
    BOOST_TEST((least >= 0 && least < 0.1 && most > 0.9 && most < 1));
}

BOOST_AUTO_TEST_CASE(a_conflict_says_so)
{
    api_fixture f(always(conflict));
    auto const a = f.create();
    BOOST_TEST(a.status == 409u);
    BOOST_TEST(code_of(a) == 20409);
}

BOOST_AUTO_TEST_CASE(a_storm_lasts)
{
    simulator_options o;
    o.storm_length = 10;
    o.script["+15551230001"] = {std::nullopt, throttle_storm};
    o.script["+15551230002"] = {std::nullopt};
    api_fixture f(o);
    BOOST_TEST(f.create().status == 201u);
    for (int i = 0; i < 10; ++i) {
        if (i == 5) // a script comes first
            BOOST_TEST(f.create("To=%2B15551230002&From=%2B15005550006&Body=x").status == 201u);
        BOOST_TEST(f.create().status == 429u);
    }
    BOOST_TEST(f.create().status == 201u);
    BOOST_TEST(f.summary().throttled == 10u);
    BOOST_TEST(f.summary().faults.at(throttle_storm) == 10u);
}

BOOST_AUTO_TEST_CASE(an_equal_message_of_another_program)
{
    for (auto const fault : {std::optional<simulated_fault>(), std::optional(error_before), std::optional(reply_lost)})
        for (int const offset : {-3000, 0, 3000}) {
            simulated_step step = fault;
            step.foreign_equal = milliseconds(offset);
            api_fixture f(scripted(step));
            auto const at = f.now;
            f.create();
            f.now += milliseconds(3000);
            bool const ours = fault != error_before;
            auto const all = f.accepted();
            BOOST_TEST_REQUIRE(all.size() == 1u + ours);
            auto const foreign = std::ranges::find(all, true, &simulated_message::foreign);
            BOOST_TEST_REQUIRE((foreign != all.end()));
            BOOST_TEST((foreign->accepted_at == at + milliseconds(offset)));
            BOOST_TEST(foreign->body == "hello");
            BOOST_TEST(foreign->from == "+15005550006");
            BOOST_TEST(foreign->reply == "none");
            BOOST_TEST(listed(f.list()).size() == all.size());
            auto const s = f.summary();
            BOOST_TEST(s.accepted == (ours ? 1u : 0u));
            BOOST_TEST(s.foreign == 1u);
            BOOST_TEST(s.duplicates == 0u);
        }
}

BOOST_AUTO_TEST_CASE(another_message_of_another_program)
{
    simulated_step step = reply_lost;
    step.foreign_other = milliseconds(0);
    api_fixture f(scripted(step));
    f.create();
    auto const texts = listed(f.list(), "body");
    BOOST_TEST_REQUIRE(texts.size() == 2u);
    BOOST_TEST(texts[0] == "hello");
    BOOST_TEST(texts[1] == "A message of another program");
}

BOOST_AUTO_TEST_CASE(foreign_messages_by_chance)
{
    simulator_options o;
    o.foreign_equal = 0.5;
    o.foreign_other = 0.25;
    o.foreign_offset = milliseconds(4000);
    api_fixture f(o);
    auto const at = f.now;
    for (int i = 0; i < 400; ++i)
        f.create();
    f.create("To=1"); // which nobody sends
    f.now += o.foreign_offset;
    auto const s = f.summary();
    BOOST_TEST(s.accepted == 400u);
    BOOST_TEST((s.foreign > 250u && s.foreign < 350u));
    int before = 0;
    for (auto const& m : f.accepted()) {
        BOOST_TEST((m.foreign || m.accepted_at == at));
        BOOST_TEST(std::chrono::abs(m.accepted_at - at) <= o.foreign_offset);
        before += m.accepted_at < at;
    }
    BOOST_TEST((before > 100 && before < 200));
    auto const created = listed(f.list("PageSize=1000"), "sid");
    BOOST_TEST(created.size() == s.accepted + s.foreign);
}

BOOST_AUTO_TEST_CASE(the_same_seed_gives_the_same_world)
{
    auto const run = [](std::uint64_t seed) {
        simulator_options o;
        o.seed = seed;
        for (std::size_t i = 0; i < simulated_fault_count; ++i)
            o.faults[static_cast<simulated_fault>(i)] = 0.05;
        o.foreign_equal = 0.2;
        o.list_lag = milliseconds(5000);
        o.undelivered = 0.3;
        api_fixture f(o);
        std::string seen;
        for (int i = 0; i < 200; ++i) {
            auto const a = f.create();
            seen += std::to_string(a.status) + " " + std::to_string(static_cast<int>(a.what)) + ";";
            f.now += milliseconds(100);
            seen += f.list("PageSize=1000").body;
        }
        return seen;
    };
    BOOST_TEST((run(1) == run(1)));
    BOOST_TEST((run(1) != run(2)));
}

BOOST_AUTO_TEST_SUITE_END()
