// Which heads are read without Beast's parser, and that both read the same out of them.
#include "net/common_head.hpp"
#include "net/reply_parser.hpp"
#include <boost/test/unit_test.hpp>
#include <span>
#include <string>

namespace twilio_sms::test {
namespace {

using detail::read_common_head;
using detail::reply_parser;

std::string head(std::string const& fields)
{
    return "HTTP/1.1 201 Created\r\n" + fields + "\r\n";
}

struct reading {
    reply_parser::status last;
    int http_status;
    std::string body, retry_after, date, request_id;
    bool keep_alive, has_surplus;

    bool operator==(reading const&) const = default;
};

std::ostream& operator<<(std::ostream& out, reading const& r)
{
    return out << static_cast<int>(r.last) << ' ' << r.http_status << " body:" << r.body << " retry:" << r.retry_after
               << " date:" << r.date << " id:" << r.request_id << ' ' << r.keep_alive << r.has_surplus;
}

reading reading_of(reply_parser const& p, reply_parser::status last)
{
    return {last,
            p.http_status(),
            std::string(p.body()),
            std::string(p.retry_after()),
            std::string(p.date()),
            std::string(p.request_id()),
            p.keep_alive(),
            p.has_surplus()};
}

reading in_one_piece(std::string const& bytes)
{
    reply_parser p;
    auto const last = p.put(bytes);
    return reading_of(p, last);
}

// What begins with half a head is Beast's.
reading by_beast(std::string const& bytes)
{
    reply_parser p;
    p.put(std::span(bytes).first(1));
    auto const last = p.put(std::span(bytes).subspan(1));
    return reading_of(p, last);
}

} // namespace

BOOST_AUTO_TEST_SUITE(common_heads)

BOOST_AUTO_TEST_CASE(read_at_once_as_beast_reads_them)
{
    std::string const length = "Content-Length: 2\r\n";
    std::string const bytes[] = {
        head(length) + "{}",
        head("content-LENGTH:2\r\n") + "{}",
        head("Content-Length:   2  \r\n") + "{}",
        head("Content-Length: 000002\r\n") + "{}",
        head("Content-Length: 0\r\n"),
        head(length) + "{}HTTP/1.1 201 Created\r\n",
        head("Connection: keep-alive\r\n" + length) + "{}",
        head(length + "Connection: Keep-Alive\r\nKeep-Alive: timeout=5\r\n") + "{}",
        head(length + "Retry-After:  120 \r\nDate: Fri, 03 Nov 2023 17:23:23 GMT\r\nTWILIO-REQUEST-ID: RQ1\r\n") + "{}",
        head(length + "Retry-After: 1\r\nRetry-After: 2\r\nDate:\r\n") + "{}",
        head(length + "Twilio-Request-Id: " + std::string(100, 'x') + "\r\n") + "{}",
        head(length + "X-!#$%&'*+-.^_`|~09: ~ !\"(),/:;<=>?@[\\]{}\r\nServer: a:b\r\n") + "{}",
        "HTTP/1.1 200 \r\n" + length + "\r\n{}",
        "HTTP/1.1 429 Too Many Requests\r\n" + length + "\r\n{}",
        "HTTP/1.1 999 Whatever\r\n" + length + "\r\n{}",
    };
    for (auto const& b : bytes)
        BOOST_TEST_CONTEXT(b)
        {
            BOOST_TEST(read_common_head(b).has_value());
            BOOST_TEST(in_one_piece(b) == by_beast(b));
            BOOST_TEST((in_one_piece(b).last == reply_parser::status::done));
            BOOST_TEST(in_one_piece(b).keep_alive);
        }
}

BOOST_AUTO_TEST_CASE(left_to_beast)
{
    std::string const length = "Content-Length: 2\r\n";
    std::string const bytes[] = {
        "",
        "HTTP/1.1 201 Created",
        "HTTP/1.1 201 Created\r\nContent-Length: 2\r\n",
        "HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r",
        "HTTP/1.0 201 Created\r\n" + length + "\r\n{}",
        "HTTP/1.1  201 Created\r\n" + length + "\r\n{}",
        "HTTP/1.1 201\r\n" + length + "\r\n{}",
        "HTTP/1.1 20 Created\r\n" + length + "\r\n{}",
        "HTTP/1.1 2010 Created\r\n" + length + "\r\n{}",
        "HTTP/1.1 +20 Created\r\n" + length + "\r\n{}",
        "http/1.1 201 Created\r\n" + length + "\r\n{}",
        "HTTP/1.1 100 Continue\r\n\r\n" + head(length) + "{}",
        "HTTP/1.1 199 Early\r\n" + length + "\r\n{}",
        "HTTP/1.1 204 No Content\r\n" + length + "\r\n{}",
        "HTTP/1.1 304 Not Modified\r\n" + length + "\r\n{}",
        "HTTP/1.1 201 Cr\xc3\xa9"
        "ated\r\n" +
            length + "\r\n{}",
        head("") + "{}",
        head(length + length) + "{}",
        head("Content-Length: 2, 2\r\n") + "{}",
        head("Content-Length:\r\n") + "{}",
        head("Content-Length: +2\r\n") + "{}",
        head("Content-Length: -2\r\n") + "{}",
        head("Content-Length: 2x\r\n") + "{}",
        head("Content-Length: 0x2\r\n") + "{}",
        head("Content-Length: 1000000\r\n"),
        head("Transfer-Encoding: chunked\r\n") + "0\r\n\r\n",
        head(length + "Transfer-Encoding: identity\r\n") + "{}",
        head(length + "Connection: close\r\n") + "{}",
        head(length + "Connection: keep-alive, close\r\n") + "{}",
        head(length + "Proxy-Connection: close\r\n") + "{}",
        head(length + "Upgrade: h2c\r\n") + "{}",
        head(length + " folded: yes\r\n") + "{}",
        head(length + "X: a\r\n\tb\r\n") + "{}",
        head(length + "X : a\r\n") + "{}",
        head(length + ": a\r\n") + "{}",
        head(length + "X\r\n") + "{}",
        head(length + "X: a\tb\r\n") + "{}",
        head(length + "X: \xff\r\n") + "{}",
        head(length + "X: \x7f\r\n") + "{}",
        head(length + "X: 1234567\x1f"
                      "8\r\n") +
            "{}",
        head(length + std::string("X: \0\r\n", 6)) + "{}",
        head(length + "X: a\nY: b\r\n") + "{}",
        head(length + "X: a\rY: b\r\n") + "{}",
        "HTTP/1.1 201 Created\nContent-Length: 2\n\n{}",
        head(length + "X: " + std::string(5000, 'a') + "\r\n") + "{}",
    };
    for (auto const& b : bytes)
        BOOST_TEST(!read_common_head(b).has_value(), b);
}

BOOST_AUTO_TEST_CASE(every_character_in_every_place_of_a_value)
{
    for (std::size_t const length : {1u, 3u, 8u, 30u})
        for (std::size_t at = 0; at < length; ++at)
            for (int c = 0; c < 256; ++c) {
                std::string value(length, 'a');
                value[at] = static_cast<char>(c);
                bool const visible = c >= ' ' && c <= '~';
                BOOST_TEST(read_common_head(head("Content-Length: 0\r\nX: " + value + "\r\n")).has_value() == visible,
                           c << " at " << at << " of " << length);
            }
}

BOOST_AUTO_TEST_CASE(every_character_of_a_name)
{
    std::string_view const others = "!#$%&'*+-.^_`|~"; // RFC 9110 section 5.6.2
    for (int c = 0; c < 256; ++c) {
        char const name = static_cast<char>(c);
        bool const may = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                         others.find(name) != std::string_view::npos;
        auto const found = read_common_head(head(std::string("Content-Length: 0\r\nX") + name + ": a\r\n"));
        BOOST_TEST(found.has_value() == (may || c == ':'), c); // "X:: a" has the value ": a"
    }
}

BOOST_AUTO_TEST_CASE(a_body_in_pieces)
{
    auto const first = head("Content-Length: 4\r\nTwilio-Request-Id: RQ1\r\n");
    BOOST_TEST(read_common_head(first).has_value());
    reply_parser p;
    BOOST_TEST((p.put(first) == reply_parser::status::need_more));
    BOOST_TEST(!p.keep_alive());
    BOOST_TEST((p.put(std::string("{")) == reply_parser::status::need_more));
    BOOST_TEST((p.put(std::string("\"\"}more")) == reply_parser::status::done));
    BOOST_TEST(p.body() == "{\"\"}");
    BOOST_TEST(p.has_surplus());
    BOOST_TEST(p.request_id() == "RQ1");

    reply_parser cut;
    cut.put(first + "{");
    BOOST_TEST((cut.end_of_stream() == reply_parser::status::malformed));
    cut.restart();
    BOOST_TEST((cut.put(head("Transfer-Encoding: chunked\r\n") + "0\r\n\r\n") == reply_parser::status::done));
    BOOST_TEST(cut.body() == "");
}

// The answer to CONNECT ends with its head, whatever that says.
BOOST_AUTO_TEST_CASE(not_where_only_a_head_is_expected)
{
    reply_parser p;
    p.restart(reply_parser::expect::head);
    BOOST_TEST((p.put(head("Content-Length: 2\r\n")) == reply_parser::status::done));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
