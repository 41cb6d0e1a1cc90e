// What a server may and may not answer.
#include "net/reply_parser.hpp"
#include <boost/test/unit_test.hpp>
#include <string>

namespace twilio_sms::test {
namespace {

using detail::reply_parser;
using status = reply_parser::status;

struct row {
    char const* what;
    std::string bytes;
    status expected;
    int http_status = 0;
    std::string body = {};
    bool keep_alive = true;
};

std::string head(std::string const& fields)
{
    return "HTTP/1.1 201 CREATED\r\n" + fields + "\r\n";
}

} // namespace

BOOST_AUTO_TEST_SUITE(reply_parsing)

BOOST_AUTO_TEST_CASE(table)
{
    std::string interim = "HTTP/1.1 100 Continue\r\n\r\n";
    std::string flood;
    for (int i = 0; i <= reply_parser::max_interim_replies; ++i)
        flood += "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";
    row const rows[] = {
        {"plain", head("Content-Length: 2\r\n") + "{}", status::done, 201, "{}"},
        {"no body", head("Content-Length: 0\r\n"), status::done, 201},
        {"chunked", head("Transfer-Encoding: chunked\r\n") + "1\r\n{\r\n1\r\n}\r\n0\r\n\r\n", status::done, 201, "{}"},
        {"empty chunked body", head("Transfer-Encoding: chunked\r\n") + "0\r\n\r\n", status::done, 201},
        {"chunk extension and trailer", head("Transfer-Encoding: chunked\r\n") + "2;a=b\r\n{}\r\n0\r\nX: y\r\n\r\n",
         status::done, 201, "{}"},
        {"close", head("Connection: close\r\nContent-Length: 2\r\n") + "{}", status::done, 201, "{}", false},
        {"HTTP/1.0", "HTTP/1.0 201 Created\r\nContent-Length: 2\r\n\r\n{}", status::done, 201, "{}", false},
        {"interim replies first", interim + interim + head("Content-Length: 2\r\n") + "{}", status::done, 201, "{}"},
        {"no content", "HTTP/1.1 204 No Content\r\n\r\n", status::done, 204},
        {"half a head", "HTTP/1.1 201 CREATED\r\nContent-Le", status::need_more},
        {"half a body", head("Content-Length: 10\r\n") + "{}", status::need_more},
        {"half a chunk", head("Transfer-Encoding: chunked\r\n") + "5\r\n{}", status::need_more},
        {"only interim replies", interim, status::need_more},
        {"flood of interim replies", flood, status::malformed},
        {"switching protocols", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n", status::malformed},
        {"not HTTP", "SSH-2.0-OpenSSH_9.2\r\n\r\n", status::malformed},
        {"HTTP/2", "HTTP/2 201 \r\n\r\n", status::malformed},
        {"status of two digits", "HTTP/1.1 20 OK\r\n\r\n", status::malformed},
        {"negative length", head("Content-Length: -1\r\n"), status::malformed},
        {"two lengths", head("Content-Length: 2\r\nContent-Length: 3\r\n") + "{}x", status::malformed},
        {"length and chunks", head("Content-Length: 2\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n",
         status::malformed},
        {"chunk size that is no number", head("Transfer-Encoding: chunked\r\n") + "zz\r\n\r\n", status::malformed},
        {"chunk size overflow", head("Transfer-Encoding: chunked\r\n") + "ffffffffffffffffff\r\n", status::malformed},
        {"bare control character", head(std::string("X: a\0b\r\n", 8)), status::malformed},
        {"head too large", head("X: " + std::string(20'000, 'a') + "\r\n"), status::too_large},
        {"endless head line", "HTTP/1.1 201 " + std::string(20'000, 'a'), status::too_large},
        {"endless chunk extension", head("Transfer-Encoding: chunked\r\n") + "5;" + std::string(40'000, 'a'),
         status::too_large},
        {"endless trailer", head("Transfer-Encoding: chunked\r\n") + "0\r\nX: " + std::string(40'000, 'a'),
         status::too_large},
        {"announced body too large", head("Content-Length: 1048577\r\n"), status::too_large},
        {"chunk too large", head("Transfer-Encoding: chunked\r\n") + "100001\r\n" + std::string(1024 * 1024 + 1, 'x'),
         status::too_large},
    };
    for (auto const& r : rows)
        for (std::size_t const step : {std::size_t(1), std::size_t(7), std::string::npos}) {
            reply_parser parser;
            auto result = status::need_more;
            for (std::size_t at = 0; at < r.bytes.size() && result == status::need_more;) {
                auto const n = std::min(step, r.bytes.size() - at);
                result = parser.put(std::span(r.bytes).subspan(at, n));
                at += n;
            }
            BOOST_TEST_CONTEXT(r.what << ", in steps of " << step)
            {
                BOOST_TEST(static_cast<int>(result) == static_cast<int>(r.expected));
                if (r.expected == status::done && result == status::done) {
                    BOOST_TEST(parser.http_status() == r.http_status);
                    BOOST_TEST(parser.body() == r.body);
                    BOOST_TEST(parser.keep_alive() == r.keep_alive);
                    BOOST_TEST(!parser.has_surplus());
                }
            }
        }
}

BOOST_AUTO_TEST_CASE(kept_fields)
{
    reply_parser parser;
    parser.put(head("Retry-After:  120 \r\ntwilio-request-ID: RQ1\r\nContent-Length: 0\r\n"));
    BOOST_TEST(parser.retry_after() == "120");
    BOOST_TEST(parser.request_id() == "RQ1");
    parser.restart();
    parser.put(head("Content-Length: 0\r\n"));
    BOOST_TEST(parser.retry_after() == "");
    BOOST_TEST(parser.request_id() == "");
}

BOOST_AUTO_TEST_CASE(many_small_headers_are_too_large_however_they_come)
{
    std::string many = "HTTP/1.1 200 OK\r\n";
    for (int i = 1000; many.size() < reply_parser::max_head + 500; ++i)
        many += "x" + std::to_string(i) + ": y\r\n";
    many += "\r\n";
    for (std::size_t const size : {std::size_t(100), std::size_t(4096), many.size()}) {
        reply_parser parser;
        auto last = status::need_more;
        for (std::size_t at = 0; at < many.size() && last == status::need_more; at += size)
            last = parser.put(many.substr(at, size));
        BOOST_TEST((last == status::too_large));
    }
}

BOOST_AUTO_TEST_CASE(a_status_below_100_is_malformed)
{
    for (std::string const number : {"000", "013", "099"}) {
        reply_parser parser;
        BOOST_TEST((parser.put("HTTP/1.1 " + number + " OK\r\n\r\n{}") == status::malformed));
    }
}

BOOST_AUTO_TEST_CASE(surplus_is_seen)
{
    reply_parser parser;
    BOOST_TEST((parser.put(head("Content-Length: 2\r\n") + "{}HTTP") == status::done));
    BOOST_TEST(parser.has_surplus());
}

BOOST_AUTO_TEST_CASE(end_of_stream_completes_only_bodies_without_a_length)
{
    reply_parser open_ended;
    BOOST_TEST((open_ended.put(head("") + "{}") == status::need_more));
    BOOST_TEST((open_ended.end_of_stream() == status::done));
    BOOST_TEST(open_ended.body() == "{}");

    reply_parser counted;
    counted.put(head("Content-Length: 3\r\n") + "{}");
    BOOST_TEST((counted.end_of_stream() == status::malformed));

    reply_parser nothing;
    BOOST_TEST((nothing.end_of_stream() == status::malformed));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
