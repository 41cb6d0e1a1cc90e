#include "load/recording.hpp"
#include <boost/test/unit_test.hpp>

using namespace twilio_sms::load;
using namespace std::chrono_literals;
using twilio_sms::fate;

namespace {

steady::time_point const zero{};
window const two_seconds{zero + 1s, zero + 3s};

resources used(std::chrono::microseconds cpu, std::uint64_t calls)
{
    return {cpu, {calls, calls * 10, calls / 2}};
}

} // namespace

BOOST_AUTO_TEST_SUITE(recordings)

// Latencies count by when a send was meant to begin, so that a stall at the end is not hidden; all else by when it
// ended.
BOOST_AUTO_TEST_CASE(what_counts)
{
    recording r(two_seconds);
    r.add(zero + 100ms, zero + 900ms, fate::accepted); // warm-up
    r.begin(zero + 1s, used(500us, 100));
    r.add(zero + 900ms, zero + 1100ms, fate::accepted);  // ends in it: counts, but not its latency
    r.add(zero + 1100ms, zero + 1150ms, fate::accepted); // both
    r.add(zero + 1100ms, zero + 1200ms, fate::unknown);  // failed
    r.add(zero + 2500ms, zero + 2600ms, fate::accepted); // both
    r.end(zero + 3s, used(1700us, 140));
    r.add(zero + 2900ms, zero + 9900ms, fate::accepted); // the stall
    r.add(zero + 3000ms, zero + 9900ms, fate::accepted); // begun too late

    BOOST_TEST(r.accepted == 3u);
    BOOST_TEST(r.seconds == 2.0);
    BOOST_TEST(r.used.cpu.count() == 1200);
    BOOST_TEST(r.used.allocations.calls == 40u);
    BOOST_TEST(r.used.allocations.bytes == 400u);
    BOOST_TEST(r.used.allocations.openssl_calls == 20u);
    BOOST_TEST(r.latencies.count() == 3u);
    BOOST_TEST((r.latencies.max() == 7s));
    BOOST_TEST(r.fates[static_cast<std::size_t>(fate::accepted)] == 6u);
    BOOST_TEST(r.fates[static_cast<std::size_t>(fate::unknown)] == 1u);
    BOOST_REQUIRE(r.timeline.size() == 2u);
    BOOST_TEST(r.timeline[0].accepted == 2u);
    BOOST_TEST(r.timeline[1].accepted == 1u);
}

BOOST_AUTO_TEST_CASE(what_ends_when_the_timer_is_late_is_in_the_last_second)
{
    recording r({zero, zero + 1500ms});
    r.begin(zero, {});
    r.add(zero, zero + 2100ms, fate::accepted);
    r.end(zero + 2200ms, {});
    BOOST_REQUIRE(r.timeline.size() == 2u);
    BOOST_TEST(r.timeline[1].accepted == 1u);
}

BOOST_AUTO_TEST_CASE(late_beginnings)
{
    recording r(two_seconds);
    r.begun(zero + 500ms, zero + 900ms);
    r.begun(zero + 1500ms, zero + 1510ms);
    BOOST_TEST(r.late.count() == 1u);
    BOOST_TEST((r.late.max() == 10ms));
}

BOOST_AUTO_TEST_CASE(threads_add_up)
{
    recording one(two_seconds), other(two_seconds);
    for (auto r : {&one, &other}) {
        r->begin(zero + 1s, used(0us, 0));
        r->begun(zero + 1s, zero + 1s);
        r->add(zero + 1s, zero + 2500ms, fate::accepted);
        r->add(zero + 1s, zero + 2500ms, fate::rejected);
    }
    one.end(zero + 3s, used(10us, 4));
    other.end(zero + 3100ms, used(20us, 6));
    one += other;
    BOOST_TEST(one.accepted == 2u);
    BOOST_TEST(one.seconds == 2.1);
    BOOST_TEST(one.used.cpu.count() == 30);
    BOOST_TEST(one.used.allocations.calls == 10u);
    BOOST_TEST(one.latencies.count() == 2u);
    BOOST_TEST(one.late.count() == 2u);
    BOOST_TEST(one.timeline[1].accepted == 2u);
    BOOST_TEST(one.timeline[1].latencies.count() == 2u);
    BOOST_TEST(one.fates[static_cast<std::size_t>(fate::rejected)] == 2u);
}

BOOST_AUTO_TEST_SUITE_END()
