// What the counters say after sends of every kind.
#include "asking.hpp"
#include <boost/test/unit_test.hpp>

using namespace twilio_sms;
using namespace twilio_sms::test;
using namespace std::chrono_literals;

namespace {

provider_stats stats_of(fixture const& f)
{
    return f.d->watch.count.read();
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(stats, fixture)

BOOST_AUTO_TEST_CASE(nothing_yet)
{
    auto const s = stats_of(*this);
    BOOST_TEST(s.attempts == 0u);
    BOOST_TEST(s.sends.accepted + s.sends.rejected + s.sends.not_sent + s.sends.unknown == 0u);
    BOOST_TEST(s.pool.open == 0u);
    BOOST_TEST(s.latency.count() == 0u);
}

BOOST_AUTO_TEST_CASE(every_fate_is_counted_once)
{
    w.scripts = {answering({replying(accepted_reply), replying(error_reply(400, 21211)),
                            replying(error_reply(401, 20003)), replying(http_reply(500, "{}"))})};
    for (int i = 0; i < 4; ++i) {
        send(i);
        w.advance(1s);
    }
    auto const s = stats_of(*this);
    BOOST_TEST(s.sends.accepted == 1u);
    BOOST_TEST(s.sends.rejected == 1u);
    BOOST_TEST(s.sends.not_sent == 1u);
    BOOST_TEST(s.sends.unknown == 1u);
    BOOST_TEST(s.attempts == 4u);
    BOOST_TEST(s.latency.count() == 1u);
    BOOST_TEST(s.reply_time.count() == 4u);
    BOOST_TEST(s.pool.opened == 1u);
    BOOST_TEST(s.pool.reused == 3u);
}

BOOST_AUTO_TEST_CASE(the_pool_now)
{
    make([](auto& s) { s.max_connections = s.max_opening = 2; });
    auto slow = replying(accepted_reply);
    slow.delay = 5s;
    w.scripts = {answering({slow})};
    for (int i = 0; i < 3; ++i)
        send(i);
    w.advance(1s);
    auto s = stats_of(*this);
    BOOST_TEST(s.pool.open == 2u);
    BOOST_TEST(s.pool.busy == 2u);
    BOOST_TEST(s.pool.idle == 0u);
    BOOST_TEST(s.pool.waiting == 1u);
    w.advance(20s);
    s = stats_of(*this);
    BOOST_TEST(s.pool.busy == 0u);
    BOOST_TEST(s.pool.idle == 2u);
    BOOST_TEST(s.pool.waiting == 0u);
    BOOST_TEST(s.sends.accepted == 3u);
    BOOST_TEST((s.latency.quantile(1) >= 10s)); // the third waited
    BOOST_TEST((s.reply_time.quantile(1) < 6s));
    w.advance(60s); // they idle too long
    BOOST_TEST(stats_of(*this).pool.open == 0u);
}

// A kept connection that breaks while the request is written is replaced within the same attempt.
BOOST_AUTO_TEST_CASE(an_attempt_on_two_connections)
{
    make([](auto& o) { o.retry.repeat_unknown = true; });
    script dies = answering({replying(accepted_reply)});
    script::answer reset;
    reset.takes = 0;
    reset.reset_when_full = true;
    dies.answers.push_back(reset);
    w.scripts = {dies, answering({replying(http_reply(503, "{}")), replying(accepted_reply)})};
    send(1);
    w.advance(1s);
    send(2);
    w.advance(10s);
    auto const s = stats_of(*this);
    BOOST_TEST(s.pool.stale == 1u);
    BOOST_TEST(s.sends.accepted == 2u);
    BOOST_TEST(s.repeats.after_unknown == 1u);
    BOOST_TEST(s.attempts == 3u); // sends and repeats
}

BOOST_AUTO_TEST_CASE(repeats_by_cause)
{
    w.scripts = {answering({replying(error_reply(429, 20429)), replying(accepted_reply)})};
    send(1);
    w.advance(10s);
    auto s = stats_of(*this);
    BOOST_TEST(s.throttled == 1u);
    BOOST_TEST(s.repeats.after_throttle == 1u);

    make([](auto& o) { o.retry.repeat_unknown = true; });
    w.scripts = {answering({replying(http_reply(500, "{}")), replying(accepted_reply)})};
    send(2);
    w.advance(10s);
    s = stats_of(*this);
    BOOST_TEST(s.repeats.after_unknown == 1u);
    BOOST_TEST(s.repeats.after_throttle == 0u);

    make([](auto& o) { o.retry.max_retries = 1; });
    w.scripts = {script()};
    w.scripts[0].on_connect = script::connect::refuse;
    send(3);
    w.advance(10s);
    s = stats_of(*this);
    BOOST_TEST(s.repeats.after_not_sent == 1u);
    BOOST_TEST(s.attempts == 2u);
    BOOST_TEST(s.reply_time.count() == 0u);
}

BOOST_AUTO_TEST_CASE(the_trace_goes_with_every_request)
{
    w.scripts = {answering({replying(error_reply(429, 20429)), replying(accepted_reply)})};
    auto const op = std::make_shared<detail::operation>();
    op->form = "To=x";
    op->trace_parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    start(1, op);
    w.advance(10s);
    send(2);
    w.advance(10s);
    BOOST_TEST(w.requests.size() == 3u);
    for (std::size_t i = 0; i < w.requests.size(); ++i) {
        auto const header = w.requests[i].find("\r\ntraceparent: " + op->trace_parent + "\r\n\r\nTo=x");
        BOOST_TEST((header != std::string::npos) == (i < 2));
    }
}

BOOST_AUTO_TEST_CASE(repeats_withheld)
{
    make([](auto& s) {
        s.max_connections = s.max_opening = 200;
        s.retry.retry_delay = 0ms;
    });
    w.scripts = {script()};
    w.scripts[0].on_connect = script::connect::refuse;
    for (int i = 0; i < 200; ++i)
        send(i);
    w.advance(10s);
    auto const s = stats_of(*this);
    BOOST_TEST(s.repeats.after_not_sent == 100u);
    BOOST_TEST(s.repeats.withheld > 0u);
}

BOOST_FIXTURE_TEST_CASE(what_asking_brought, asking)
{
    on_create = {"lost", "drop", "ok"};
    say(1, "a");
    w.advance(100ms);
    say(2, "b");
    w.advance(100ms);
    BOOST_TEST(stats_of(*this).asked.in_doubt == 2u);
    w.advance(60s);
    auto s = stats_of(*this);
    BOOST_TEST(s.asked.found == 1u);
    BOOST_TEST(s.asked.absent == 1u);
    BOOST_TEST(s.repeats.after_asking == 1u);
    BOOST_TEST(s.sends.accepted == 2u);

    on_create = {"lost"};
    on_list = {"403"};
    say(3, "c");
    w.advance(200s);
    s = stats_of(*this);
    BOOST_TEST(s.asked.undecided == 1u);
    BOOST_TEST(s.sends.unknown == 1u);
    resolve(4, outcomes.at(3).error()); // no send
    on_list = {"ok"};
    w.advance(60s);
    BOOST_TEST(stats_of(*this).sends.accepted == 2u);
}

// Whatever ends it: of all that were in doubt it is known what became of them.
BOOST_FIXTURE_TEST_CASE(asking_that_is_cut_short, asking)
{
    on_create = {"lost"};
    for (int i = 1; i <= 3; ++i)
        say(i);
    w.advance(100ms);
    BOOST_TEST(stats_of(*this).asked.in_doubt == 3u);
    cancel(1);
    w.poll();
    BOOST_TEST(stats_of(*this).asked.undecided == 1u);
    BOOST_TEST(outcomes.at(1).error().message == "cancelled; an earlier attempt may have been sent");
    shut_down();
    w.poll();
    auto const s = stats_of(*this);
    BOOST_TEST(s.asked.undecided == 3u);
    BOOST_TEST(s.asked.found + s.asked.absent == 0u);
    BOOST_TEST(s.sends.unknown == 3u);
}

BOOST_AUTO_TEST_SUITE_END()
