#include "support.hpp"
#include "twilio/list_reading.hpp"
#include <initializer_list>

using namespace twilio_sms::detail;
using namespace std::chrono_literals;

namespace {

std::string const path = "/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/Messages.json";
std::chrono::sys_seconds const noon{1'700'000'000s};

/// A page with messages created so many seconds after noon; the number is the SID, too.
list_page page(std::initializer_list<int> created, std::string next = {})
{
    list_page p;
    for (int const c : created) {
        listed_message m;
        m.sid = std::to_string(c);
        m.date_created = noon + c * 1s;
        p.messages.push_back(m);
    }
    p.next = std::move(next);
    return p;
}

std::string sids(list_reading const& reading)
{
    std::string text;
    for (auto const& m : reading.messages())
        text += m.sid + ' ';
    return text;
}

} // namespace

BOOST_AUTO_TEST_SUITE(list_readings)

using enum list_reading::state;

BOOST_AUTO_TEST_CASE(one_page_is_one_look)
{
    list_reading r(path, "+15550107391");
    BOOST_TEST(r.target() == path + "?To=%2B15550107391&PageSize=50");
    BOOST_TEST((r.take(page({9, 5}), noon) == complete));
    BOOST_TEST(sids(r) == "9 5 ");
}

BOOST_AUTO_TEST_CASE(old_messages_do_not_matter)
{
    list_reading r(path, "+15550107391");
    BOOST_TEST((r.take(page({9, 0, -1}), noon) == complete));
    BOOST_TEST(sids(r) == "9 0 ");
}

BOOST_AUTO_TEST_CASE(pages_are_followed_until_all_of_one_is_too_old)
{
    list_reading r(path, "+15550107391");
    std::string const second = path + "?PageToken=PASM5&Page=1";
    BOOST_TEST((r.take(page({9, -5}, second), noon) == more)); // the order is not exact
    BOOST_TEST(r.target() == second);
    BOOST_TEST(
        (r.take(page({-6, -7}, path + "?PageToken=PASM7&Page=2"), noon) == more)); // not the third, but once more
    BOOST_TEST(r.target() == path + "?To=%2B15550107391&PageSize=50");
    BOOST_TEST((r.take(page({9, -5}, second), noon) == more));
    BOOST_TEST((r.take(page({-6, -7}, path + "?PageToken=PASM7&Page=2"), noon) == complete));
    BOOST_TEST(sids(r) == "9 ");
}

BOOST_AUTO_TEST_CASE(several_pages_are_read_until_they_rest)
{
    list_reading r(path, "+15550107391");
    std::string const second = path + "?Page=1";
    BOOST_TEST((r.take(page({9, 8}, second), noon) == more));
    BOOST_TEST((r.take(page({8, 7}), noon) == more)); // one came, and 8 was shifted
    BOOST_TEST((r.take(page({10, 9}, second), noon) == more));
    BOOST_TEST((r.take(page({8, 7}), noon) == more));
    BOOST_TEST((r.take(page({10, 9}, second), noon) == more));
    BOOST_TEST((r.take(page({8, 7}), noon) == complete));
    BOOST_TEST(sids(r) == "10 9 8 7 ");
}

BOOST_AUTO_TEST_CASE(a_list_that_does_not_rest_is_given_up)
{
    list_reading r(path, "+15550107391");
    for (int i = 0; i < list_reading::most_readings; ++i) {
        BOOST_TEST((r.take(page({100 + i}, path + "?Page=1"), noon) == more));
        auto const after = r.take(page({1}), noon);
        BOOST_TEST((after == (i + 1 < list_reading::most_readings ? more : failed)));
    }
}

BOOST_AUTO_TEST_CASE(credentials_go_nowhere_else)
{
    for (std::string const& next :
         {std::string("https://evil.example/x"), std::string("//evil.example/x"), std::string("/elsewhere?x"),
          std::string("/2010-04-01/Accounts/AC99999999999999999999999999999999/Messages.json?Page=1"), path,
          path + "?a b", path + "?a\r\nX: y", path + "/../x?", path + "?\xc3\xa4"}) {
        BOOST_TEST_CONTEXT(next)
        {
            list_reading r(path, "+15550107391");
            BOOST_TEST((r.take(page({9}, next), noon) == failed));
        }
    }
}

BOOST_AUTO_TEST_CASE(an_endless_list_is_given_up)
{
    list_reading r(path, "+15550107391");
    std::size_t pages = 1;
    while (r.take(page({static_cast<int>(pages)}, path + "?Page=1"), noon) == more)
        ++pages;
    BOOST_TEST(pages == list_reading::most_pages);
}

BOOST_AUTO_TEST_SUITE_END()
