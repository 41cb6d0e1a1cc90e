#include "support.hpp"
#include "twilio/message_decoder.hpp"

using namespace twilio_sms;
using namespace twilio_sms::detail;
using namespace std::chrono_literals;

namespace {

std::string const sid = "SM0123456789abcdef0123456789abcdef";
std::string const media_sid = "ME0123456789abcdef0123456789abcdef";

// Twilio's answer to a fetch, as recorded, with every field filled.
std::string const whole =
    R"({"body": "Gr\u00fc\u00dfe \ud83d\udc4b", "num_segments": "2", "direction": "outbound-api", "from": "+15017122661",)"
    R"("date_updated": "Thu, 24 Aug 2023 05:01:47 +0000", "price": "-0.00750", "error_message": "Unknown error",)"
    R"("uri": "/x", "account_sid": "AC0123456789abcdef0123456789abcdef", "num_media": "3", "to": "+15558675310",)"
    R"("date_created": "Thu, 24 Aug 2023 05:01:45 +0000", "status": "undelivered", "sid": ")" +
    sid +
    R"(", "date_sent": "Thu, 24 Aug 2023 05:01:46 +0000", "messaging_service_sid": "MG0123456789abcdef0123456789abcdef",)"
    R"("error_code": 30008, "price_unit": "USD", "api_version": "2010-04-01", "subresource_uris": {"media": "/y"}})";

template <class T>
std::size_t items_of(std::string const& body)
{
    auto const page = decode_resource_page<T>(body);
    return page ? page->items.size() : 99;
}

} // namespace

BOOST_AUTO_TEST_SUITE(messages_in_json)

BOOST_AUTO_TEST_CASE(every_field)
{
    auto const m = decode_resource<message>(whole);
    BOOST_TEST_REQUIRE(m.has_value());
    BOOST_TEST(m->sid == sid);
    BOOST_TEST(m->account_sid == "AC0123456789abcdef0123456789abcdef");
    BOOST_TEST(m->to == "+15558675310");
    BOOST_TEST(m->from == "+15017122661");
    BOOST_TEST(m->messaging_service_sid == "MG0123456789abcdef0123456789abcdef");
    BOOST_TEST(m->text == "Grüße 👋");
    BOOST_TEST(m->status == "undelivered");
    BOOST_TEST(m->direction == "outbound-api");
    BOOST_TEST(m->segments == 2);
    BOOST_TEST(m->media == 3);
    BOOST_TEST(m->price == "-0.00750");
    BOOST_TEST(m->price_unit == "USD");
    BOOST_TEST(m->error_code == 30008);
    BOOST_TEST(m->error_message == "Unknown error");
    std::chrono::sys_seconds const created{1'692'853'305s};
    BOOST_TEST((m->date_created == created));
    BOOST_TEST((m->date_sent == created + 1s));
    BOOST_TEST((m->date_updated == created + 2s));
}

BOOST_AUTO_TEST_CASE(a_sid_is_enough)
{
    auto const m = decode_resource<message>(R"({"sid":")" + sid +
                                            R"(","to":null,"body":7,"num_segments":3,"error_code":"30008",)"
                                            R"("date_sent":"soon","price":-0.0075,"extra":[[1],{"a":null}]})");
    BOOST_TEST_REQUIRE(m.has_value());
    BOOST_TEST(m->to == "");
    BOOST_TEST(m->text == "");
    BOOST_TEST(m->segments == 0);
    BOOST_TEST(m->error_code == 0);
    BOOST_TEST(m->price == "");
    BOOST_TEST(!m->date_sent.has_value());
}

BOOST_AUTO_TEST_CASE(what_is_no_message)
{
    for (std::string const& body :
         {std::string(), std::string("null"), std::string("[]"), std::string("{}"), whole + "x", whole.substr(0, 200),
          R"({"sid":")" + media_sid + R"("})", std::string(R"({"sid":"SM1"})"), std::string(R"({"sid":null})"),
          std::string(R"({"sid":7})"), std::string(100, '[') + std::string(100, ']')})
        BOOST_TEST(!decode_resource<message>(body).has_value(), body);
}

