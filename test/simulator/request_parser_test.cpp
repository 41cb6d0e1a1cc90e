#include "http_server/request_parser.hpp"
#include <boost/test/unit_test.hpp>

using namespace twilio_sms::detail::server;
using status = request_parser::status;

namespace {

constexpr std::string_view post = "POST /a/b?c=d HTTP/1.1\r\nHost: x\r\nAUTHORIZATION: Basic eA==\r\n"
                                  "Content-Length: 5\r\n\r\nhello";
constexpr std::string_view get = "GET /__truth HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

// Gives the bytes in pieces, as a connection does: what is not taken comes again with the next piece.
status feed_in_pieces(request_parser& p, std::string_view bytes, std::size_t piece)
{
    std::string pending;
    status s = status::need_more;
    while (s == status::need_more && !bytes.empty()) {
        pending += bytes.substr(0, piece);
        bytes.remove_prefix(std::min(piece, bytes.size()));
        std::size_t used = 0;
        s = p.feed(pending, used);
        pending.erase(0, used);
    }
    return s;
}

unsigned refusal_of(std::string const& bytes)
{
    request_parser p;
    BOOST_TEST((feed_in_pieces(p, bytes, 4096) == status::failed));
    return p.error_status();
}

} // namespace

BOOST_AUTO_TEST_SUITE(request_parsing)

BOOST_AUTO_TEST_CASE(however_the_bytes_are_cut)
{
    for (std::size_t piece = 1; piece <= post.size(); ++piece) {
        request_parser p;
        BOOST_TEST_REQUIRE((feed_in_pieces(p, post, piece) == status::complete), piece);
        BOOST_TEST(p.get().method() == "POST");
        BOOST_TEST(p.get().target() == "/a/b?c=d");
        BOOST_TEST(p.get().path() == "/a/b");
        BOOST_TEST(p.get().header("authorization") == "Basic eA==");
        BOOST_TEST(p.get().header("Content-Type") == "");
        BOOST_TEST(p.get().body() == "hello");
        BOOST_TEST(p.keep_alive());
    }
}

BOOST_AUTO_TEST_CASE(several_in_one_piece)
{
    request_parser p;
    std::string const bytes = std::string(post) + std::string(get);
    std::size_t used = 0;
    BOOST_TEST((p.feed(bytes, used) == status::complete));
    BOOST_TEST(used == post.size());
    p.next();
    BOOST_TEST((p.feed(std::string_view(bytes).substr(used), used) == status::complete));
    BOOST_TEST(p.get().method() == "GET");
    BOOST_TEST(p.get().body() == "");
    BOOST_TEST(p.get().header("Authorization") == "");
    BOOST_TEST(!p.keep_alive());
}

BOOST_AUTO_TEST_CASE(chunked_bodies)
{
    std::string_view const bytes = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
                                   "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
    for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
        request_parser p;
        BOOST_TEST((feed_in_pieces(p, bytes, piece) == status::complete));
        BOOST_TEST(p.get().body() == "abcde");
        request_parser empty;
        BOOST_TEST((feed_in_pieces(empty, "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", piece) ==
                    status::complete));
    }
}

BOOST_AUTO_TEST_CASE(expect_continue_is_told_once)
{
    request_parser p;
    std::size_t used = 0;
    std::string_view const head = "POST / HTTP/1.1\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\n";
    BOOST_TEST((p.feed(head, used) == status::need_more));
    BOOST_TEST(p.take_expect_continue());
    BOOST_TEST(!p.take_expect_continue());
    BOOST_TEST((p.feed("x", used) == status::complete));
}

BOOST_AUTO_TEST_CASE(limits_and_nonsense)
{
    BOOST_TEST(refusal_of("nonsense\r\n\r\n") == 400u);
    BOOST_TEST(refusal_of("GET / HTTP/1.1\r\nA: " + std::string(20'000, 'x') + "\r\n\r\n") == 431u);
    BOOST_TEST(refusal_of("GET / HTTP/1.1\r\nA: " + std::string(100'000, 'x')) == 431u);
    BOOST_TEST(refusal_of("POST / HTTP/1.1\r\nContent-Length: 1048577\r\n\r\n") == 413u);
    BOOST_TEST(refusal_of("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n") == 400u);
}

BOOST_AUTO_TEST_SUITE_END()
