// The simulator over real connections.
#include "running_simulator.hpp"
#include <boost/json.hpp>

using namespace twilio_sms;
using namespace twilio_sms::test;

BOOST_AUTO_TEST_SUITE(simulators)

BOOST_AUTO_TEST_CASE(answers_over_http_and_tls)
{
    for (bool const tls : {false, true}) {
        simulator_options o;
        o.tls = tls;
        running_simulator s(o);
        BOOST_TEST(s.twilio.base_url() ==
                   (tls ? "https" : "http") + std::string("://127.0.0.1:") + std::to_string(s.twilio.port()));
        BOOST_TEST(s.twilio.ca_pem().empty() == !tls);
        detail::tls_context const context = tls ? trusting(s.twilio.ca_pem()) : nullptr;
        wire_client client(s.twilio.port(), context.get());
        for (int i = 0; i < 3; ++i) { // on one connection
            BOOST_TEST_REQUIRE(client.exchange(create_text()) == wire_end::reply);
            BOOST_TEST(client.status() == 201);
            BOOST_TEST(client.head.starts_with("HTTP/1.1 201 CREATED\r\n"));
            for (auto const* header : {"Twilio-Request-Id: RQ", "Twilio-Concurrent-Requests: 1",
                                       "Date: ", "Content-Type: application/json\r\n", "X-Shenanigans: none"})
                BOOST_TEST(client.head.find(header) != std::string::npos, header);
        }
        auto const summary = s.twilio.summary();
        BOOST_TEST(summary.accepted == 3u);
        BOOST_TEST(summary.duplicates == 2u);
    }
}

BOOST_AUTO_TEST_CASE(shows_the_certificate_it_was_told_to)
{
    simulator_options o;
    o.certificate = certificate_kind::self_signed;
    running_simulator s(o);
    auto const context = trusting(s.twilio.ca_pem());
    wire_client client(s.twilio.port(), context.get());
    BOOST_TEST(client.receive() != wire_end::reply);
}

BOOST_AUTO_TEST_CASE(several_requests_in_one_packet)
{
    running_simulator s(plain_options());
    wire_client client(s.twilio.port());
    std::string all;
    for (int i = 0; i < 20; ++i)
        all += create_text();
    client.send(all);
    for (int i = 0; i < 20; ++i)
        BOOST_TEST_REQUIRE(client.receive() == wire_end::reply);
    BOOST_TEST(s.twilio.summary().accepted == 20u);
}

BOOST_AUTO_TEST_CASE(one_byte_at_a_time)
{
    running_simulator s(plain_options());
    wire_client client(s.twilio.port());
    for (char const c : create_text())
        client.send({&c, 1});
    BOOST_TEST(client.receive() == wire_end::reply);
    BOOST_TEST(client.status() == 201);
}

