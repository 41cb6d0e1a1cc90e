// The exchange replayed in memory, cut at every byte: what the peer could read decides the fate, exactly.
#include "core/fate.hpp"
#include "memory_peer.hpp"
#include <boost/test/unit_test.hpp>

namespace twilio_sms::test {
namespace {

using detail::breakdown;
using detail::handover;
using detail::wire;

std::string const reply = "HTTP/1.1 201 CREATED\r\nContent-Type: application/json\r\nContent-Length: 44\r\n"
                          "Twilio-Request-Id: RQ0123\r\n\r\n"
                          R"({"sid":"SM00000000000000000000000000000000"})";

detail::attempt_end end_of(wire const& w)
{
    detail::attempt_end end;
    end.request = w.request_handover();
    end.why = w.now() == wire::state::failed ? w.why() : breakdown::none;
    end.http_status = w.now() == wire::state::replied ? w.reply().http_status() : 0;
    end.has_sid = end.http_status == 201;
    return end;
}

std::string request_of(std::size_t body_size)
{
    std::string const body(body_size, 'x');
    return "POST /m HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

// Every count of bytes is tried for short requests; for long ones those near the ends of records, and a sample.
bool worth_trying(std::size_t k, std::size_t total)
{
    if (total < 1000 || k < 40 || total - k < 40)
        return true;
    std::size_t const record = 16384 + 22;
    return k % record < 3 || record - k % record < 3 || k % 1009 == 0;
}

struct tls_version {
    int number;
    char const* name;
};
constexpr tls_version both_versions[] = {{TLS1_2_VERSION, "TLS 1.2"}, {TLS1_3_VERSION, "TLS 1.3"}};

} // namespace

BOOST_AUTO_TEST_SUITE(exchange)

// Never not_sent for a request the peer could read, never unknown for one it could not.
BOOST_AUTO_TEST_CASE(request_cut_at_every_byte)
{
    for (auto const& version : both_versions) {
        tls_pair const tls(version.number);
        for (std::size_t const body : {10u, 3000u, 16300u, 40000u}) {
            auto const request = request_of(body);
            std::size_t total = 0;
            for (std::size_t k = 0; k == 0 || k <= total; ++k) {
                if (!worth_trying(k, total) && k != 0)
                    continue;
                auto [client, server] = connected(tls);
                client.start(request);
                total = client.output().size();
                BOOST_REQUIRE_EQUAL(deliver(client, server, k), k);
                client.fail(breakdown::connection_lost, "cut");

                bool const peer_has_all = server.plain_text() == request;
                bool const peer_has_some = !server.plain_text().empty();
                auto const fate = judge(end_of(client)).fate;
                BOOST_TEST_CONTEXT(version.name << ", body " << body << ", cut at " << k << " of " << total)
                {
                    BOOST_TEST(peer_has_all == (client.request_handover() == handover::whole));
                    if (peer_has_some)
                        BOOST_TEST((fate == fate::unknown));
                    if (!peer_has_some && request.size() <= 16384) // one record
                        BOOST_TEST((fate == fate::not_sent));
                    if (k == 0)
                        BOOST_TEST((fate == fate::not_sent));
                }
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(reply_cut_at_every_byte)
{
    for (auto const& version : both_versions) {
        tls_pair const tls(version.number);
        std::size_t total = 0;
        for (std::size_t k = 0; k == 0 || k <= total; ++k) {
            auto [client, server] = connected(tls);
            client.start(request_of(100));
            deliver(client, server);
            (void)client.request_handover();
            client.received(server.output()); // tickets
            server.write(reply);
            auto const bytes = server.output();
            total = bytes.size();
            client.received(std::span(bytes).first(k));
            client.end_of_stream();
            BOOST_TEST_CONTEXT(version.name << ", reply cut at " << k << " of " << total)
            {
                auto const expected = k == total ? fate::accepted : fate::unknown;
                BOOST_TEST((judge(end_of(client)).fate == expected));
                BOOST_TEST(!client.reusable()); // the peer closed
            }
        }
    }
}

// An idle connection has given its buffers back.
BOOST_AUTO_TEST_CASE(requests_after_a_rest)
{
    for (auto const& version : both_versions) {
        tls_pair const tls(version.number);
        auto [client, server] = connected(tls);
        std::string sent;
        for (std::size_t const body : {100u, 40000u, 100u}) {
            client.release_buffers();
            client.start(request_of(body));
            client.release_buffers(); // nothing is lost that waits to go
            sent += request_of(body);
            deliver(client, server, 50);
            client.release_buffers();
            deliver(client, server);
            BOOST_TEST(server.plain_text() == sent);
            server.write(reply);
            auto const bytes = server.output();
            client.received(std::span(bytes).first(30)); // part of a record
            client.release_buffers();
            client.received(std::span(bytes).subspan(30));
            BOOST_TEST_CONTEXT(version.name << ", body " << body)
            {
                BOOST_TEST((client.now() == wire::state::replied));
                BOOST_TEST(client.reusable());
            }
        }
    }
}

// Also while OpenSSL has begun with a record: up to its header, which it takes first, and beyond.
BOOST_AUTO_TEST_CASE(a_rest_with_part_of_a_record)
{
    for (auto const& version : both_versions)
        for (std::size_t const part : {0u, 1u, 4u, 5u, 6u, 20u}) {
            tls_pair const tls(version.number);
            auto [client, server] = connected(tls);
            client.start(request_of(100));
            deliver(client, server);
            server.write(reply);
            client.received(server.output());
            BOOST_TEST((client.now() == wire::state::replied));
            server.shutdown();
            auto const farewell = server.output();
            client.received(std::span(farewell).first(part));
            client.release_buffers();
            client.received(std::span(farewell).subspan(part));
            BOOST_TEST_CONTEXT(version.name << ", " << part << " bytes of it")
            {
                BOOST_TEST((client.now() == wire::state::replied));
                BOOST_TEST(!client.reusable()); // it was heard
            }
        }
}

// The same with nothing but the reply's bytes arriving one at a time.
BOOST_AUTO_TEST_CASE(reply_in_single_bytes)
{
    auto client = wire::plain();
    client.start(request_of(5));
    client.consumed(client.output().size());
    for (std::size_t i = 0; i < reply.size(); ++i) {
        BOOST_TEST((client.now() == wire::state::awaiting_reply));
        client.received(std::span(reply).subspan(i, 1));
    }
    BOOST_TEST((client.now() == wire::state::replied));
    BOOST_TEST(client.reply().http_status() == 201);
    BOOST_TEST(client.reply().request_id() == "RQ0123");
    BOOST_TEST(client.reply().body().size() == 44u);
    BOOST_TEST(client.reusable());
}

BOOST_AUTO_TEST_CASE(plain_request_cut_part_way_may_have_been_read)
{
    auto client = wire::plain();
    client.start(request_of(5));
    BOOST_TEST((client.request_handover() == handover::nothing));
    client.consumed(1);
    BOOST_TEST((client.request_handover() == handover::some));
    client.consumed(client.output().size());
    BOOST_TEST((client.request_handover() == handover::whole));
}

BOOST_AUTO_TEST_CASE(early_reply_is_not_this_messages_answer)
{
    tls_pair const tls;
    auto [client, server] = connected(tls);
    client.received(server.output());
    client.start(request_of(100));
    deliver(client, server, 20);
    server.write(reply);
    client.received(server.output());
    BOOST_TEST((client.now() == wire::state::failed));
    BOOST_TEST((client.why() == breakdown::early_reply));
    BOOST_TEST((judge(end_of(client)).fate == fate::not_sent));
}

BOOST_AUTO_TEST_CASE(between_requests_only_tickets_are_fine)
{
    tls_pair const tls(TLS1_3_VERSION);
    auto [fresh, server] = connected(tls);
    auto const tickets = server.output();
    fresh.received(tickets);
    BOOST_TEST((fresh.now() == wire::state::ready)); // healthy

    server.write("HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n");
    fresh.received(server.output());
    BOOST_TEST((fresh.now() == wire::state::failed));
}

BOOST_AUTO_TEST_CASE(data_after_the_reply_taints_the_connection_not_the_reply)
{
    tls_pair const tls;
    for (bool const same_record : {true, false}) {
        auto [client, server] = connected(tls);
        client.start(request_of(10));
        deliver(client, server);
        if (same_record) {
            server.write(reply + "HTTP/1.1 200 OK");
        } else {
            server.write(reply);
            server.write("HTTP/1.1 200 OK");
        }
        client.received(server.output());
        BOOST_TEST((client.now() == wire::state::replied));
        BOOST_TEST(!client.reusable());
    }
}

BOOST_AUTO_TEST_CASE(a_broken_record_after_the_reply_taints_the_connection_not_the_reply)
{
    tls_pair const tls;
    auto [client, server] = connected(tls);
    client.start(request_of(10));
    deliver(client, server);
    server.write(reply);
    auto const bytes = server.output();
    client.received(bytes + bytes); // the copy cannot be decrypted
    BOOST_TEST((client.now() == wire::state::replied));
    BOOST_TEST(!client.reusable());
}

BOOST_AUTO_TEST_CASE(close_between_requests_is_noticed)
{
    tls_pair const tls;
    for (bool const properly : {true, false}) {
        auto [client, server] = connected(tls);
        client.start(request_of(10));
        deliver(client, server);
        server.write(reply);
        client.received(server.output());
        BOOST_TEST(client.reusable());
        if (properly) {
            server.shutdown();
            client.received(server.output());
        } else {
            client.end_of_stream();
        }
        BOOST_TEST((client.now() == wire::state::replied));
        BOOST_TEST(!client.reusable());
    }
}

// A body without a length ends with the stream; with TLS only close_notify proves that nothing was cut off.
BOOST_AUTO_TEST_CASE(reply_that_ends_with_the_stream)
{
    tls_pair const tls;
    std::string const open_ended = "HTTP/1.1 201 CREATED\r\n\r\n{}";
    for (bool const properly : {true, false}) {
        auto [client, server] = connected(tls);
        client.start(request_of(10));
        deliver(client, server);
        server.write(open_ended);
        if (properly)
            server.shutdown();
        client.received(server.output());
        client.end_of_stream();
        BOOST_TEST((client.now() == (properly ? wire::state::replied : wire::state::failed)));
        BOOST_TEST(!client.reusable());
    }
}

BOOST_AUTO_TEST_CASE(handshake_cut_at_every_byte_sends_nothing)
{
    tls_pair const tls;
    std::size_t total = 1;
    for (std::size_t k = 0; k < total; ++k) {
        auto client = wire::secure(tls.client.get(), "localhost");
        memory_peer server(tls.server.get());
        deliver(client, server);
        auto const flight = server.output();
        total = flight.size(); // varies by a few bytes, as signatures do
        if (k >= total)
            break;
        client.received(std::span(flight).first(k));
        client.end_of_stream();
        BOOST_TEST((client.now() == wire::state::failed));
        BOOST_TEST((client.why() == breakdown::tls));
        BOOST_TEST((judge(end_of(client)).fate == fate::not_sent));
    }
}

BOOST_AUTO_TEST_CASE(certificate_problems_are_told_apart)
{
    tls_pair const tls;
    tls_pair const other;
    auto const reason_of = [](SSL_CTX* client_context, SSL_CTX* server_context, std::string const& host) {
        auto client = wire::secure(client_context, host);
        memory_peer server(server_context);
        shake_hands(client, server);
        BOOST_TEST((client.why() == breakdown::certificate));
        return client.reason();
    };
    std::string const other_host = "it is for another host; check the host in base_url";
    BOOST_TEST(reason_of(other.client.get(), tls.server.get(), "localhost") ==
               "it is self-signed; check base_url, or set ca_file to it if it is the one you expect");
    BOOST_TEST(reason_of(tls.client.get(), tls.server.get(), "example.com") == other_host);
    BOOST_TEST(reason_of(tls.client.get(), tls.server.get(), "127.0.0.2") == other_host);
}

BOOST_AUTO_TEST_CASE(address_in_the_certificate_is_accepted)
{
    tls_pair const tls;
    auto client = wire::secure(tls.client.get(), "127.0.0.1");
    memory_peer server(tls.server.get());
    shake_hands(client, server);
    BOOST_TEST((client.now() == wire::state::ready));
}

BOOST_AUTO_TEST_CASE(old_tls_is_refused)
{
    for (int const version : {TLS1_VERSION, TLS1_1_VERSION}) {
        tls_pair const tls;
        SSL_CTX_set_min_proto_version(tls.server.get(), TLS1_VERSION);
        SSL_CTX_set_max_proto_version(tls.server.get(), version);
        SSL_CTX_set_security_level(tls.server.get(), 0);
        auto client = wire::secure(tls.client.get(), "localhost");
        memory_peer server(tls.server.get());
        for (int i = 0; i < 3; ++i) {
            deliver(client, server);
            client.received(server.output());
        }
        BOOST_REQUIRE((client.now() == wire::state::failed));
        BOOST_TEST((client.why() == breakdown::tls));
        BOOST_TEST(client.reason() == "TLS handshake failed: the server has neither TLS 1.2 nor TLS 1.3");
    }
}

// One that does not look at what the client can do, as truly old ones: it just chooses TLS 1.1.
BOOST_AUTO_TEST_CASE(server_that_chooses_old_tls)
{
    tls_pair const tls;
    auto client = wire::secure(tls.client.get(), "localhost");
    std::string hello("\x16\x03\x02\x00\x2a\x02\x00\x00\x26\x03\x02", 11);
    hello += std::string(32, 'r') + std::string("\x00\xc0\x13\x00", 4);
    client.received(hello);
    BOOST_REQUIRE((client.now() == wire::state::failed));
    BOOST_TEST((client.why() == breakdown::tls));
    BOOST_TEST(client.reason() == "TLS handshake failed: the server has neither TLS 1.2 nor TLS 1.3");
    BOOST_TEST(!client.output().empty()); // an alert tells it why
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
