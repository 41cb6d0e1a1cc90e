#include "support.hpp"
#include "twilio/list_page.hpp"

using namespace twilio_sms::detail;

namespace {

std::string const sid = "SM0123456789abcdef0123456789abcdef";

std::string page_of(std::string const& messages, std::string const& next = "null")
{
    return R"({"page":0,"page_size":50,"next_page_uri":)" + next + R"(,"messages":[)" + messages + "]}";
}

std::string const whole =
    R"({"sid":")" + sid +
    R"(","to":"+15550107391","from":"+15550100001","messaging_service_sid":null,"body":"Gr\u00fc\u00dfe \ud83d\udc4b",)"
    R"("direction":"outbound-api","status":"delivered","num_media":"1","num_segments":"2","error_code":null,)"
    R"("date_created":"Thu, 24 Aug 2023 05:01:45 +0000","subresource_uris":{"media":"/x"}})";

} // namespace

BOOST_AUTO_TEST_SUITE(list_pages)

BOOST_AUTO_TEST_CASE(a_page_of_twilio)
{
    auto const page = decode_list_page(page_of(whole, R"("/2010-04-01/next")"));
    BOOST_TEST_REQUIRE(page.has_value());
    BOOST_TEST(page->next == "/2010-04-01/next");
    BOOST_TEST_REQUIRE(page->messages.size() == 1u);
    auto const& m = page->messages[0];
    BOOST_TEST(m.sid == sid);
    BOOST_TEST(m.to == "+15550107391");
    BOOST_TEST(m.from == "+15550100001");
    BOOST_TEST(m.messaging_service_sid == "");
    BOOST_TEST(m.text == "Grüße 👋");
    BOOST_TEST(m.status == "delivered");
    BOOST_TEST(m.outbound);
    BOOST_TEST(m.has_media);
    BOOST_TEST(m.segments == 2);
    BOOST_TEST((m.date_created == std::chrono::sys_seconds(std::chrono::seconds(1'692'853'305))));
}

BOOST_AUTO_TEST_CASE(nulls_and_absent_members)
{
    auto const page = decode_list_page(
        page_of(R"({"sid":")" + sid +
                R"(","to":"+15550107391","from":null,"body":null,"direction":"inbound","date_created":null})"));
    BOOST_TEST_REQUIRE(page.has_value());
    auto const& m = page->messages.at(0);
    BOOST_TEST(m.from == "");
    BOOST_TEST(m.text == "");
    BOOST_TEST(!m.outbound);
    BOOST_TEST(!m.has_media);
    BOOST_TEST(!m.date_created.has_value());
    BOOST_TEST(decode_list_page(page_of(""))->messages.empty());
}

BOOST_AUTO_TEST_CASE(what_is_no_page_proves_nothing)
{
    std::string const rows[] = {
        "",
        "null",
        "[]",
        "{}",
        "not json",
        R"({"messages":[]})", // no word about a next page
        R"({"messages":{},"next_page_uri":null})",
        R"({"messages":null,"next_page_uri":null})",
        R"({"messages":[],"next_page_uri":7})",
        page_of("7"),
        page_of("null"),
        page_of("{}"),
        page_of(whole) + "x",
        page_of(whole).substr(0, 200),
        page_of(R"({"sid":"SM1","to":"+1","body":"x","direction":"outbound-api"})"),
        page_of(R"({"sid":")" + sid + R"(","body":"x","direction":"outbound-api"})"),
        page_of(R"({"sid":")" + sid + R"(","to":"+1","direction":"outbound-api"})"),
        page_of(R"({"sid":")" + sid + R"(","to":"+1","body":7,"direction":"outbound-api"})"),
        page_of(R"({"sid":")" + sid + R"(","to":"+1","body":"x"})"),
        page_of(std::string(100, '[') + std::string(100, ']')),
    };
    for (auto const& body : rows)
        BOOST_TEST_CONTEXT(body)
        {
            BOOST_TEST(!decode_list_page(body).has_value());
        }
}

BOOST_AUTO_TEST_SUITE_END()