BOOST_AUTO_TEST_CASE(nonsense_is_refused_and_the_connection_closed)
{
    running_simulator s(plain_options());
    {
        wire_client client(s.twilio.port());
        BOOST_TEST(client.exchange("nonsense\r\n\r\n") == wire_end::reply);
        BOOST_TEST(client.status() == 400);
        BOOST_TEST(client.receive() == wire_end::closed);
    }
    wire_client client(s.twilio.port());
    client.send("POST / HTTP/1.1\r\nContent-Length: 2000000\r\n\r\n" + std::string(500'000, 'x'));
    BOOST_TEST(client.receive() == wire_end::reply); // not lost to a TCP reset, although we are still sending
    BOOST_TEST(client.status() == 413);
}

BOOST_AUTO_TEST_CASE(latency_and_the_concurrency_limit)
{
    auto o = plain_options();
    o.latency = std::chrono::milliseconds(100);
    o.max_concurrency = 2;
    running_simulator s(o);
    wire_client a(s.twilio.port());
    wire_client b(s.twilio.port());
    wire_client c(s.twilio.port());
    auto const start = std::chrono::steady_clock::now();
    a.send(create_text());
    b.send(create_text());
    while (s.twilio.summary().accepted < 2)
        std::this_thread::yield();
    BOOST_TEST(c.exchange(create_text()) == wire_end::reply);
    BOOST_TEST(c.status() == 429);
    BOOST_TEST(s.twilio.messages().at(0).reply == "pending");
    BOOST_TEST(a.receive() == wire_end::reply);
    BOOST_TEST(b.receive() == wire_end::reply);
    BOOST_TEST(a.status() == 201);
    BOOST_TEST(a.head.find("Twilio-Request-Duration: 0.100") != std::string::npos);
    BOOST_TEST((std::chrono::steady_clock::now() - start >= o.latency));
    BOOST_TEST(c.exchange(create_text()) == wire_end::reply);
    BOOST_TEST(c.status() == 201);
    auto const summary = s.twilio.summary();
    BOOST_TEST(summary.accepted == 3u);
    BOOST_TEST(summary.throttled == 1u);
}

BOOST_AUTO_TEST_CASE(a_client_that_leaves_early)
{
    auto o = plain_options();
    o.latency = std::chrono::milliseconds(50);
    running_simulator s(o);
    {
        wire_client client(s.twilio.port());
        client.send(create_text());
        while (s.twilio.summary().accepted < 1)
            std::this_thread::yield();
        linger const at_once{1, 0};
        client.set_linger(at_once); // closes by reset
    }
    while (s.twilio.messages().at(0).reply == "pending")
        std::this_thread::yield();
    BOOST_TEST(s.twilio.messages().at(0).reply == "client_gone");
}

BOOST_AUTO_TEST_CASE(a_client_that_only_stops_sending_gets_its_answer)
{
    auto o = plain_options();
    o.latency = std::chrono::milliseconds(20);
    running_simulator s(o);
    wire_client client(s.twilio.port());
    client.send(create_text());
    client.shut_down();
    BOOST_TEST(client.receive() == wire_end::reply);
    BOOST_TEST(client.receive() == wire_end::closed);
}

BOOST_AUTO_TEST_CASE(the_truth_over_http)
{
    running_simulator s(plain_options());
    wire_client client(s.twilio.port());
    client.exchange(create_text("15551230001", "one"));
    client.exchange(create_text("15551230002", "two"));
    client.exchange(create_text("1", "three"));
    BOOST_TEST(client.exchange("GET /__truth HTTP/1.1\r\n\r\n") == wire_end::reply);
    BOOST_TEST(client.body == "{\"requests\":3,\"accepted\":2,\"rejected\":1,\"throttled\":0,\"duplicates\":0,"
                              "\"late\":0,\"pending\":0,\"deleted\":0,\"foreign\":0,\"faults\":{}}\n");
    {
        wire_client reader(s.twilio.port());
        reader.send("GET /__truth/messages HTTP/1.1\r\nConnection: close\r\n\r\n");
        auto const all = reader.receive_all();
        BOOST_TEST(all.find("Transfer-Encoding: chunked") != std::string::npos);
        BOOST_TEST(all.find("\"to\":\"+15551230002\",\"from\":\"+15005550006\"") != std::string::npos);
        BOOST_TEST(all.ends_with("\r\n0\r\n\r\n"));
    }
    BOOST_TEST(client.exchange("PUT /__truth HTTP/1.1\r\nContent-Length: 0\r\n\r\n") == wire_end::reply);
    BOOST_TEST(client.status() == 405);
    BOOST_TEST(client.exchange("GET /__truth/x HTTP/1.1\r\n\r\n") == wire_end::reply);
    BOOST_TEST(client.status() == 404);
    BOOST_TEST(client.exchange("DELETE /__truth HTTP/1.1\r\n\r\n") == wire_end::reply);
    BOOST_TEST(client.status() == 204);
    BOOST_TEST(s.twilio.summary().requests == 0u);
}

BOOST_AUTO_TEST_CASE(a_long_list_for_a_slow_reader)
{
    running_simulator s(plain_options());
    wire_client client(s.twilio.port());
    constexpr int n = 20'000;
    std::string batch;
    for (int i = 0; i < 100; ++i)
        batch += create_text("15551230001", std::string(1000, 'x'));
    for (int i = 0; i < n / 100; ++i) {
        client.send(batch);
        for (int k = 0; k < 100; ++k)
            BOOST_TEST_REQUIRE(client.receive() == wire_end::reply);
    }
    wire_client reader(s.twilio.port());
    reader.send("GET /__truth/messages HTTP/1.1\r\nConnection: close\r\n\r\n");
    std::this_thread::sleep_for(std::chrono::milliseconds(50)); // its buffers are full; others are served
    BOOST_TEST(client.exchange(create_text()) == wire_end::reply);
    auto const all = reader.receive_all();
    BOOST_TEST(all.ends_with("\r\n0\r\n\r\n"));
    BOOST_TEST(all.size() > n * 1200u);
}

BOOST_AUTO_TEST_CASE(ends_while_connections_are_open_and_answers_are_due)
{
    auto o = plain_options();
    o.latency = std::chrono::hours(1);
    std::optional<running_simulator> s(std::in_place, o);
    wire_client client(s->twilio.port());
    client.send(create_text());
    while (s->twilio.summary().accepted < 1)
        std::this_thread::yield();
    s.reset();
    BOOST_TEST(client.receive() != wire_end::reply);
}

BOOST_AUTO_TEST_CASE(may_outlive_its_run_and_be_moved)
{
    asio::io_context io;
    simulator a(io.get_executor(), plain_options());
    simulator b(std::move(a));
    auto const port = b.port();
    b = simulator(io.get_executor(), plain_options());
    BOOST_TEST(b.port() != port);
    io.run_for(std::chrono::milliseconds(10));
    wire_client client(b.port());
    client.send(create_text());
    io.run_for(std::chrono::milliseconds(10));
    BOOST_TEST(client.receive() == wire_end::reply);
} // the io_context never runs again: everything is freed all the same

BOOST_AUTO_TEST_CASE(an_address_in_use_is_told)
{
    asio::io_context io;
    simulator first(io.get_executor(), plain_options());
    auto o = plain_options();
    o.port = first.port();
    BOOST_CHECK_EXCEPTION(simulator(io.get_executor(), o), boost::system::system_error,
                          [](auto const& e) { return e.code() == asio::error::address_in_use; });
    o.listen_address = "nonsense";
    BOOST_CHECK_THROW(simulator(io.get_executor(), o), std::invalid_argument);
}

BOOST_AUTO_TEST_SUITE_END()
