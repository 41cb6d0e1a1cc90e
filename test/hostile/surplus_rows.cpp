// More than one answer to one request, and answers to none: what is not asked for is never an answer to the next one.
#include "hostile/row.hpp"
#include <boost/test/unit_test.hpp>

namespace twilio_sms::test {
namespace {

script after_the_reply(std::function<void(peer&)> more)
{
    return [more = std::move(more)](peer& p) {
        answers(created())(p);
        more(p);
    };
}

// Sends the text after the handshake and before there is a request, in one piece with the handshake's end.
void answers_before_the_request(peer& p)
{
    if (SSL_get_max_proto_version(p.tls()) == TLS1_2_VERSION) {
        p.shake_hands_but_for_the_end();
        auto last = p.pending();
        p.send_raw(last + p.sealed(created(evil_sid)));
        return p.leave(goodbye::cut);
    }
    // TLS 1.3 lets a server speak as soon as it has the client's hello.
    p.receive();
    char none[16];
    std::size_t size = 0;
    SSL_read_early_data(p.tls(), none, sizeof none, &size);
    auto const text = created(evil_sid);
    SSL_write_early_data(p.tls(), text.data(), text.size(), &size);
    p.flush();
    p.leave(goodbye::cut);
}

} // namespace

BOOST_AUTO_TEST_SUITE(hostile_surplus)

BOOST_AUTO_TEST_CASE(answers_nobody_asked_for)
{
    auto const accepted = [](std::string name, script s) { return row(std::move(name), std::move(s), fate::accepted); };
    auto const evil = created(evil_sid);
    play({accepted("two replies in one record", answers(created() + evil)),
          accepted("two replies in two records, one piece",
                   [evil](peer& p) {
                       p.shake_hands();
                       p.read_request();
                       auto const first = p.sealed(created());
                       p.send_raw(first + p.sealed(evil));
                   }),
          accepted("a second reply later", after_the_reply([evil](peer& p) { p.send(evil); })),
          accepted("half of a second reply later", after_the_reply([evil](peer& p) { p.send(evil.substr(0, 30)); })),
          accepted("a line end later", after_the_reply([](peer& p) { p.send("\r\n"); })),
          accepted("a line end with the reply", answers(created() + "\r\n")),
          accepted("100 Continue later", after_the_reply([](peer& p) { p.send("HTTP/1.1 100 Continue\r\n\r\n"); })),
          accepted("408 later, as idle servers say", after_the_reply([](peer& p) {
                       p.send(reply("408 Request Timeout", "Connection: close\r\n", ""));
                       p.leave(goodbye::proper);
                   })),
          accepted("a request later", after_the_reply([](peer& p) { p.send("GET / HTTP/1.1\r\n\r\n"); })),
          accepted("a megabyte later", after_the_reply([](peer& p) { p.send(std::string(1 << 20, 'x')); })),
          accepted("a chunked reply and more", answers("HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n"
                                                       "2c\r\n{\"sid\":\"" +
                                                       scripted_sid + "\"}\r\n0\r\n\r\n" + evil))});
}

BOOST_AUTO_TEST_CASE(answers_before_the_request_comes)
{
    play({row("in one piece with the handshake", answers_before_the_request, fate::not_sent, errc::connection_lost),
          row(
              "goodbye in one piece with the handshake",
              [](peer& p) {
                  p.shake_hands_but_for_the_end();
                  p.leave(goodbye::proper);
              },
              fate::not_sent, errc::connection_lost)
              .only(TLS1_2_VERSION)});
}

// HTTP/1.1 does not say which request a reply answers. One that comes late, when the next request is out, is known only
// by its recipient: its SID is not this message's.
BOOST_AUTO_TEST_CASE(answers_about_somebody_else)
{
    auto const other = R"({"sid":")" + evil_sid + R"(","to":"+15550001234","status":"queued"})";
    play({row("a message to another number", answers(reply("201 Created", "", other)), fate::unknown,
              errc::malformed_reply)});
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
