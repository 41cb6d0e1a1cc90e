// What Twilio does to a message on its way into the resource.
#include "api_fixture.hpp"

using namespace twilio_sms;
using namespace twilio_sms::test;

namespace {

constexpr std::string_view fancy = "To=%2B15551230001&From=%2B15005550006&Body=%E2%80%9Chi%E2%80%9D%E2%80%A6";

} // namespace

BOOST_AUTO_TEST_SUITE(distortions)

BOOST_AUTO_TEST_CASE(trial_accounts)
{
    simulator_options o;
    o.trial_prefix = true;
    api_fixture f(o);
    BOOST_TEST(text_of(f.create(), "body") == "Sent from your Twilio trial account - hello");
    BOOST_TEST(listed(f.list(), "body").at(0) == "Sent from your Twilio trial account - hello");
    BOOST_TEST(f.accepted().at(0).body == "hello");
    auto const long_text = f.create("To=%2B15551230001&From=%2B15005550006&Body=" + std::string(130, 'a'));
    BOOST_TEST(text_of(long_text, "num_segments") == "2"); // the prefix counts
}

BOOST_AUTO_TEST_CASE(smart_encoding)
{
    api_fixture plain;
    BOOST_TEST(text_of(plain.create(fancy), "body") == "\u201chi\u201d\u2026");
    BOOST_TEST(text_of(plain.create(std::string(fancy) + "&SmartEncoded=false"), "body") == "\u201chi\u201d\u2026");
    BOOST_TEST(text_of(plain.create(std::string(fancy) + "&SmartEncoded=true"), "body") == "\"hi\"...");
    simulator_options o;
    o.smart_encoding = true;
    o.trial_prefix = true;
    api_fixture all(o);
    BOOST_TEST(text_of(all.create(fancy), "body") == "Sent from your Twilio trial account - \"hi\"...");
    BOOST_TEST(all.accepted().at(0).body == "\u201chi\u201d\u2026");
}

BOOST_AUTO_TEST_CASE(a_clock_that_is_off)
{
    for (auto const skew : {std::chrono::hours(1), -std::chrono::hours(1)}) {
        simulator_options o;
        o.clock_skew = skew;
        api_fixture f(o);
        auto const hour = skew.count() > 0 ? "23" : "21";
        auto const sid = f.create_sid();
        BOOST_TEST(listed(f.list(), "date_created").at(0) == "Tue, 14 Nov 2023 " + std::string(hour) + ":13:20 +0000");
        BOOST_TEST((f.accepted().at(0).accepted_at == f.now)); // the truth is right
        f.now += o.delivery_time * 2;
        BOOST_TEST(text_of(f.fetch(sid), "date_sent").find(std::string(" ") + hour + ":13:2") != std::string::npos);
        BOOST_TEST(listed(f.list("DateSent%3E=2023-11-14T23:00:00Z")).size() == (skew.count() > 0 ? 1u : 0u));
        // 22:40 is 23:40 or 21:40 there; a schedule begins 15 minutes ahead.
        auto const schedule = std::string(by_service) + "&ScheduleType=fixed&SendAt=2023-11-14T22:40:00Z";
        auto const a = f.create(schedule);
        if (skew.count() > 0) {
            BOOST_TEST(code_of(a) == 35114);
        } else {
            f.now += std::chrono::minutes(80); // 22:33 there
            BOOST_TEST(text_of(f.fetch(text_of(a, "sid")), "status") == "scheduled");
            f.now += std::chrono::minutes(10);
            BOOST_TEST(text_of(f.fetch(text_of(a, "sid")), "status") == "delivered");
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
