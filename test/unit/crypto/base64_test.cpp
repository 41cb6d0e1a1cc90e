#include "crypto/base64.hpp"
#include "support.hpp"

using namespace twilio_sms::detail;
using namespace std::literals;

BOOST_AUTO_TEST_SUITE(base64)

BOOST_AUTO_TEST_CASE(vectors_of_rfc_4648)
{
    std::pair<std::string_view, std::string_view> const rows[] = {
        {"", ""},
        {"f", "Zg=="},
        {"fo", "Zm8="},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg=="},
        {"fooba", "Zm9vYmE="},
        {"foobar", "Zm9vYmFy"},
        {"\0\0\0"sv, "AAAA"},
        {"\xfb\xff\xbf", "+/+/"},
    };
    for (auto const& [plain, encoded] : rows) {
        BOOST_TEST(base64_encode(plain) == encoded);
        auto const decoded = base64_decode(encoded);
        BOOST_REQUIRE(decoded.has_value());
        BOOST_TEST(*decoded == plain);
    }
}

BOOST_AUTO_TEST_CASE(every_length_comes_back)
{
    std::string bytes;
    for (int i = 0; i < 300; ++i) {
        BOOST_TEST((base64_decode(base64_encode(bytes)) == bytes));
        bytes += static_cast<char>(i * 7);
    }
}

BOOST_AUTO_TEST_CASE(what_is_not_base64)
{
    for (auto const bad : {"Z"sv, "Zg"sv, "Zg="sv, "Zg==="sv, "===="sv, "Z==="sv, "Zg==Zg=="sv, "Zm 9"sv, " Zm9v"sv,
                           "Zm9v\n"sv, "Zm9\n"sv, "Zm-_"sv, "Zm9\0"sv, "Zm=9"sv, "Zm9\xc3"sv})
        BOOST_TEST(!base64_decode(bad).has_value(), bad);
}

BOOST_AUTO_TEST_SUITE_END()
