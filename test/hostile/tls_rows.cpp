// What a server can do with TLS after the handshake: what the protocol has is fine, everything else ends the
// connection.
#include "hostile/row.hpp"
#include <boost/test/unit_test.hpp>

namespace twilio_sms::test {
namespace {

using namespace std::string_literals;

script before_the_reply(std::function<void(peer&)> what)
{
    return [what = std::move(what)](peer& p) {
        p.shake_hands();
        p.read_request();
        what(p);
        p.send(created());
    };
}

script instead_of_the_reply(std::function<void(peer&)> what)
{
    return [what = std::move(what)](peer& p) {
        p.shake_hands();
        p.read_request();
        what(p);
        p.leave(goodbye::cut);
    };
}

void update_keys(peer& p, int times)
{
    for (int i = 0; i < times; ++i) {
        SSL_key_update(p.tls(), i % 2 == 0 ? SSL_KEY_UPDATE_REQUESTED : SSL_KEY_UPDATE_NOT_REQUESTED);
        SSL_do_handshake(p.tls());
        p.flush();
    }
}

void send_tickets(peer& p, int times)
{
    for (int i = 0; i < times; ++i) {
        SSL_new_session_ticket(p.tls());
        SSL_do_handshake(p.tls());
        p.flush();
    }
}

row fine(std::string name, script s)
{
    return row(std::move(name), std::move(s), fate::accepted).keeps();
}

row lost(std::string name, std::function<void(peer&)> what)
{
    return row(std::move(name), instead_of_the_reply(std::move(what)), fate::unknown, errc::connection_lost);
}

} // namespace

BOOST_AUTO_TEST_SUITE(hostile_tls)

BOOST_AUTO_TEST_CASE(what_tls_has)
{
    play({fine("keys updated before the reply", before_the_reply([](peer& p) { update_keys(p, 1); }))
              .only(TLS1_3_VERSION),
          fine("keys updated many times", before_the_reply([](peer& p) { update_keys(p, 20); })).only(TLS1_3_VERSION),
          fine("keys updated between requests",
               [](peer& p) {
                   answers(created())(p);
                   update_keys(p, 3);
               })
              .only(TLS1_3_VERSION),
          fine("100 session tickets before the reply", before_the_reply([](peer& p) { send_tickets(p, 100); }))
              .only(TLS1_3_VERSION),
          fine("100 session tickets between requests",
               [](peer& p) {
                   answers(created())(p);
                   send_tickets(p, 100);
               })
              .only(TLS1_3_VERSION),
          fine("an empty record before the reply", before_the_reply([](peer& p) {
                   std::size_t none = 0;
                   SSL_write_ex(p.tls(), "", 0, &none);
                   p.flush();
               }))});
}

BOOST_AUTO_TEST_CASE(records_that_are_none)
{
    play({lost("a wrong bit in the reply",
               [](peer& p) {
                   auto bytes = p.sealed(created());
                   bytes.back() = static_cast<char>(bytes.back() ^ 1);
                   p.send_raw(bytes);
               }),
          lost("the reply in clear", [](peer& p) { p.send_raw(created(evil_sid)); }),
          lost("the reply in a record without encryption",
               [](peer& p) {
                   auto const text = created(evil_sid);
                   p.send_raw("\x17\x03\x03"s + '\0' + static_cast<char>(text.size()) + text);
               }),
          lost("a record that is missing",
               [](peer& p) {
                   p.sealed("HTTP/1.1 201 Created\r\n");
                   p.send(created(evil_sid));
               }),
          lost("an oversize record", [](peer& p) { p.send_raw("\x17\x03\x03\xff\xff"s + std::string(0xffff, 'x')); }),
          lost("a record of an unknown type", [](peer& p) { p.send_raw("\x63\x03\x03\x00\x05hello"s); }),
          lost("a heartbeat", [](peer& p) { p.send_raw("\x18\x03\x03\x00\x03\x01\x40\x00"s); }),
          lost("a record of another version", [](peer& p) { p.send_raw("\x17\x05\x00\x00\x05hello"s); }),
          lost("an alert in clear", [](peer& p) { p.send_raw("\x15\x03\x03\x00\x02\x02\x28"s); }),
          lost("garbage", [](peer& p) { p.send_raw(std::string(100, '\xa5')); }),
          lost("a cipher change", [](peer& p) { p.send_raw("\x14\x03\x03\x00\x01\x01"s); }),
          lost("another hello", [](peer& p) { p.send_raw("\x16\x03\x03\x00\x04\x02\x00\x00\x00"s); }),
          lost("an alert", [](peer& p) {
              SSL_set_verify(p.tls(), SSL_VERIFY_NONE, nullptr);
              p.send_raw("\x17\x03\x03\x00\x13"s +
                         std::string(19, '\0')); // what the client cannot read makes it say so
          })});
}

BOOST_AUTO_TEST_CASE(a_record_twice)
{
    // The reply stands; its copy ends the connection.
    play({row(
        "the same record twice",
        [](peer& p) {
            p.shake_hands();
            p.read_request();
            auto const bytes = p.sealed(created());
            p.send_raw(bytes + bytes);
        },
        fate::accepted)});
}

BOOST_AUTO_TEST_CASE(floods)
{
    auto const empty_records = [](peer& p) {
        std::size_t none = 0;
        for (int i = 0; i < 100'000; ++i)
            if (SSL_write_ex(p.tls(), "", 0, &none) != 1 || !p.flush())
                return;
    };
    play({lost("empty records without end", empty_records),
          lost("keys updated without end", [](peer& p) { update_keys(p, 1000); }).only(TLS1_3_VERSION),
          row(
              "session tickets without end",
              [](peer& p) {
                  p.shake_hands();
                  p.read_request();
                  while (SSL_new_session_ticket(p.tls()) == 1 && SSL_do_handshake(p.tls()) == 1 && p.flush())
                      std::this_thread::sleep_for(std::chrono::milliseconds(1));
              },
              fate::unknown, errc::response_timeout)
              .only(TLS1_3_VERSION)
              .stalls()});
}

// The client does not renegotiate, and says so; OpenSSL's server ends the connection then.
BOOST_AUTO_TEST_CASE(renegotiation)
{
    play({lost("wants to renegotiate", [](peer& p) {
              SSL_renegotiate(p.tls());
              SSL_do_handshake(p.tls());
              p.flush();
              p.read_request();
              p.flush();
          }).only(TLS1_2_VERSION)});
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
