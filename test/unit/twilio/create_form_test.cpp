#include "support.hpp"
#include "twilio/create_form.hpp"

using namespace twilio_sms;
using namespace twilio_sms::detail;
using namespace std::literals;

namespace {

std::string const hex32 = "0123456789abcdef0123456789abcdef";
default_sender const number{"+15005550006", {}};

std::string encoded(std::string_view value)
{
    std::string out = "x=";
    append_form_encoded(out, value);
    return out.substr(2);
}

std::string body(notification const& n, default_sender const& sender = number, std::span<bad_media const> dropped = {})
{
    return encode_create_form(n, sender, dropped);
}

} // namespace

BOOST_AUTO_TEST_SUITE(create_form)

BOOST_AUTO_TEST_CASE(every_byte)
{
    std::string_view const kept = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.*";
    for (int i = 0; i < 256; ++i) {
        char const c = static_cast<char>(i);
        std::string want;
        if (c == ' ') {
            want = "+";
        } else if (kept.find(c) != std::string_view::npos) {
            want = c;
        } else {
            char hex[4];
            std::snprintf(hex, sizeof hex, "%%%02X", static_cast<unsigned>(i));
            want = hex;
        }
        BOOST_TEST(encoded({&c, 1}) == want);
    }
}

BOOST_AUTO_TEST_CASE(texts_of_several_scripts)
{
    std::pair<std::string_view, std::string_view> const rows[] = {
        {"", ""},
        {"Your order has shipped", "Your+order+has+shipped"},
        {"1+1=2 & 50%", "1%2B1%3D2+%26+50%25"},
        {"two\r\nlines", "two%0D%0Alines"},
        {"caf\xc3\xa9", "caf%C3%A9"},
        {"\xd0\x9f\xd1\x80\xd0\xb8", "%D0%9F%D1%80%D0%B8"},
        {"\xe4\xbd\xa0\xe5\xa5\xbd", "%E4%BD%A0%E5%A5%BD"},
        {"\xd8\xb3\xd9\x84\xd8\xa7\xd9\x85", "%D8%B3%D9%84%D8%A7%D9%85"},
        {"\xf0\x9f\x91\x8d", "%F0%9F%91%8D"},
        {"~user", "%7Euser"},
    };
    for (auto const& [text, want] : rows)
        BOOST_TEST(encoded(text) == want);
}

BOOST_AUTO_TEST_CASE(the_sender)
{
    notification n("+15558675310", "hi");
    BOOST_TEST(body(n) == "To=%2B15558675310&From=%2B15005550006&Body=hi");
    default_sender const service{{}, "MG0"};
    BOOST_TEST(body(n, service) == "To=%2B15558675310&MessagingServiceSid=MG0&Body=hi");
    n.from = "My Shop";
    BOOST_TEST(body(n, service) == "To=%2B15558675310&From=My+Shop&Body=hi");
    BOOST_TEST(body(n, number) == "To=%2B15558675310&From=My+Shop&Body=hi");
}

BOOST_AUTO_TEST_CASE(media_are_repeated_and_dropped_ones_left_out)
{
    notification n("+15558675310", "");
    n.media_urls = {"https://a/0", "ftp://a/1", "https://a/2", "x"};
    bad_media const dropped[] = {{1, ""}, {3, ""}};
    BOOST_TEST(body(n, number, dropped) ==
               "To=%2B15558675310&From=%2B15005550006&MediaUrl=https%3A%2F%2Fa%2F0&MediaUrl=https%3A%2F%2Fa%2F2");
}

BOOST_AUTO_TEST_CASE(every_parameter)
{
    using namespace std::chrono;
    notification n("+15558675310", "hi");
    n.media_urls = {"https://a/b"};
    n.template_name = n.subject = n.html = n.data = n.idempotency_key = "not sent";
    n.status_callback = "https://x/cb?a=b";
    n.application_sid = "AP" + hex32;
    n.fallback_from = "12345";
    n.content_sid = "HX" + hex32;
    n.content_variables = R"({"1":"A"})";
    n.validity_period = 14'400s;
    n.send_at = sys_days(year(2023) / 8 / 4) + 5h + 1min + 9s;
    n.smart_encoded = true;
    n.shorten_urls = false;
    n.send_as_mms = true;
    n.provide_feedback = false;
    n.force_delivery = true;
    n.attempt = 2;
    n.content_retention = content_retention::discard;
    n.address_retention = address_retention::obfuscate;
    n.risk_check = risk_check::disable;
    n.persistent_actions = {"geo:1,2", "x"};
    BOOST_TEST(body(n, {{}, "MG0"}) ==
               "To=%2B15558675310&MessagingServiceSid=MG0&Body=hi&MediaUrl=https%3A%2F%2Fa%2Fb"
               "&StatusCallback=https%3A%2F%2Fx%2Fcb%3Fa%3Db&ApplicationSid=AP" +
                   hex32 + "&FallbackFrom=12345&ContentSid=HX" + hex32 +
                   "&ContentVariables=%7B%221%22%3A%22A%22%7D&ValidityPeriod=14400"
                   "&ScheduleType=fixed&SendAt=2023-08-04T05%3A01%3A09Z"
                   "&SmartEncoded=true&ShortenUrls=false&SendAsMms=true&ProvideFeedback=false&ForceDelivery=true"
                   "&Attempt=2&ContentRetention=discard&AddressRetention=obfuscate&RiskCheck=disable"
                   "&PersistentAction=geo%3A1%2C2&PersistentAction=x");
    n.content_retention = content_retention::retain;
    n.address_retention = address_retention::retain;
    n.risk_check = risk_check::enable;
    BOOST_TEST(body(n).find("&ContentRetention=retain&AddressRetention=retain&RiskCheck=enable&") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(one_allocation)
{
    notification n("+15558675310", std::string(1600, '\xe9'));
    auto const form = body(n);
    BOOST_TEST(form.capacity() <= form.size() + 2);
}

BOOST_AUTO_TEST_SUITE_END()
