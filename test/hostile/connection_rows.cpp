// Connections that end, stall or trickle while the reply is awaited.
#include "hostile/row.hpp"
#include <boost/test/unit_test.hpp>
#include <chrono>

namespace twilio_sms::test {
namespace {

row unknown(std::string name, script s, errc why = errc::connection_lost)
{
    return row(std::move(name), std::move(s), fate::unknown, why);
}

std::string_view name_of(goodbye how)
{
    switch (how) {
    case goodbye::proper: return ", says goodbye";
    case goodbye::cut: return ", closes";
    case goodbye::reset: break;
    }
    return ", resets";
}

script before_reading(goodbye how)
{
    return [how](peer& p) {
        if (p.shake_hands())
            p.leave(how);
    };
}

} // namespace

BOOST_AUTO_TEST_SUITE(hostile_connections)

BOOST_AUTO_TEST_CASE(replies_that_are_cut)
{
    std::vector<row> rows;
    auto const whole = created();
    auto const head = whole.find("\r\n\r\n") + 4;
    for (std::size_t const at : {std::size_t(0), std::size_t(1), std::size_t(9), std::size_t(13), std::size_t(40),
                                 head - 2, head - 1, head, head + 1, head + 44, whole.size() - 1}) {
        auto const what = "stops after " + std::to_string(at) + " bytes of the reply";
        for (auto const how : {goodbye::proper, goodbye::cut, goodbye::reset})
            rows.push_back(unknown(what + std::string(name_of(how)), answers(whole.substr(0, at), how)));
        if (at == 0 || at == 13 || at == head || at == whole.size() - 1)
            rows.push_back(unknown(what + ", stalls", answers(whole.substr(0, at)), errc::response_timeout).stalls());
    }
    // Only TLS's goodbye proves that nothing is missing.
    auto const open_ended = "HTTP/1.1 201 Created\r\n\r\n{\"sid\":\"" + scripted_sid + "\"}";
    rows.push_back(unknown("no length, closes", answers(open_ended, goodbye::cut)));
    rows.push_back(unknown("no length, stalls", answers(open_ended), errc::response_timeout).stalls());
    rows.emplace_back("no length, says goodbye", answers(open_ended, goodbye::proper), fate::accepted);
    rows.push_back(unknown("chunks without an end, says goodbye",
                           answers("HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n"
                                   "2c\r\n{\"sid\":\"" +
                                       scripted_sid + "\"}\r\n",
                                   goodbye::proper)));
    play(rows);
}

BOOST_AUTO_TEST_CASE(ends_around_the_exchange)
{
    std::vector<row> rows;
    // The client may have handed its request over before it hears the end: then nobody knows.
    rows.push_back(unknown("half closes, reads, never answers", [](peer& p) {
        p.shake_hands();
        p.half_close();
        p.read_request();
        p.leave(goodbye::cut);
    }));
    rows.push_back(
        unknown("goodbye before the request was read", before_reading(goodbye::proper)).only(TLS1_3_VERSION));
    rows.push_back(unknown("closes before the request was read", before_reading(goodbye::cut)).only(TLS1_3_VERSION));
    rows.push_back(unknown("resets before the request was read", before_reading(goodbye::reset)).only(TLS1_3_VERSION));
    // The reply stands, whatever comes after it.
    for (auto const how : {goodbye::proper, goodbye::cut})
        rows.emplace_back("a good reply" + std::string(name_of(how)), answers(created(), how), fate::accepted);
    rows.emplace_back("a good reply, connection: close",
                      answers(reply("201 Created", "Connection: close\r\n", R"({"sid":")" + scripted_sid + "\"}")),
                      fate::accepted);
    // And the rest of this table would show nothing if a good server were not used again.
    rows.push_back(row("a good reply", answers(created()), fate::accepted).keeps());
    play(rows);
}

BOOST_AUTO_TEST_CASE(slow_replies)
{
    std::vector<row> rows;
    rows.push_back(row(
                       "a byte in each record",
                       [](peer& p) {
                           p.shake_hands();
                           p.read_request();
                           for (char const c : created())
                               p.send(std::string_view(&c, 1));
                       },
                       fate::accepted)
                       .keeps());
    rows.push_back(row(
                       "a record byte by byte",
                       [](peer& p) {
                           p.shake_hands();
                           p.read_request();
                           for (char const c : p.sealed(created()))
                               p.send_raw(std::string_view(&c, 1));
                       },
                       fate::accepted)
                       .keeps());
    // Bytes that keep coming do not move the time limit.
    auto const trickle = [](std::string_view what) {
        return [what](peer& p) {
            p.shake_hands();
            p.read_request();
            p.send("HTTP/1.1 201 Created\r\n");
            for (int i = 0; i < 2000 && p.send(what); ++i) // 20 s, far beyond the limit of 1 s
                std::this_thread::sleep_for(std::chrono::milliseconds(10));
        };
    };
    rows.push_back(unknown("a head that trickles", trickle("x: y\r\n"), errc::response_timeout).stalls());
    play(rows);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
