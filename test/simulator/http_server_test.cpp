// The server by itself: what a handler can do with a request.
#include "http_server/http_server.hpp"
#include "running_simulator.hpp"
#include "simulator/certificates.hpp"
#include <atomic>
#include <boost/asio/post.hpp>

using namespace twilio_sms;
using namespace twilio_sms::test;
using namespace twilio_sms::detail::server;

namespace {

class running_server {
public:
    explicit running_server(request_handler handler, detail::tls_context tls = nullptr)
        : server_(io_.get_executor(), {asio::ip::address_v4::loopback(), 0}, std::move(tls), std::move(handler)),
          thread_([this] { io_.run(); })
    {}
    ~running_server()
    {
        asio::post(io_, [this] { server_.stop(); });
        thread_.join();
    }
    std::uint16_t port() const { return server_.local_endpoint().port(); }

private:
    asio::io_context io_{1};
    http_server server_;
    std::thread thread_;
};

constexpr std::string_view get = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n";
constexpr response_head ok{200, "OK", "X-Test: 1\r\n"};

} // namespace

BOOST_AUTO_TEST_SUITE(http_servers)

BOOST_AUTO_TEST_CASE(a_cut_response)
{
    running_server s([](request const&, responder to) {
        to.send_bytes("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
        to.close();
    });
    wire_client client(s.port());
    client.send(get);
    BOOST_TEST(client.receive_all() == "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
}

BOOST_AUTO_TEST_CASE(the_first_answer_counts)
{
    running_server s([](request const&, responder to) {
        BOOST_TEST(to.send(ok, "one"));
        BOOST_TEST(!to.send(ok, "two"));
    });
    wire_client client(s.port());
    BOOST_TEST(client.exchange(get) == wire_end::reply);
    BOOST_TEST(client.body == "one");
    BOOST_TEST(client.head.find("X-Test: 1\r\n") != std::string::npos);
    BOOST_TEST(client.exchange(get) == wire_end::reply);
}

BOOST_AUTO_TEST_CASE(head_and_connection_close)
{
    running_server s([](request const&, responder to) { to.send(ok, "text"); });
    wire_client client(s.port());
    client.send("HEAD / HTTP/1.1\r\nConnection: close\r\n\r\n");
    auto const all = client.receive_all();
    BOOST_TEST(all.find("Content-Length: 4\r\n") != std::string::npos);
    BOOST_TEST(all.ends_with("Connection: close\r\n\r\n"));
}

BOOST_AUTO_TEST_CASE(a_client_that_waits_for_100_continue)
{
    running_server s([](request const& r, responder to) { to.send(ok, r.body()); });
    wire_client client(s.port());
    client.send("POST / HTTP/1.1\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
    BOOST_TEST(client.receive() == wire_end::reply);
    BOOST_TEST(client.status() == 100);
    BOOST_TEST(client.exchange("hello") == wire_end::reply);
    BOOST_TEST(client.body == "hello");
}

BOOST_AUTO_TEST_CASE(a_handler_that_throws_costs_its_connection_only)
{
    running_server s([](request const& r, responder to) {
        if (r.path() == "/bad")
            throw std::runtime_error("expected by a test");
        to.send(ok, "fine");
    });
    wire_client good(s.port());
    wire_client bad(s.port());
    BOOST_TEST(bad.exchange("GET /bad HTTP/1.1\r\n\r\n") != wire_end::reply);
    BOOST_TEST(good.exchange(get) == wire_end::reply);
}

BOOST_AUTO_TEST_CASE(a_client_that_does_not_read_is_not_served_on)
{
    std::atomic<int> served = 0;
    std::string const big(1'000'000, 'x');
    running_server s([&](request const& r, responder to) {
        if (r.path() == "/other")
            return void(to.send(ok, "small"));
        ++served;
        to.send(ok, big);
    });
    wire_client client(s.port());
    wire_client other(s.port());
    std::string many;
    for (int i = 0; i < 100; ++i)
        many += get;
    client.send(many);
    for (int turn = 0; turn < 100; ++turn) // the server comes to what it would do
        BOOST_TEST_REQUIRE(other.exchange("GET /other HTTP/1.1\r\nHost: x\r\n\r\n") == wire_end::reply);
    BOOST_TEST(served > 0);
    BOOST_TEST(served < 20); // what the kernel buffers, not all hundred
    for (int i = 0; i < 100; ++i)
        BOOST_TEST_REQUIRE(client.receive() == wire_end::reply);
    BOOST_TEST(served == 100);
}

// It waits for its last response to be read; what the client sends meanwhile would only fill its memory.
BOOST_AUTO_TEST_CASE(a_closing_connection_reads_no_more)
{
    auto const set = detail::sim::make_certificates(certificate_kind::good);
    auto const trust = trusting(set.ca_pem);
    std::string const more_than_the_kernel_keeps(32'000'000, 'x');
    for (bool const tls : {false, true}) {
        BOOST_TEST_CONTEXT("tls " << tls)
        {
            running_server s([&](request const&, responder to) { to.send(ok, more_than_the_kernel_keeps); },
                             tls ? detail::make_server_tls_context(set.server_chain_pem, set.server_key_pem) : nullptr);
            wire_client client(s.port(), tls ? trust.get() : nullptr);
            client.send("GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
            constexpr std::size_t limit = 128'000'000; // the kernel keeps less
            BOOST_TEST(client.send_noise(limit) < limit);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
