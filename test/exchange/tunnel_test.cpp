// The way through a proxy, in memory, cut at every byte.
#include "core/fate.hpp"
#include "memory_peer.hpp"
#include <boost/test/unit_test.hpp>

namespace twilio_sms::test {
namespace {

using detail::breakdown;
using detail::handover;
using detail::wire;

std::string const connect_request = "CONNECT localhost:443 HTTP/1.1\r\nHost: localhost:443\r\n"
                                    "Proxy-Authorization: Basic cHJveHk6c2VjcmV0\r\n\r\n";
std::string const agreed = "HTTP/1.1 200 Connection established\r\nVia: 1.1 proxy\r\n\r\n";

std::string taken_output(wire& w)
{
    std::string const bytes(w.output().begin(), w.output().end());
    w.consumed(bytes.size());
    return bytes;
}

struct tunnel {
    tls_pair tls;
    wire client = wire::secure(tls.client.get(), "localhost", connect_request);

    // Sends the request and hears this answer.
    void answer(std::string_view reply)
    {
        taken_output(client);
        client.received(reply);
    }
};

// The breakdown, whatever the send's fate would be: nothing was sent.
breakdown why(wire const& w)
{
    BOOST_REQUIRE((w.now() == wire::state::failed));
    BOOST_TEST((detail::judge({w.request_handover(), w.why()}).fate == fate::not_sent));
    return w.why();
}

} // namespace

BOOST_AUTO_TEST_SUITE(tunnels)

BOOST_AUTO_TEST_CASE(request_then_tls)
{
    tunnel t;
    BOOST_TEST((t.client.now() == wire::state::tunnelling));
    BOOST_TEST(taken_output(t.client) == connect_request);
    BOOST_TEST(t.client.output().empty()); // TLS waits for the proxy
    t.client.received(agreed);
    BOOST_TEST((t.client.now() == wire::state::handshaking));

    memory_peer server(t.tls.server.get());
    shake_hands(t.client, server);
    std::string const request = "GET / HTTP/1.1\r\nAuthorization: Basic dHdpbGlvOnNlY3JldA==\r\n\r\n";
    t.client.start(request);
    BOOST_TEST((t.client.request_handover() == handover::nothing));
    auto const sent = taken_output(t.client);
    BOOST_TEST((t.client.request_handover() == handover::whole));
    BOOST_TEST(sent.find("dHdpbGlv") == std::string::npos);
    server.received(sent);
    BOOST_TEST(server.plain_text() == request); // and nothing of what was for the proxy
    server.write("HTTP/1.1 201 CREATED\r\nContent-Length: 2\r\n\r\n{}");
    t.client.received(server.output());
    BOOST_TEST((t.client.now() == wire::state::replied));
    BOOST_TEST(t.client.reply().body() == "{}");
    BOOST_TEST(t.client.reusable());
}

BOOST_AUTO_TEST_CASE(request_in_single_bytes)
{
    tunnel t;
    std::string got;
    while (!t.client.output().empty()) {
        got += t.client.output().front();
        t.client.consumed(1);
    }
    BOOST_TEST(got == connect_request);
}

BOOST_AUTO_TEST_CASE(answer_in_single_bytes)
{
    tunnel t;
    taken_output(t.client);
    for (char const& c : agreed) {
        BOOST_TEST((t.client.now() == wire::state::tunnelling));
        BOOST_TEST(t.client.output().empty());
        t.client.received({&c, 1});
    }
    BOOST_TEST((t.client.now() == wire::state::handshaking));
    BOOST_TEST(!t.client.output().empty());
}

BOOST_AUTO_TEST_CASE(answer_cut_at_every_byte)
{
    for (std::size_t k = 0; k < agreed.size(); ++k) {
        BOOST_TEST_CONTEXT("cut at " << k)
        {
            tunnel closed;
            closed.answer(std::string_view(agreed).substr(0, k));
            BOOST_TEST((closed.client.now() == wire::state::tunnelling));
            closed.client.end_of_stream();
            BOOST_TEST((why(closed.client) == breakdown::proxy_failed));
            BOOST_TEST(closed.client.output().empty());

            tunnel broken;
            broken.answer(std::string_view(agreed).substr(0, k));
            broken.client.lose("reset");
            BOOST_TEST((why(broken.client) == breakdown::proxy_failed));

            tunnel silent;
            silent.answer(std::string_view(agreed).substr(0, k));
            silent.client.fail(breakdown::connect_timeout, {});
            BOOST_TEST((why(silent.client) == breakdown::connect_timeout));
        }
    }
    tunnel whole;
    whole.answer(agreed);
    whole.client.end_of_stream();
    BOOST_TEST((why(whole.client) == breakdown::tls));
}

BOOST_AUTO_TEST_CASE(answers)
{
    std::string interim = "HTTP/1.1 100 Continue\r\n\r\n", flood;
    for (int i = 0; i <= detail::reply_parser::max_interim_replies; ++i)
        flood += interim;
    std::string const long_field = "X: " + std::string(detail::reply_parser::max_head, 'x') + "\r\n";
    struct row {
        char const* what;
        std::string reply;
        breakdown expected;
        std::string says;
    };
    row const rows[] = {
        {"200", agreed, breakdown::none, ""},
        {"HTTP/1.0", "HTTP/1.0 200 OK\r\n\r\n", breakdown::none, ""},
        {"without a reason", "HTTP/1.1 200 \r\n\r\n", breakdown::none, ""},
        {"a length, which means nothing", "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n", breakdown::none, ""},
        {"chunks, which mean nothing", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", breakdown::none, ""},
        {"to be closed, which means nothing", "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", breakdown::none, ""},
        {"interim answers first", interim + interim + agreed, breakdown::none, ""},
        {"407", "HTTP/1.1 407 X\r\nProxy-Authenticate: Basic\r\nContent-Length: 9\r\n\r\nsecret no",
         breakdown::proxy_refused, "it answered HTTP 407"},
        {"403", "HTTP/1.1 403 X\r\n\r\n", breakdown::proxy_refused, "it answered HTTP 403"},
        {"502", "HTTP/1.1 502 X\r\nContent-Length: 9\r\n\r\n", breakdown::proxy_failed, "it answered HTTP 502"},
        {"503", "HTTP/1.1 503 X\r\n\r\n", breakdown::proxy_failed, "it answered HTTP 503"},
        {"504", "HTTP/1.1 504 X\r\n\r\n", breakdown::proxy_failed, "it answered HTTP 504"},
        {"302", "HTTP/1.1 302 X\r\nLocation: /\r\n\r\n", breakdown::proxy_failed, "it answered HTTP 302"},
        {"101", "HTTP/1.1 101 X\r\n\r\n", breakdown::proxy_failed, "its answer is not HTTP"},
        {"interim answers only", flood, breakdown::proxy_failed, "its answer is not HTTP"},
        {"another protocol", "SSH-2.0", breakdown::proxy_failed, "its answer is not HTTP"},
        {"TLS", std::string("\x15\x03\x01\x00\x02\x02\x46", 7), breakdown::proxy_failed, "its answer is not HTTP"},
        {"garbage in the head", "HTTP/1.1 200 OK\r\n\x01: x\r\n\r\n", breakdown::proxy_failed,
         "its answer is not HTTP"},
        {"a head without end", "HTTP/1.1 200 OK\r\n" + long_field + long_field, breakdown::proxy_failed,
         "its answer is too large"},
        {"a head too large", "HTTP/1.1 200 OK\r\n" + long_field + "\r\n", breakdown::proxy_failed,
         "its answer is too large"},
        {"bytes after it", agreed + "x", breakdown::proxy_failed, "it sent data that nobody asked for"},
    };
    for (auto const& row : rows)
        BOOST_TEST_CONTEXT(row.what)
        {
            tunnel t;
            t.answer(row.reply);
            if (row.expected == breakdown::none) {
                BOOST_TEST((t.client.now() == wire::state::handshaking));
            } else {
                BOOST_TEST((why(t.client) == row.expected));
                BOOST_TEST(t.client.reason() == row.says);
                BOOST_TEST(t.client.output().empty());
            }
        }
}

BOOST_AUTO_TEST_CASE(an_answer_before_the_whole_request)
{
    tunnel refused;
    refused.client.consumed(10);
    refused.client.received(std::string_view("HTTP/1.1 403 Forbidden\r\n\r\n"));
    BOOST_TEST((why(refused.client) == breakdown::proxy_refused));

    tunnel too_early;
    too_early.client.consumed(10);
    too_early.client.received(agreed);
    BOOST_TEST((why(too_early.client) == breakdown::proxy_failed));
}

BOOST_AUTO_TEST_CASE(the_certificate_checked_is_the_servers)
{
    tls_pair const tls;
    auto client = wire::secure(tls.client.get(), "example.com", connect_request);
    taken_output(client);
    client.received(agreed);
    memory_peer server(tls.server.get());
    shake_hands(client, server);
    BOOST_TEST((why(client) == breakdown::certificate));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
