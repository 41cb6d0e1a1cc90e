#include "support.hpp"
#include "twilio/paging.hpp"

using namespace twilio_sms;
using namespace twilio_sms::detail;
using namespace std::chrono_literals;

namespace {

std::string const path = "/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/Messages.json";

std::string page(int number, std::string const& token)
{
    return path + "?PageSize=50&Page=" + std::to_string(number) + "&PageToken=" + token;
}

} // namespace

BOOST_AUTO_TEST_SUITE(pages)

BOOST_AUTO_TEST_CASE(from_the_first_to_the_last)
{
    paging p(path, "To=%2B15550107391&PageSize=50");
    BOOST_TEST(p.target() == path + "?To=%2B15550107391&PageSize=50");
    BOOST_TEST((p.now() == paging::state::more));
    p.turn(page(1, "a"));
    BOOST_TEST(p.target() == page(1, "a"));
    BOOST_TEST((p.now() == paging::state::more));
    p.turn("");
    BOOST_TEST((p.now() == paging::state::ended));
}

BOOST_AUTO_TEST_CASE(nowhere_else)
{
    std::string const rows[] = {
        "https://api.twilio.com" + path + "?Page=1",
        "//evil.example" + path + "?Page=1",
        "http://evil.example/",
        "/2010-04-01/Accounts/AC00000000000000000000000000000001/Messages.json?Page=1",
        "/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/Calls.json?Page=1",
        "/",
        path,
        path + "/../../Calls.json?Page=1",
        path + "x?Page=1",
        " " + path + "?Page=1",
        path + "?Page=1 HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        path + "?Page=1\r\nX: y",
        path + "?Page=\x7f",
        path + "?Page=\xc3\xa9",
        path.substr(1) + "?Page=1",
    };
    for (auto const& next : rows)
        BOOST_TEST_CONTEXT(next)
        {
            paging p(path, "PageSize=50");
            p.turn(next);
            BOOST_TEST((p.now() == paging::state::astray));
            BOOST_TEST(p.target() == path + "?PageSize=50");
            BOOST_TEST(!leads_on(next, path));
        }
    BOOST_TEST(leads_on(path + "?", path));
}

// Whatever comes before it, and however long it is, a circle ends; and it does so soon.
BOOST_AUTO_TEST_CASE(circles_end)
{
    for (int before : {0, 1, 2, 7, 100})
        for (int length : {1, 2, 3, 50}) {
            paging p(path, "PageSize=50");
            int pages = 0;
            for (; p.now() == paging::state::more && pages < 1000; ++pages)
                p.turn(page(pages + 1, // counted up, though it is the same page
                            pages < before ? "a" + std::to_string(pages)
                                           : "b" + std::to_string((pages - before) % length)));
            BOOST_TEST((p.now() == paging::state::circles));
            BOOST_TEST(pages <= 3 * (before + length + 1), before << " then " << length << ": " << pages);
        }
}

BOOST_AUTO_TEST_CASE(the_first_page_again_is_a_circle)
{
    paging p(path, "PageSize=50");
    p.turn(path + "?PageSize=50&Page=1");
    BOOST_TEST((p.now() == paging::state::circles));
}

BOOST_AUTO_TEST_CASE(a_long_list_is_none)
{
    paging p(path, "PageSize=50");
    for (int i = 0; i < 20'000; ++i)
        p.turn(page(i + 1, std::to_string(i)));
    BOOST_TEST((p.now() == paging::state::more));
}

BOOST_AUTO_TEST_CASE(filters)
{
    list_filter f;
    BOOST_TEST(query_of(f) == "PageSize=50");
    f.to = "+15550107391";
    f.from = "My Sender&Page=7#";
    f.sent_on = std::chrono::sys_days(std::chrono::year(2024) / 2 / 29);
    f.sent_after = std::chrono::sys_seconds(1'692'853'305s);
    f.sent_before = std::chrono::sys_seconds(1'692'853'306s);
    f.page_size = 1000;
    BOOST_TEST(query_of(f) == "To=%2B15550107391&From=My+Sender%26Page%3D7%23&DateSent=2024-02-29"
                              "&DateSent%3E=2023-08-24T05%3A01%3A45Z&DateSent%3C=2023-08-24T05%3A01%3A46Z&"
                              "PageSize=1000");
    BOOST_TEST(problem_of(f) == "");
}

BOOST_AUTO_TEST_CASE(bad_filters)
{
    list_filter f;
    for (std::size_t size : {std::size_t{0}, std::size_t{1001}}) {
        f.page_size = size;
        BOOST_TEST(problem_of(f) == "page_size: is " + std::to_string(size) + "; give a number from 1 to 1000");
    }
    f.page_size = 1;
    f.to = "+1555\r\n";
    BOOST_TEST(problem_of(f).starts_with("to: holds a control character"));
    f.to.clear();
    f.from = "\xff";
    BOOST_TEST(problem_of(f).starts_with("from: "));
    f.from.clear();
    BOOST_TEST(problem_of(f) == "");
}

BOOST_AUTO_TEST_SUITE_END()
