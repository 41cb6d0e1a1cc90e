#include "running_simulator.hpp"
#include "simulator/certificates.hpp"

using namespace twilio_sms;
using namespace twilio_sms::detail;
using namespace twilio_sms::test;

namespace {

void move_bytes(tls_engine& from, tls_engine& to)
{
    auto const bytes = from.output();
    to.received(bytes);
    from.consumed(bytes.size());
}

/// "" when the client is satisfied, else why it is not.
std::string handshake(certificate_kind kind, std::string const& host)
{
    auto const set = sim::make_certificates(kind);
    auto const server_context = make_server_tls_context(set.server_chain_pem, set.server_key_pem);
    auto const client_context = trusting(set.ca_pem);
    auto client = tls_engine::client(client_context.get(), host);
    auto server = tls_engine::server(server_context.get());
    for (int i = 0; i < 10; ++i) {
        auto const status = client.handshake();
        if (status == tls_engine::status::ok)
            return "";
        if (status == tls_engine::status::failed) {
            BOOST_TEST(client.certificate_rejected());
            return client.error();
        }
        move_bytes(client, server);
        server.handshake();
        move_bytes(server, client);
    }
    return "no end";
}

} // namespace

BOOST_AUTO_TEST_SUITE(certificates)

BOOST_AUTO_TEST_CASE(a_good_one_is_trusted_for_loopback_names)
{
    for (auto const* host : {"localhost", "127.0.0.1", "::1"})
        BOOST_TEST(handshake(certificate_kind::good, host) == "", host);
    BOOST_TEST(handshake(certificate_kind::good, "example.com") != "");
}

BOOST_AUTO_TEST_CASE(bad_ones_are_refused_for_their_reason)
{
    auto const reason = [](certificate_kind k) { return handshake(k, "localhost"); };
    BOOST_TEST(reason(certificate_kind::expired).starts_with("it has expired"));
    BOOST_TEST(reason(certificate_kind::not_yet_valid).starts_with("it is not valid yet"));
    BOOST_TEST(reason(certificate_kind::self_signed).starts_with("it is self-signed"));
    BOOST_TEST(reason(certificate_kind::wrong_host).starts_with("it is for another host"));
}

BOOST_AUTO_TEST_SUITE_END()
