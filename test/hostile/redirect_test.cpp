// Redirects are not followed: nothing, and above all no credentials, ever goes to the place they name.
#include "hostile/row.hpp"
#include <boost/test/unit_test.hpp>

namespace twilio_sms::test {

BOOST_AUTO_TEST_SUITE(hostile_redirects)

BOOST_AUTO_TEST_CASE(nobody_comes_to_the_other_place)
{
    hostile_server other(make_self_signed_certificate(), TLS1_3_VERSION, [](peer& p) { p.drain(); });
    auto const port = std::to_string(other.port());
    std::vector<row> rows;
    for (std::string const status : {"300 Multiple Choices", "301 Moved Permanently", "302 Found", "303 See Other",
                                     "307 Temporary Redirect", "308 Permanent Redirect"})
        for (std::string const scheme : {"https://127.0.0.1:", "http://127.0.0.1:", "//user:password@127.0.0.1:"})
            rows.push_back(
                row(status + " to " + scheme,
                    answers(reply(status, "Location: " + scheme + port + "/2010-04-01/\r\n", created(evil_sid))),
                    fate::rejected, errc::redirected)
                    .keeps());
    rows.push_back(row("304", answers("HTTP/1.1 304 Not Modified\r\n\r\n"), fate::rejected, errc::redirected).keeps());
    rows.push_back(
        row("201 that is elsewhere",
            answers(reply(
                "201 Created",
                "Location: https://127.0.0.1:" + port + "/\r\nRefresh: 0; url=http://127.0.0.1:" + port + "/\r\n", "")),
            fate::unknown, errc::malformed_reply)
            .keeps());
    play(rows);
    BOOST_TEST(other.connections() == 0);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
