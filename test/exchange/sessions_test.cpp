// TLS sessions taken up again, in memory.
#include "memory_peer.hpp"
#include <boost/test/unit_test.hpp>
#include <deque>
#include <openssl/tls1.h>

namespace twilio_sms::test {
namespace {

using detail::breakdown;
using detail::wire;

int early_data_offers = 0;

int look_for_early_data(SSL* ssl, int*, void*)
{
    unsigned char const* data = nullptr;
    std::size_t size = 0;
    early_data_offers += SSL_client_hello_get0_ext(ssl, TLSEXT_TYPE_early_data, &data, &size);
    return SSL_CLIENT_HELLO_SUCCESS;
}

// A client that keeps sessions, and servers with one certificate, each with ticket keys of its own.
struct kept_sessions {
    certificate made = make_self_signed_certificate();
    detail::tls_context client;
    std::deque<detail::tls_context> servers;

    explicit kept_sessions(int version)
    {
        std::string const path = "test-sessions-" + std::to_string(getpid()) + ".pem";
        std::ofstream(path) << made.certificate_pem;
        client = detail::make_client_tls_context(path);
        std::remove(path.c_str());
        SSL_CTX_set_max_proto_version(client.get(), version);
        detail::keep_tls_sessions(client.get());
        add_server();
    }

    void add_server()
    {
        auto& context = servers.emplace_back(detail::make_server_tls_context(made.certificate_pem, made.key_pem));
        SSL_CTX_set_max_early_data(context.get(), 16384);          // it would take early data,
        SSL_CTX_set_options(context.get(), SSL_OP_NO_ANTI_REPLAY); // and looks at nothing but the ticket
        SSL_CTX_set_client_hello_cb(context.get(), look_for_early_data, nullptr);
    }

    // A connection begun: it has offered a session, or had none.
    struct connection {
        wire client;
        memory_peer server;
        connection(wire w, SSL_CTX* context) : client(std::move(w)), server(context) {}

