#include "simulator/form.hpp"
#include <boost/test/unit_test.hpp>

using namespace twilio_sms::detail::sim;

namespace {

struct form {
    std::string storage;
    create_parameters p;
    bool readable;
    explicit form(std::string_view text) : readable(decode_create_form(text, storage, p)) {}
};

} // namespace

BOOST_AUTO_TEST_SUITE(form_decoding)

BOOST_AUTO_TEST_CASE(decodes_what_clients_send)
{
    form const f("To=%2B15551230001&From=%2b15005550006&Body=a+b%20c%26d%3De%C3%A9&Unknown=1&ValidityPeriod=60");
    BOOST_TEST_REQUIRE(f.readable);
    BOOST_TEST(f.p.to == "+15551230001");
    BOOST_TEST(f.p.from == "+15005550006");
    BOOST_TEST(f.p.body == "a b c&d=e\xc3\xa9");
    BOOST_TEST(f.p.validity_period == "60");
    BOOST_TEST(f.p.messaging_service_sid == "");
}

BOOST_AUTO_TEST_CASE(media_urls_are_repeated_keys)
{
    form const f("MediaUrl=https%3A%2F%2Fa%2F1&MediaUrl=&MediaUrl=https://a/2");
    BOOST_TEST_REQUIRE(f.p.media_urls.size() == 2u);
    BOOST_TEST(f.p.media_urls[0] == "https://a/1");
    BOOST_TEST(f.p.media_urls[1] == "https://a/2");
}

BOOST_AUTO_TEST_CASE(odd_but_readable)
{
    BOOST_TEST(form("").readable);
    BOOST_TEST(form("&&=&To").readable);
    BOOST_TEST(form("To=a=b").p.to == "a=b");
    BOOST_TEST(form("%54o=x").p.to == "x");
    BOOST_TEST(form("To=1&To=2").p.to == "2");
    BOOST_TEST(form("{\"To\": \"+15551230001\"}").p.to == "");
}

BOOST_AUTO_TEST_CASE(unreadable)
{
    for (auto const* text : {"Body=%", "Body=%4", "Body=%zz", "Body=%C3", "Body=\xff", "%C=1", "Body=%ED%A0%80"})
        BOOST_TEST(!form(text).readable, text);
}

BOOST_AUTO_TEST_SUITE_END()
