// Replies that are whole, with a status that says yes, no or nothing: the status decides, never a SID in the body.
#include "canary.hpp"
#include "hostile/row.hpp"
#include <boost/test/unit_test.hpp>

namespace twilio_sms::test {
namespace {

std::string const sid_body = R"({"sid":")" + evil_sid + "\"}";
std::string const page = "<html><body><h1>It works!</h1></body></html>";

row unknown(std::string name, std::string text, error_code why = errc::malformed_reply)
{
    return row(std::move(name), answers(std::move(text)), fate::unknown, why).keeps();
}

error_code http(int status)
{
    return error_code(status, http_category());
}
error_code twilio(int code)
{
    return error_code(code, twilio_category());
}

std::string error_body(int code, std::string_view message)
{
    return R"({"code":)" + std::to_string(code) + R"(,"message":")" + std::string(message) + "\"}";
}

row turned_away(std::string name, std::string text, error_code why)
{
    return row(std::move(name), answers(std::move(text)), fate::not_sent, why).turned_away().keeps();
}

row rejected(std::string name, std::string text, error_code why)
{
    return row(std::move(name), answers(std::move(text)), fate::rejected, why).keeps();
}

std::string interim(int n)
{
    std::string text;
    while (n-- > 0)
        text += "HTTP/1.1 100 Continue\r\n\r\n";
    return text;
}

} // namespace

BOOST_AUTO_TEST_SUITE(hostile_statuses)

BOOST_AUTO_TEST_CASE(yes_without_a_message)
{
    play(
        {unknown("200 with a page", reply("200 OK", "Content-Type: text/html\r\n", page)),
         unknown("201 with a page", reply("201 Created", "Content-Type: text/html\r\n", page)),
         unknown("a page that says JSON", reply("201 Created", "Content-Type: application/json\r\n", page)),
         unknown("200 with nothing", reply("200 OK", "", "")), unknown("205", reply("205 Reset Content", "", "")),
         unknown("206 with half of it",
                 reply("206 Partial Content", "Content-Range: bytes 0-9/80\r\n", "{\"sid\":\"SM")),
         unknown("204", "HTTP/1.1 204 No Content\r\n\r\n"),
         row("204 with a body", answers(reply("204 No Content", "", sid_body)), fate::unknown, errc::malformed_reply),
         unknown("gzip", reply("201 Created", "Content-Encoding: gzip\r\n",
                               std::string("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xab\xae\x05\x00", 14))),
         row("202", answers(reply("202 Accepted", "", R"({"sid":")" + scripted_sid + "\"}")), fate::accepted).keeps()});
}

