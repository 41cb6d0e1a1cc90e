#include "support.hpp"
#include "twilio/create_form.hpp"
#include "twilio/sent_message.hpp"

using namespace twilio_sms;
using detail::recognisable;

namespace {

std::string form_of(notification const& n, std::string from = "+15550100001", std::string service = {})
{
    return detail::encode_create_form(n, {from, service}, {});
}

} // namespace

BOOST_AUTO_TEST_SUITE(sent_messages)

BOOST_AUTO_TEST_CASE(what_was_sent_is_read_back)
{
    auto const m = recognisable(form_of({"+15550107391", "Grüße & 100 % = \"ok\"\n+1 👋"}));
    BOOST_TEST_REQUIRE(m.has_value());
    BOOST_TEST(m->to == "+15550107391");
    BOOST_TEST(m->from == "+15550100001");
    BOOST_TEST(m->messaging_service_sid == "");
    BOOST_TEST(m->text == "Grüße & 100 % = \"ok\"\n+1 👋");
    BOOST_TEST(!m->has_media);
}

BOOST_AUTO_TEST_CASE(services_media_and_own_senders)
{
    std::string const service = "MG0123456789abcdef0123456789abcdef";
    BOOST_TEST(recognisable(form_of({"+15550107391", "x"}, "", service))->messaging_service_sid == service);
    auto const own = recognisable(form_of(notification("+15550107391", "x").with_from("Shop"), "", service));
    BOOST_TEST(own->from == "Shop");
    BOOST_TEST(own->messaging_service_sid == "");
    // Twilio takes a service's SID in From as the service.
    auto const in_from = recognisable(form_of(notification("+15550107391", "x").with_from(service)));
    BOOST_TEST(in_from->from == "");
    BOOST_TEST(in_from->messaging_service_sid == service);
    BOOST_TEST(
        recognisable(form_of(notification("+15550107391", "").with_media("https://a.example/1.png")))->has_media);
}

BOOST_AUTO_TEST_CASE(the_whole_request_makes_the_hash)
{
    auto const hash = [](notification const& n) { return recognisable(form_of(n))->form_hash; };
    notification const plain("+15550107391", "x");
    BOOST_TEST(hash(plain) == hash(plain));
    BOOST_TEST(hash(plain) != hash(notification(plain).with_media("https://a.example/1.png")));
}

BOOST_AUTO_TEST_CASE(what_twilio_rewrites_or_hides_cannot_be_recognised)
{
    struct row {
        char const* name;
        void (*change)(notification&);
        bool recognisable;
    };
    row const rows[] = {
        {"plain", [](notification&) {}, true},
        {"template", [](notification& n) { n.content_sid = "HX0123456789abcdef0123456789abcdef"; }, false},
        {"smart encoding", [](notification& n) { n.smart_encoded = true; }, false},
        {"no smart encoding", [](notification& n) { n.smart_encoded = false; }, true},
        {"short URLs", [](notification& n) { n.shorten_urls = true; }, false},
        {"no short URLs", [](notification& n) { n.shorten_urls = false; }, true},
        {"content discarded", [](notification& n) { n.content_retention = content_retention::discard; }, false},
        {"content retained", [](notification& n) { n.content_retention = content_retention::retain; }, true},
        {"address obfuscated", [](notification& n) { n.address_retention = address_retention::obfuscate; }, false},
        {"address retained", [](notification& n) { n.address_retention = address_retention::retain; }, true},
        {"a text that looks like it", [](notification& n) { n.text = "SmartEncoded=true&ContentSid=HX"; }, true},
    };
    for (auto const& row : rows)
        BOOST_TEST_CONTEXT(row.name)
        {
            notification n("+15550107391", "x");
            row.change(n);
            BOOST_TEST(recognisable(form_of(n)).has_value() == row.recognisable);
        }
}

BOOST_AUTO_TEST_SUITE_END()