        // Shakes hands and takes the tickets; whether a session was taken up.
        bool resumed()
        {
            shake_hands(client, server);
            client.received(server.output());
            BOOST_REQUIRE((client.now() == wire::state::ready));
            return client.resumed();
        }
    };
    connection begin(std::size_t server = 0, std::string const& host = "localhost")
    {
        return {wire::secure(client.get(), host), servers[server].get()};
    }
};

constexpr int both_versions[] = {TLS1_2_VERSION, TLS1_3_VERSION};

} // namespace

BOOST_AUTO_TEST_SUITE(sessions)

BOOST_AUTO_TEST_CASE(taken_up_again_and_again)
{
    for (int const version : both_versions) {
        kept_sessions world(version);
        BOOST_TEST(!world.begin().resumed());
        for (int i = 0; i < 20; ++i)
            BOOST_TEST(world.begin().resumed(), version);
    }
}

BOOST_AUTO_TEST_CASE(each_is_used_by_one_connection_at_a_time)
{
    for (int const version : both_versions) {
        kept_sessions world(version);
        BOOST_TEST(!world.begin().resumed());
        std::deque<kept_sessions::connection> together;
        for (int i = 0; i < 4; ++i)
            together.push_back(world.begin());
        int resumed = 0;
        for (auto& c : together)
            resumed += c.resumed();
        BOOST_TEST(resumed == (version == TLS1_2_VERSION ? 1 : 2)); // a server gives two tickets with TLS 1.3
    }
}

BOOST_AUTO_TEST_CASE(only_a_few_are_kept)
{
    kept_sessions world(TLS1_3_VERSION);
    std::deque<kept_sessions::connection> first, second;
    for (int i = 0; i < 10; ++i)
        first.push_back(world.begin());
    for (auto& c : first)
        BOOST_TEST(!c.resumed());
    for (int i = 0; i < 20; ++i)
        second.push_back(world.begin());
    int resumed = 0;
    for (auto& c : second)
        resumed += c.resumed();
    BOOST_TEST(resumed == 8);
}

BOOST_AUTO_TEST_CASE(requests_and_replies_on_a_resumed_connection)
{
    for (int const version : both_versions) {
        kept_sessions world(version);
        world.begin().resumed();
        auto c = world.begin();
        BOOST_TEST(c.resumed());
        std::string const request = "GET / HTTP/1.1\r\n\r\n";
        c.client.start(request);
        BOOST_TEST((c.client.request_handover() == detail::handover::nothing));
        deliver(c.client, c.server);
        BOOST_TEST((c.client.request_handover() == detail::handover::whole));
        BOOST_TEST(c.server.plain_text() == request);
        c.server.write("HTTP/1.1 201 CREATED\r\nContent-Length: 0\r\n\r\n");
        c.client.received(c.server.output());
        BOOST_TEST((c.client.now() == wire::state::replied));
    }
}

// Whoever holds a copy of early data can send it again: a message twice.
BOOST_AUTO_TEST_CASE(never_with_early_data)
{
    early_data_offers = 0;
    kept_sessions world(TLS1_3_VERSION);
    world.begin().resumed();
    BOOST_TEST(world.begin().resumed());
    BOOST_TEST(early_data_offers == 0);
}

BOOST_AUTO_TEST_CASE(forgotten_when_the_server_refuses)
{
    for (int const version : both_versions) {
        kept_sessions world(version);
        world.add_server();
        for (int i = 0; i < 3; ++i)
            world.begin(0);
        std::deque<kept_sessions::connection> first;
        for (int i = 0; i < 3; ++i)
            first.push_back(world.begin(0));
        for (auto& c : first)
            c.resumed();                       // three sessions or more
        BOOST_TEST(!world.begin(1).resumed()); // it does not know that session, and gives one of its own
        BOOST_TEST(world.begin(1).resumed());  // that one, and none of the first server's
        if (version == TLS1_2_VERSION)
            BOOST_TEST(world.begin(1).resumed());
        BOOST_TEST(!world.begin(0).resumed());
    }
}

BOOST_AUTO_TEST_CASE(forgotten_when_the_handshake_fails)
{
    for (int const version : both_versions) {
        kept_sessions world(version);
        std::deque<kept_sessions::connection> first;
        for (int i = 0; i < 3; ++i)
            first.push_back(world.begin());
        for (auto& c : first)
            c.resumed();
        auto broken = world.begin();
        broken.client.received(std::string_view("\x15\x03\x03\x00\x02\x02\x28", 7)); // alert: handshake_failure
        BOOST_TEST((broken.client.why() == breakdown::tls));
        BOOST_TEST(!world.begin().resumed());
    }
}

// A resumed connection does not look at the certificate: the session must come from the same check.
BOOST_AUTO_TEST_CASE(no_way_around_the_certificate)
{
    for (int const version : both_versions) {
        kept_sessions world(version);
        world.begin().resumed();
        for (auto const* host : {"example.com", "127.0.0.2", "sub.localhost"}) { // another host, same server
            auto c = world.begin(0, host);
            shake_hands(c.client, c.server);
            BOOST_TEST((c.client.why() == breakdown::certificate), host);
        }
        BOOST_TEST(!world.begin(0, "127.0.0.1").resumed()); // in the certificate, but checked for itself
        BOOST_TEST(world.begin(0, "127.0.0.1").resumed());
        BOOST_TEST(world.begin(0, "localhost").resumed()); // what others did has not touched it

        kept_sessions other(version); // trusts another certificate only
        wire stranger = wire::secure(other.client.get(), "localhost");
        memory_peer server(world.servers[0].get());
        shake_hands(stranger, server);
        BOOST_TEST((stranger.why() == breakdown::certificate));
        wire again = wire::secure(other.client.get(), "localhost"); // the failure left nothing behind
        memory_peer server_again(world.servers[0].get());
        shake_hands(again, server_again);
        BOOST_TEST((again.why() == breakdown::certificate));
    }
}

BOOST_AUTO_TEST_CASE(none_without_being_asked)
{
    tls_pair const tls;
    for (int i = 0; i < 2; ++i) {
        auto [client, server] = connected(tls);
        client.received(server.output());
        BOOST_TEST(!client.resumed());
    }
    BOOST_TEST(!wire::plain().resumed());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