BOOST_AUTO_TEST_CASE(interim_replies)
{
    auto const early_hints = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";
    auto const malformed = [](std::string name, std::string text) {
        return row(std::move(name), answers(std::move(text)), fate::unknown, errc::malformed_reply);
    };
    play({row("100, then the reply", answers(interim(1) + created()), fate::accepted).keeps(),
          row("103, then the reply", answers(early_hints + created()), fate::accepted).keeps(),
          row("8 times 100, then the reply", answers(interim(8) + created()), fate::accepted).keeps(),
          malformed("9 times 100, then the reply", interim(9) + created()),
          malformed("flooded with 100", interim(10'000)),
          row("100, then nothing", answers(interim(1)), fate::unknown, errc::response_timeout).stalls(),
          malformed("100 with a SID", reply("100 Continue", "", sid_body)),
          malformed("101", "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\n"),
          malformed("101, then the reply", "HTTP/1.1 101 Switching Protocols\r\n\r\n" + created())});
}

BOOST_AUTO_TEST_CASE(no_answer_about_the_message)
{
    play({unknown("500 with a SID", reply("500 Internal Server Error", "", sid_body), http(500)),
          unknown("502 with a page", reply("502 Bad Gateway", "Content-Type: text/html\r\n", page), http(502)),
          unknown("503 with an absurd Retry-After", reply("503 Service Unavailable", "Retry-After: -1\r\n", ""),
                  http(503)),
          unknown("504 with nothing", reply("504 Gateway Timeout", "", ""), http(504)),
          unknown("408", reply("408 Request Timeout", "", ""), http(408)),
          unknown("500 with a code", reply("500 Internal Server Error", "", error_body(20500, "x")), twilio(20500)),
          unknown("600", reply("600 What", "", sid_body)), unknown("999", reply("999 What", "", sid_body))});
}

BOOST_AUTO_TEST_CASE(no)
{
    std::string challenges = "WWW-Authenticate: Negotiate\r\nWWW-Authenticate: NTLM TlRMTVNTUAACAAAA\r\n"
                             "WWW-Authenticate: Digest realm=\"\xff\", nonce=\"\", qop=\"auth\r\n";
    for (int i = 0; i < 100; ++i)
        challenges += "WWW-Authenticate: Basic realm=\"" + std::string(50, 'x') + "\"\r\n";
    play(
        {turned_away("401 with strange challenges", reply("401 Unauthorized", challenges, ""), http(401)),
         turned_away("401 with a SID", reply("401 Unauthorized", "", sid_body), http(401)),
         turned_away("403 with a page", reply("403 Forbidden", "", page), http(403)),
         turned_away("407", reply("407 Proxy Authentication Required", "Proxy-Authenticate: Basic\r\n", ""), http(407)),
         turned_away("409", reply("409 Conflict", "", ""), http(409)),
         rejected("400 with a SID", reply("400 Bad Request", "", sid_body), http(400)),
         rejected("404 with a page", reply("404 Not Found", "", page), http(404)),
         rejected("400 with a code out of range", reply("400 Bad Request", "", R"({"code":99999999999})"), http(400)),
         rejected("400 with a negative code", reply("400 Bad Request", "", error_body(-21211, "x")), http(400)),
         rejected("400 with an error like JSON", reply("400 Bad Request", "", "{\"code\":21211,\"message\":"),
                  http(400)),
         rejected("400 with lines, controls and numbers",
                  reply("400 Bad Request", "",
                        error_body(21211, "a\\r\\nINFO sent: forged\\u0000\\u001b[2J +1555010\\n7391 15550107391")),
                  twilio(21211)),
         rejected("400 with 1 MiB of text",
                  reply("400 Bad Request", "", error_body(21211, std::string(1'000'000, 'x'))), twilio(21211))});
}

// A server, or a proxy on the way, that says our own words back.
BOOST_AUTO_TEST_CASE(echoes)
{
    std::vector<row> rows;
    for (auto const secret : {::test::canary_token, ::test::canary_text})
        rows.push_back(rejected("400 with a secret",
                                reply("400 Bad Request", "Twilio-Request-Id: " + std::string(secret) + "\r\n",
                                      error_body(21211, "you said " + std::string(secret))),
                                twilio(21211)));
    rows.push_back(row(
                       "400 with the request",
                       [](peer& p) {
                           p.shake_hands();
                           auto said = p.read_request();
                           said.erase(0, said.find("Authorization"));
                           std::string message;
                           for (char const c : said)
                               message += c == '\r' || c == '\n' ? ' ' : c;
                           p.send(reply("400 Bad Request", "", error_body(21211, message)));
                       },
                       fate::rejected, twilio(21211))
                       .keeps());
    play(rows);
}

// Repeated at most as often as allowed, and not at all when the wait is longer than the time that is left.
BOOST_AUTO_TEST_CASE(strange_waits)
{
    std::vector<row> rows;
    for (std::string const value : {"99999999999999999999", "86400", "Fri, 31 Dec 9999 23:59:59 GMT"})
        rows.push_back(turned_away("429, Retry-After: " + value,
                                   reply("429 Too Many Requests", "Retry-After: " + value + "\r\n", ""), http(429))
                           .retries(3));
    // What cannot be read is as if it were not there: the repeat comes soon, to the same bad end here.
    for (std::string const value : {"", "-1", "soon", "1e9", "Sun, 06 Nov 1994 08:49:37 GMT"})
        rows.push_back(row(
                           "429 twice, Retry-After: " + value,
                           [value](peer& p) {
                               auto const no =
                                   answers(reply("429 Too Many Requests", "Retry-After: " + value + "\r\n", ""));
                               no(p);
                               no(p);
                           },
                           fate::not_sent, http(429))
                           .turned_away()
                           .retries(1)
                           .keeps());
    play(rows);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
