// What can go wrong before there is a TLS connection. Nothing was sent, and the next message gets a connection of its
// own.
#include "hostile/row.hpp"
#include <boost/test/unit_test.hpp>

namespace twilio_sms::test {
namespace {

using namespace std::string_literals;

// Says this after the client's first bytes, and leaves.
script says(std::string bytes, goodbye how = goodbye::cut)
{
    return [bytes = std::move(bytes), how](peer& p) {
        p.receive();
        p.send_raw(bytes);
        p.leave(how);
    };
}

std::string record(char type, std::string_view content)
{
    std::string r{type, '\x03', '\x03'};
    r += static_cast<char>(content.size() >> 8);
    r += static_cast<char>(content.size() & 0xff);
    return r.append(content);
}

row not_sent(std::string name, script s)
{
    return row(std::move(name), std::move(s), fate::not_sent, errc::tls_failed);
}

row never_connected(std::string name, script s)
{
    return row(std::move(name), std::move(s), fate::not_sent, errc::connect_timeout).stalls();
}

std::vector<row> rows()
{
    std::vector<row> all;
    all.push_back(never_connected("accepts and says nothing", [](peer& p) { p.drain(); }));
    all.push_back(never_connected("stops in the middle of a record", [](peer& p) {
        p.receive();
        p.send_raw("\x16\x03\x03\x40");
        p.drain();
    }));
    all.push_back(not_sent("leaves at once", [](peer& p) { p.leave(goodbye::cut); }));
    all.push_back(not_sent("resets after the client's hello", [](peer& p) {
        p.receive();
        p.leave(goodbye::reset);
    }));
    all.push_back(not_sent("sends a banner first", [](peer& p) {
        p.send_raw("220 mail.example.com ESMTP\r\n");
        p.leave(goodbye::cut);
    }));

    // Instead of the server's hello.
    all.push_back(not_sent("garbage", says("\xde\xad\xbe\xef\x00\x01\x02\x03\x04\x05\x06\x07"s)));
    all.push_back(not_sent("zeros", says(std::string(64, '\0'))));
    all.push_back(not_sent("an HTTP error", says("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")));
    all.push_back(not_sent("an HTTP answer with a SID", says(created(evil_sid))));
    all.push_back(not_sent("an HTTP/2 preface", says("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")));
    all.push_back(not_sent("a record of an unknown type", says(record('\x63', "hello"))));
    all.push_back(not_sent("an oversize record", says("\x16\x03\x03\xff\xff"s + std::string(0xffff, 'x'))));
    all.push_back(not_sent("application data", says(record('\x17', created(evil_sid)))));
    all.push_back(not_sent("an empty handshake record", says(record('\x16', ""))));
    all.push_back(not_sent("a hello that is none", says(record('\x16', "\x02\xff\xff\xff rubbish"))));
    all.push_back(not_sent("a hello of nothing", says(record('\x16', "\x02\x00\x00\x00"s))));
    all.push_back(not_sent("a finished message", says(record('\x16', "\x14\x00\x00\x0c"s + std::string(12, 'x')))));
    all.push_back(not_sent("an alert: handshake failure", says(record('\x15', "\x02\x28"))));
    all.push_back(not_sent("an alert: internal error, and a reset", says(record('\x15', "\x02\x50"), goodbye::reset)));
    all.push_back(not_sent("an alert: unknown", says(record('\x15', "\x02\xfe"))));
    all.push_back(not_sent("an alert: close", says(record('\x15', "\x01\x00"s))));
    all.push_back(not_sent("many warnings", [](peer& p) {
        p.receive();
        for (int i = 0; i < 1000 && p.send_raw(record('\x15', "\x01\x70")); ++i) {
        }
        p.leave(goodbye::cut);
    }));

    // A handshake that begins well.
    for (std::size_t const at : {1u, 4u, 5u, 6u, 50u, 100u, 130u, 200u, 400u}) {
        auto const cut = [at](peer& p) { p.shake_hands(at); };
        all.push_back(not_sent("the handshake ends after " + std::to_string(at) + " bytes", [cut](peer& p) {
            cut(p);
            p.leave(goodbye::cut);
        }));
        if (at == 5 || at == 200)
            all.push_back(
                never_connected("the handshake stalls after " + std::to_string(at) + " bytes", [cut](peer& p) {
                    cut(p);
                    p.drain();
                }));
    }
    for (std::size_t const at : {7u, 60u, 100u}) // in the hello and behind it
        all.push_back(not_sent("a wrong bit in byte " + std::to_string(at) + " of the handshake", [at](peer& p) {
            p.receive();
            SSL_do_handshake(p.tls());
            auto out = p.pending();
            if (at < out.size())
                out[at] = static_cast<char>(out[at] ^ 0x10);
            p.send_raw(out);
            p.leave(goodbye::cut);
        }));
    all.push_back(not_sent("an old version of TLS", [](peer& p) {
        SSL_set_min_proto_version(p.tls(), TLS1_1_VERSION);
        SSL_set_max_proto_version(p.tls(), TLS1_1_VERSION);
        SSL_set_cipher_list(p.tls(), "DEFAULT@SECLEVEL=0");
        p.shake_hands();
        p.leave(goodbye::cut);
    }));
    all.push_back(not_sent("a cipher without authentication", [](peer& p) {
                      SSL_set_cipher_list(p.tls(), "aNULL@SECLEVEL=0");
                      p.shake_hands();
                      p.leave(goodbye::cut);
                  }).only(TLS1_2_VERSION));
    return all;
}

// The server says no to the client's certificate, of which there is none.
void wants_a_certificate(peer& p)
{
    SSL_set_verify(p.tls(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    p.shake_hands();
    p.leave(goodbye::cut);
}

} // namespace

BOOST_AUTO_TEST_SUITE(hostile_handshakes)

BOOST_AUTO_TEST_CASE(nothing_is_sent)
{
    play(rows());
}

BOOST_AUTO_TEST_CASE(a_certificate_of_somebody_else)
{
    auto const other = make_self_signed_certificate();
    play({row(
        "a certificate nobody trusts",
        [other](peer& p) {
            detail::tls_context const context = detail::make_server_tls_context(other.certificate_pem, other.key_pem);
            SSL_set_SSL_CTX(p.tls(), context.get());
            p.shake_hands();
            p.leave(goodbye::cut);
        },
        fate::not_sent, errc::certificate_rejected)});
}

// In TLS 1.3 the client hears the no only after it has handed over its request, which the server does not look at. But
// that it does not is its word only.
BOOST_AUTO_TEST_CASE(a_server_that_wants_a_client_certificate)
{
    play({row("wants a certificate", wants_a_certificate, fate::not_sent, errc::tls_failed).only(TLS1_2_VERSION),
          row("wants a certificate", wants_a_certificate, fate::unknown, errc::connection_lost).only(TLS1_3_VERSION)});
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
