// Replies whose end, or whose shape, is not what HTTP/1.1 says: never believed, and nothing follows on their
// connection.
#include "hostile/row.hpp"
#include <boost/test/unit_test.hpp>

namespace twilio_sms::test {
namespace {

using namespace std::string_literals;

std::string const json = R"({"sid":")" + scripted_sid + R"(","status":"queued"})";

row malformed(std::string name, std::string text)
{
    return row(std::move(name), answers(std::move(text)), fate::unknown, errc::malformed_reply);
}

row too_large(std::string name, script s)
{
    return row(std::move(name), std::move(s), fate::unknown, errc::reply_too_large);
}

row too_large(std::string name, std::string text)
{
    return too_large(std::move(name), answers(std::move(text)));
}

// A start, and then this, until the client has had enough: it must not take more than a few MiB.
script endless(std::string start, std::string more)
{
    return [start = std::move(start), more = std::move(more)](peer& p) {
        p.shake_hands();
        p.read_request();
        p.send(start);
        for (std::size_t sent = 0; p.send(more); sent += more.size())
            if (sent > 64 * 1024 * 1024)
                return p.drain(); // the row fails at the client's time limit
        p.leave(goodbye::cut);
    };
}

std::string with_headers(std::string_view headers, std::string_view body = json)
{
    return "HTTP/1.1 201 Created\r\n" + std::string(headers) + "\r\n" + std::string(body);
}

std::string length_is(std::string_view length)
{
    return with_headers("Content-Length: " + std::string(length) + "\r\n");
}

std::string chunked(std::string_view chunks, std::string_view coding = "chunked")
{
    return with_headers("Transfer-Encoding: " + std::string(coding) + "\r\n", chunks);
}

std::string in_hex(std::size_t n)
{
    char text[32];
    return {text, static_cast<std::size_t>(std::snprintf(text, sizeof text, "%zx", n))};
}

std::string const good_chunk = in_hex(json.size()) + "\r\n" + json + "\r\n";

} // namespace

BOOST_AUTO_TEST_SUITE(hostile_framing)

BOOST_AUTO_TEST_CASE(lengths)
{
    auto const n = std::to_string(json.size());
    play({malformed("two lengths", with_headers("Content-Length: " + n + "\r\nContent-Length: 5\r\n")),
          malformed("two lengths in one", length_is(n + ", 5")), malformed("a negative length", length_is("-1")),
          malformed("a length of 2^64", length_is("18446744073709551616")),
          malformed("a length of 2^64 and some", length_is("18446744073709551616" + n)),
          too_large("a length of 2^63", length_is("9223372036854775808")),
          too_large("a length of 1 MiB and 1", length_is("1048577")), malformed("a length in words", length_is("many")),
          malformed("a length with a sign", length_is("+" + n)), malformed("a length in hex", length_is("0x2c")),
          malformed("an empty length", length_is("")), malformed("a length and more", length_is(n + " bytes")),
          malformed("length, then chunks", with_headers("Content-Length: " + n + "\r\nTransfer-Encoding: chunked\r\n",
                                                        good_chunk + "0\r\n\r\n")),
          malformed("chunks, then length", with_headers("Transfer-Encoding: chunked\r\nContent-Length: " + n + "\r\n",
                                                        good_chunk + "0\r\n\r\n"))});
}

BOOST_AUTO_TEST_CASE(chunks)
{
    std::string const end = "0\r\n\r\n";
    std::string pieces; // a byte each
    for (char const c : json)
        pieces += "1\r\n" + std::string(1, c) + "\r\n";
    auto const good = [](std::string name, std::string text) {
        return row(std::move(name), answers(std::move(text)), fate::accepted).keeps();
    };
    play({good("one chunk", chunked(good_chunk + end)),
          good("chunks of one byte", chunked(pieces + end)),
          good("an extension", chunked(in_hex(json.size()) + ";a=b;c=\"d\"\r\n" + json + "\r\n" + end)),
          good("a trailer", chunked(good_chunk + "0\r\nX-Sum: 1\r\n\r\n")),
          malformed("no size", chunked("\r\n" + json + "\r\n" + end)),
          malformed("a size that is none", chunked("zz\r\n" + json + "\r\n" + end)),
          malformed("a negative size", chunked("-2c\r\n" + json + "\r\n" + end)),
          malformed("a size of 2^64", chunked("10000000000000000\r\n" + json + "\r\n" + end)),
          malformed("a size with a prefix", chunked("0x2c\r\n" + json + "\r\n" + end)),
          malformed("a size that is too small", chunked("4\r\n" + json + "\r\n" + end)),
          row("a size that is too large", answers(chunked("fff\r\n" + json + "\r\n" + end)), fate::unknown,
              errc::response_timeout)
              .stalls(),
          row("no last chunk", answers(chunked(good_chunk)), fate::unknown, errc::response_timeout).stalls(),
          row("a last chunk without its end", answers(chunked(good_chunk + "0\r\n")), fate::unknown,
              errc::response_timeout)
              .stalls(),
          row("chunks are said, a body comes", answers(chunked(json)), fate::unknown, errc::response_timeout).stalls(),
          row("chunks come, none are said", answers(with_headers("", good_chunk + end), goodbye::proper), fate::unknown,
              errc::malformed_reply),
          row("a coding beside chunks", answers(chunked(good_chunk + end, "gzip, chunked")), fate::accepted).keeps(),
          row("an unknown coding", answers(chunked(json, "identity"), goodbye::proper), fate::accepted),
          too_large("a huge chunk", chunked("ffffffffffffffff\r\n" + json)),
          too_large("chunks of more than 1 MiB in all",
                    endless(chunked(""), "2000\r\n" + std::string(0x2000, ' ') + "\r\n")),
          too_large("an extension without end", endless(chunked("2c;"), std::string(4096, 'x'))),
          too_large("trailers without end", endless(chunked(good_chunk + "0\r\n"), "x: y\r\n"))});
}

BOOST_AUTO_TEST_CASE(sizes)
{
    auto big = json; // exactly what is allowed
    big.insert(1, std::string(1024 * 1024 - json.size(), ' '));
    std::string many;
    for (int i = 0; i < 3000; ++i)
        many += "x" + std::to_string(i) + ": y\r\n";
    play({row("a body of 1 MiB", answers(reply("201 Created", "", big)), fate::accepted).keeps(),
          too_large("a header of 17 KiB", with_headers("X: " + std::string(17 * 1024, 'x') + "\r\n")),
          too_large("3000 headers", with_headers(many)),
          too_large("a head without end",
                    endless("HTTP/1.1 201 Created\r\n", "x: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n")),
          too_large("a header without end", endless("HTTP/1.1 201 Created\r\nX: ", std::string(4096, 'x'))),
          too_large("a status line without end", endless("HTTP/1.1 201 ", std::string(4096, 'x'))),
          too_large("a body without end", endless("HTTP/1.1 201 Created\r\n\r\n" + json, std::string(4096, ' '))),
          row("garbage without end", endless("", std::string(4096, '\xff')), fate::unknown, errc::malformed_reply)});
}

BOOST_AUTO_TEST_CASE(shapes)
{
    auto const length = "Content-Length: " + std::to_string(json.size()) + "\r\n";
    auto const line = [&](std::string_view status) { return std::string(status) + "\r\n" + length + "\r\n" + json; };
    play({malformed("HTTP/0.9", "<html>" + json),
          malformed("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
          malformed("HTTP/2 settings frame", "\x00\x00\x00\x04\x00\x00\x00\x00\x00"s),
          malformed("HTTP/2.0 in text", line("HTTP/2.0 201 Created")),
          malformed("HTTP/1.2", line("HTTP/1.2 201 Created")),
          malformed("small letters", line("http/1.1 201 Created")),
          malformed("a request", "GET / HTTP/1.1\r\n\r\n"),
          malformed("another protocol", line("RTSP/1.0 201 Created")),
          malformed("binary", "\x01\x02\xfe\xff\x00\x00 and some more of it"s),
          row("binary, and short", answers("\x01\x02\xfe"s), fate::unknown, errc::response_timeout).stalls(),
          malformed("a BOM", "\xef\xbb\xbf" + created()),
          malformed("a blank first", " " + created()),
          malformed("no status", line("HTTP/1.1")),
          malformed("a status of two digits", line("HTTP/1.1 20 OK")),
          malformed("a status of four digits", line("HTTP/1.1 2010 OK")),
          malformed("a status with a sign", line("HTTP/1.1 +20 OK")),
          malformed("a status below 100", line("HTTP/1.1 099 OK")),
          malformed("NUL in the reason", line("HTTP/1.1 201 Cre\0ted"s)),
          malformed("a header without a colon", with_headers("Nonsense\r\n" + length)),
          malformed("a blank before the colon",
                    with_headers("Content-Length : " + std::to_string(json.size()) + "\r\n")),
          malformed("a header without a name", with_headers(": x\r\n" + length)),
          malformed("NUL in a header", with_headers("X: a\0b\r\n"s + length)),
          malformed("NUL in a header's name", with_headers("X\0: a\r\n"s + length)),
          malformed("a carriage return alone", with_headers("X: a\rb\r\n" + length)),
          malformed("line feeds alone",
                    "HTTP/1.1 201 Created\nContent-Length: " + std::to_string(json.size()) + "\n\n" + json),
          row("a folded header", answers(with_headers("X: a\r\n b\r\n" + length)), fate::accepted).keeps(),
          row("bytes above ASCII in a header", answers(with_headers("X: \xff\xfe\r\n" + length)), fate::accepted)
              .keeps(),
          row("no reason", answers(line("HTTP/1.1 201 ")), fate::accepted).keeps(),
          row("HTTP/1.0", answers(line("HTTP/1.0 201 Created")), fate::accepted),
          row("HTTP/1.0 that stays",
              answers("HTTP/1.0 201 Created\r\nConnection: keep-alive\r\n" + length + "\r\n" + json), fate::accepted)
              .keeps()});
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
