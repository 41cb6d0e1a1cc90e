#include "simulator/list_query.hpp"
#include <boost/test/unit_test.hpp>

using namespace twilio_sms::detail::sim;
using namespace std::chrono;

namespace {

constexpr sys_days august_24 = 2023y / 8 / 24;
constexpr sys_seconds five = august_24 + 5h;

list_query parsed(std::string_view text)
{
    static std::string storage;
    list_query q;
    BOOST_TEST(!read_list_query(text, storage, q).has_value(), text);
    return q;
}

} // namespace

BOOST_AUTO_TEST_SUITE(list_queries)

BOOST_AUTO_TEST_CASE(dates_include_their_ends)
{
    struct {
        char const* query;
        std::optional<sys_seconds> from;
        std::optional<sys_seconds> before;
    } const cases[] = {
        {"", {}, {}},
        {"DateSent=2023-08-24", august_24, august_24 + days(1)},
        {"DateSent=2023-08-24T05:00:00Z", august_24, august_24 + days(1)},
        {"DateSent%3C=2023-08-24", {}, august_24 + days(1)},
        {"DateSent%3C=2023-08-24T05:00:00Z", {}, five + 1s},
        {"DateSent%3E=2023-08-24", august_24, {}},
        {"DateSent%3e=2023-08-24T05:00:00Z", five, {}},
        {"DateSent>=2023-08-24T05:00:00Z&DateSent<=2023-08-24T05:00:00Z", five, five + 1s},
        {"DateSentX=2023-08-24", {}, {}},
        {"DateSent%3E=", {}, {}},
    };
    for (auto const& c : cases) {
        auto const q = parsed(c.query);
        BOOST_TEST((q.sent_from == c.from), c.query);
        BOOST_TEST((q.sent_before == c.before), c.query);
    }
}

BOOST_AUTO_TEST_CASE(everything_else)
{
    auto const q = parsed("To=%2B15551230001&From=My+Shop&PageSize=1000&Page=3&PageToken=PASM1");
    BOOST_TEST(q.to == "+15551230001");
    BOOST_TEST(q.from == "My Shop");
    BOOST_TEST(q.page_size == 1000u);
    BOOST_TEST(q.page == 3u);
    BOOST_TEST(q.page_token == "PASM1");
    BOOST_TEST(parsed("Page=x").page == 0u);
    BOOST_TEST(parsed("Page=99999999999").page == 1'000'000'000u);
    BOOST_TEST(parsed("").page_size == 50u);
}

BOOST_AUTO_TEST_CASE(filters_are_given_back_as_they_came)
{
    std::string out;
    append_filters(out, "PageSize=2&To=%2B1555&Page=1&DateSent%3C=2023-08-24&PageToken=PA");
    BOOST_TEST(out == "To=%2B1555&DateSent%3C=2023-08-24&");
}

BOOST_AUTO_TEST_SUITE_END()
