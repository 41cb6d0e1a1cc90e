// What a client sees of each fault.
#include "running_simulator.hpp"

using namespace twilio_sms;
using namespace twilio_sms::test;
using enum simulated_fault;

namespace {

/// A simulator that treats the first request for +15551230001 in this way and all others well.
simulator_options scripted(simulated_fault f)
{
    simulator_options o;
    o.script["+15551230001"] = {f};
    return o;
}

struct observation {
    wire_end end;
    int status;
    simulator_summary truth;
};

observation observe(simulator_options const& o)
{
    running_simulator s(o);
    auto const context = o.tls ? trusting(s.twilio.ca_pem()) : nullptr;
    wire_client client(s.twilio.port(), context.get());
    BOOST_TEST(client.exchange(create_text("15551230002")) == wire_end::reply); // another recipient: no fault
    client.set_patience(std::chrono::milliseconds(200));
    auto const end = client.exchange(create_text());
    observation seen{end, end == wire_end::reply ? client.status() : 0, s.twilio.summary()};
    wire_client again(s.twilio.port(), context.get());
    BOOST_TEST(again.exchange(create_text()) == wire_end::reply); // the script is used up
    BOOST_TEST(again.status() == 201);
    return seen;
}

} // namespace

BOOST_AUTO_TEST_SUITE(faults_on_the_wire)

BOOST_AUTO_TEST_CASE(each_looks_like_its_name)
{
    struct {
        simulated_fault fault;
        wire_end end;
        std::uint64_t accepted;
    } const cases[] = {
        {reply_lost, wire_end::closed, 2},    {reset_before, wire_end::reset, 1},  {reset_after, wire_end::reset, 2},
        {stall_before, wire_end::silence, 1}, {stall_after, wire_end::silence, 2}, {error_before, wire_end::reply, 1},
        {error_after, wire_end::reply, 2},    {throttle, wire_end::reply, 1},      {reply_cut, wire_end::closed, 2},
        {reply_garbled, wire_end::reply, 2},  {conflict, wire_end::reply, 1},
    };
    for (bool const tls : {false, true})
        for (auto const latency : {0, 10})
            for (auto const& c : cases)
                BOOST_TEST_CONTEXT(to_string(c.fault) << (tls ? " over TLS" : "") << ", latency " << latency)
                {
                    auto o = scripted(c.fault);
                    o.tls = tls;
                    o.latency = std::chrono::milliseconds(latency);
                    auto const seen = observe(o);
                    BOOST_TEST(seen.end == c.end);
                    BOOST_TEST(seen.truth.accepted == c.accepted);
                    BOOST_TEST(seen.truth.faults.at(c.fault) == 1u);
                    if (c.fault == throttle)
                        BOOST_TEST(seen.status == 429);
                    else if (c.fault == conflict)
                        BOOST_TEST(seen.status == 409);
                    else if (c.fault == reply_garbled)
                        BOOST_TEST(seen.status == 201);
                    else if (c.end == wire_end::reply)
                        BOOST_TEST((seen.status == 500 || seen.status == 503));
                }
}

BOOST_AUTO_TEST_CASE(a_storm_of_all_of_them)
{
    simulator_options o;
    for (std::size_t i = 0; i < simulated_fault_count; ++i)
        o.faults[static_cast<simulated_fault>(i)] = 0.07;
    o.storm_length = 5;
    o.latency_jitter = std::chrono::milliseconds(3);
    o.max_concurrency = 8;
    o.tls = false;
    running_simulator s(o);
    std::vector<std::thread> clients;
    for (int t = 0; t < 4; ++t)
        clients.emplace_back([port = s.twilio.port()] {
            auto client = std::make_unique<wire_client>(port);
            for (int i = 0; i < 200; ++i) {
                client->set_patience(std::chrono::milliseconds(30));
                if (client->exchange(create_text()) != wire_end::reply)
                    client = std::make_unique<wire_client>(port);
            }
        });
    for (auto& c : clients)
        c.join();
    auto const truth = s.twilio.summary();
    BOOST_TEST(truth.requests == 800u);
    auto const count = [&](simulated_fault f) { return truth.faults.contains(f) ? truth.faults.at(f) : 0; };
    BOOST_TEST(truth.requests == truth.accepted + truth.pending + truth.rejected + truth.throttled +
                                     count(error_before) + count(reset_before) + count(stall_before) + count(conflict));
    BOOST_TEST(s.twilio.messages().size() == truth.accepted);
}

BOOST_AUTO_TEST_SUITE_END()
