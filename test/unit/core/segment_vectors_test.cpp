// The vectors of Twilio's segment calculator.
#include <boost/test/unit_test.hpp>
#include <twilio_sms/segments.hpp>

using namespace twilio_sms;

namespace {

std::string digits(std::size_t n, std::size_t from = 1)
{
    std::string text;
    for (std::size_t i = 0; i < n; ++i)
        text += static_cast<char>('0' + (i + from) % 10);
    return text;
}

std::string times(std::size_t n, std::string_view piece)
{
    std::string text;
    for (std::size_t i = 0; i < n; ++i)
        text += piece;
    return text;
}

struct vector {
    std::string body;
    sms_encoding encoding;
    std::size_t segments;
    std::size_t units;
};

constexpr auto gsm7 = sms_encoding::gsm7;
constexpr auto ucs2 = sms_encoding::ucs2;

std::vector<vector> const vectors = {
    {digits(160), gsm7, 1, 160},
    {"\U0001F61C" + digits(68, 2), ucs2, 1, 70},
    {"\U0001F61C" + digits(69, 2), ucs2, 2, 71},
    {"\U0001F1EE\U0001F1F9" + digits(67, 2), ucs2, 2, 71},
    {"\U0001F3F3\uFE0F\u200D\U0001F308" + digits(64, 2), ucs2, 1, 70},
    {"|" + digits(159), gsm7, 2, 161},
    {"^" + digits(158), gsm7, 1, 160},
    {"\u20AC" + digits(159), gsm7, 2, 161},
    {"{" + digits(158), gsm7, 1, 160},
    {"}" + digits(159), gsm7, 2, 161},
    {"[" + digits(158), gsm7, 1, 160},
    {"]" + digits(159), gsm7, 2, 161},
    {"~" + digits(158), gsm7, 1, 160},
    {"\\" + digits(159), gsm7, 2, 161},
    {times(70, "\u00C1"), ucs2, 1, 70},
    {times(71, "\u00DA"), ucs2, 2, 71},
    {times(70, "\u00FA"), ucs2, 1, 70},
    {times(71, "\u00E7"), ucs2, 2, 71},
    {times(70, "\u00ED"), ucs2, 1, 70},
    {times(71, "\u00CD"), ucs2, 2, 71},
    {times(70, "\u00F3"), ucs2, 1, 70},
    {times(71, "\u00D3"), ucs2, 2, 71},
    {"\U0001F600" + times(68, "]"), ucs2, 1, 70},
    {"\nabcde\n\n123\n", gsm7, 1, 12},
    {"e" + times(3, "\u0301"), ucs2, 1, 4},
    {"", gsm7, 1, 0},
    {times(306, "a"), gsm7, 2, 306},
    {times(152, "a") + "\u20AC" + times(7, "a"), gsm7, 2, 161},
    {times(152, "a") + "\u20AC" + times(159, "a"), gsm7, 3, 313},
    {times(81, "\u20AC"), gsm7, 2, 162},
    {times(153, "\u20AC"), gsm7, 3, 306},
    {times(135, "\u00E1"), ucs2, 3, 135},
    {times(202, "\u00E1"), ucs2, 4, 202},
    {times(36, "\U0001F61C"), ucs2, 2, 72},
    {times(66, "\U0001F61C"), ucs2, 2, 132},
    {times(66, "\u00E1") + "\U0001F61C" + times(66, "\u00E1"), ucs2, 3, 134},
    {times(67, "\u00E1") + "\U0001F61C" + times(65, "\u00E1"), ucs2, 2, 134},
    {"a`b", ucs2, 1, 3},
    {"a\tb", ucs2, 1, 3},
    {"\u00E7", ucs2, 1, 1},
    {"\u03A9", gsm7, 1, 1},
    {times(158, "a") + "\r\n", gsm7, 1, 160},
    {times(159, "a") + "\r\n", gsm7, 2, 161},
};

} // namespace

BOOST_AUTO_TEST_CASE(segment_vectors)
{
    for (std::size_t i = 0; i < vectors.size(); ++i) {
        auto const counted = count_segments(vectors[i].body);
        BOOST_TEST(counted.segments == vectors[i].segments, "vector " << i);
        BOOST_TEST((counted.encoding == vectors[i].encoding), "vector " << i);
        BOOST_TEST(counted.units == vectors[i].units, "vector " << i);
    }
}

BOOST_AUTO_TEST_CASE(smart_encoding_vectors)
{
    struct row {
        std::string_view body, becomes;
        sms_encoding encoding;
        std::size_t units;
    };
    for (auto const& [body, becomes, encoding, units] :
         {row{"na\u00efve caf\u00e9", "na\u00efve caf\u00e9", ucs2, 10}, row{"10 \u2013 12", "10 - 12", gsm7, 7},
          row{"tab\there", "tab       here", gsm7, 14}, row{"\u2039x\u203a", ">x<", gsm7, 3}}) {
        auto const replaced = smart_encoded(body);
        auto const counted = count_segments(replaced);
        BOOST_TEST(replaced == becomes);
        BOOST_TEST((counted.encoding == encoding), body);
        BOOST_TEST(counted.units == units, body);
    }
}