BOOST_AUTO_TEST_CASE(media)
{
    auto const item = R"({"sid":")" + media_sid +
                      R"(","account_sid":"AC1","parent_sid":"MM1","content_type":"image/gif",)"
                      R"("date_created":"Thu, 24 Aug 2023 05:01:45 +0000","date_updated":null,"uri":"/x"})";
    auto const m = decode_resource<media_item>(item);
    BOOST_TEST_REQUIRE(m.has_value());
    BOOST_TEST(m->sid == media_sid);
    BOOST_TEST(m->account_sid == "AC1");
    BOOST_TEST(m->message_sid == "MM1");
    BOOST_TEST(m->content_type == "image/gif");
    BOOST_TEST((m->date_created == std::chrono::sys_seconds(1'692'853'305s)));
    BOOST_TEST(!m->date_updated.has_value());
    BOOST_TEST(!decode_resource<media_item>(whole).has_value());
    BOOST_TEST(items_of<media_item>(R"({"media_list":[)" + item + R"(],"next_page_uri":null})") == 1u);
    BOOST_TEST(items_of<media_item>(R"({"messages":[],"next_page_uri":null})") == 99u);
}

BOOST_AUTO_TEST_CASE(pages)
{
    auto const page =
        decode_resource_page<message>(R"({"page":0,"messages":[)" + whole + "," + whole + R"(],"next_page_uri":"/n"})");
    BOOST_TEST_REQUIRE(page.has_value());
    BOOST_TEST(page->items.size() == 2u);
    BOOST_TEST(page->next == "/n");
    BOOST_TEST(decode_resource_page<message>(R"({"messages":[],"next_page_uri":null})")->next == "");
    for (std::string const body :
         {"", "{}", "[]", R"({"messages":[]})", R"({"messages":{},"next_page_uri":null})",
          R"({"messages":[],"next_page_uri":7})", R"({"messages":[7],"next_page_uri":null})",
          R"({"messages":[{}],"next_page_uri":null})", R"({"media_list":[],"next_page_uri":null})"})
        BOOST_TEST(items_of<message>(body) == 99u, body);
}

BOOST_AUTO_TEST_CASE(feedback)
{
    BOOST_TEST((decode_feedback(R"({"message_sid":"SM1","outcome":"confirmed"})", "SM1") == "confirmed"));
    for (std::string const body :
         {"", "[]", R"({"outcome":"confirmed"})", R"({"message_sid":"SM2","outcome":"confirmed"})",
          R"({"message_sid":"SM1","Outcome":"confirmed"})", R"({"message_sid":null,"outcome":"confirmed"})"})
        BOOST_TEST(!decode_feedback(body, "SM1").has_value(), body);
}

BOOST_AUTO_TEST_CASE(answers_about_one_message)
{
    auto const asked = sid;
    std::string upper = asked.substr(0, 2), other = asked;
    for (char const c : asked.substr(2))
        upper += static_cast<char>(std::toupper(c));
    other.back() = other.back() == '0' ? '1' : '0';
    auto const body = [](std::string const& of, std::string const& status, std::string const& text) {
        return R"({"sid":")" + of + R"(","status":")" + status + R"(","body":")" + text + R"("})";
    };
    using enum wanted_state;
    struct {
        std::string body, sid;
        wanted_state wanted;
        bool is_one;
    } const rows[] = {
        {body(asked, "sent", "hi"), asked, any, true},
        {body(asked, "sent", "hi"), upper, any, true},
        {body(other, "sent", "hi"), asked, any, false},
        {body(asked, "canceled", "hi"), asked, canceled, true},
        {body(asked, "scheduled", "hi"), asked, canceled, false},
        {body(other, "canceled", "hi"), asked, canceled, false},
        {body(asked, "sent", ""), asked, redacted, true},
        {R"({"sid":")" + asked + R"(","body":null})", asked, redacted, true},
        {body(asked, "sent", "hi"), asked, redacted, false},
        {body(other, "sent", ""), asked, redacted, false},
        {"{}", asked, any, false},
    };
    for (auto const& row : rows)
        BOOST_TEST(decode_message(row.body, row.sid, row.wanted).has_value() == row.is_one,
                   row.body << ' ' << static_cast<int>(row.wanted));
}

BOOST_AUTO_TEST_CASE(answers_about_one_medium)
{
    auto const body = [](std::string const& of, std::string const& parent) {
        return R"({"sid":")" + of + R"(","parent_sid":")" + parent + R"("})";
    };
    std::string other = media_sid;
    other.back() = other.back() == '0' ? '1' : '0';
    BOOST_TEST(decode_media(body(media_sid, sid), sid, media_sid).has_value());
    BOOST_TEST(!decode_media(body(other, sid), sid, media_sid).has_value());
    BOOST_TEST(!decode_media(body(media_sid, "SM1"), sid, media_sid).has_value());
    BOOST_TEST(!decode_media("[]", sid, media_sid).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
