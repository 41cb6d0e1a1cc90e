#include "simulator/api_error.hpp"
#include "simulator/message_json.hpp"
#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

using namespace twilio_sms::detail::sim;
namespace json = boost::json;

namespace {

constexpr std::string_view sid = "SM0123456789abcdef0123456789abcdef";

message_resource example()
{
    message_resource m;
    m.account_sid = "AC0123456789abcdef0123456789abcdef";
    m.to = "+15551230001";
    m.from = "+15005550006";
    m.body = "quote \" back \\ line \n tab \t bell \x07 \xe2\x82\xac";
    m.segments = 1;
    m.created = m.updated = std::chrono::sys_days(std::chrono::year(2023) / 8 / 24);
    return m;
}

json::object parsed(message_resource const& m)
{
    std::string text;
    append_message_json(text, sid, m);
    return json::parse(text).as_object();
}

} // namespace

BOOST_AUTO_TEST_SUITE(message_representation)

BOOST_AUTO_TEST_CASE(has_exactly_the_fields_of_twilio)
{
    auto const o = parsed(example());
    BOOST_TEST(o.size() == 20u);
    BOOST_TEST(o.at("body").as_string() == "quote \" back \\ line \n tab \t bell \x07 \xe2\x82\xac");
    BOOST_TEST(o.at("num_segments").as_string() == "1");
    BOOST_TEST(o.at("num_media").as_string() == "0");
    BOOST_TEST(o.at("direction").as_string() == "outbound-api");
    BOOST_TEST(o.at("from").as_string() == "+15005550006");
    BOOST_TEST(o.at("to").as_string() == "+15551230001");
    BOOST_TEST(o.at("date_created").as_string() == "Thu, 24 Aug 2023 00:00:00 +0000");
    BOOST_TEST(o.at("date_updated").as_string() == "Thu, 24 Aug 2023 00:00:00 +0000");
    for (auto const* name : {"date_sent", "price", "error_code", "error_message", "messaging_service_sid"})
        BOOST_TEST(o.at(name).is_null(), name);
    BOOST_TEST(o.at("price_unit").as_string() == "USD");
    BOOST_TEST(o.at("api_version").as_string() == "2010-04-01");
    BOOST_TEST(o.at("status").as_string() == "queued");
    BOOST_TEST(o.at("sid").as_string() == sid);
    BOOST_TEST(o.at("account_sid").as_string() == "AC0123456789abcdef0123456789abcdef");
    std::string const base = "/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/Messages/" + std::string(sid);
    BOOST_TEST(o.at("uri").as_string() == base + ".json");
    BOOST_TEST(o.at("subresource_uris").as_object().at("media").as_string() == base + "/Media.json");
}

BOOST_AUTO_TEST_CASE(with_a_service_the_sender_is_open)
{
    auto m = example();
    m.from = {};
    m.messaging_service_sid = "MG0123456789abcdef0123456789abcdef";
    m.segments = 0;
    m.status = message_status::scheduled;
    auto const o = parsed(m);
    BOOST_TEST(o.at("from").is_null());
    BOOST_TEST(o.at("messaging_service_sid").as_string() == m.messaging_service_sid);
    BOOST_TEST(o.at("num_segments").as_string() == "0");
    BOOST_TEST(o.at("status").as_string() == "scheduled");
}

BOOST_AUTO_TEST_CASE(a_message_that_was_sent_and_failed)
{
    auto m = example();
    m.status = message_status::undelivered;
    m.sent = m.created + std::chrono::seconds(2);
    m.updated = m.created + std::chrono::seconds(3);
    m.error_code = 30003;
    m.error_message = "Unreachable destination handset";
    auto const o = parsed(m);
    BOOST_TEST(o.at("status").as_string() == "undelivered");
    BOOST_TEST(o.at("date_sent").as_string() == "Thu, 24 Aug 2023 00:00:02 +0000");
    BOOST_TEST(o.at("date_updated").as_string() == "Thu, 24 Aug 2023 00:00:03 +0000");
    BOOST_TEST(o.at("error_code").as_int64() == 30003);
    BOOST_TEST(o.at("error_message").as_string() == "Unreachable destination handset");
}

BOOST_AUTO_TEST_CASE(error_body_as_recorded)
{
    std::string text;
    append_error_json(text, {400, 21211, "The 'To' number +1asd is not a valid phone number."});
    BOOST_TEST(text == R"({"code": 21211, "message": "The 'To' number +1asd is not a valid phone number.", )"
                       R"("more_info": "https://www.twilio.com/docs/errors/21211", "status": 400})");
}

BOOST_AUTO_TEST_SUITE_END()
