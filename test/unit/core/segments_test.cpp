#include "support.hpp"
#include <twilio_sms/segments.hpp>

using namespace twilio_sms;
using namespace std::literals;

namespace {

char const* name_of(sms_encoding e)
{
    return e == sms_encoding::gsm7 ? "gsm7" : "ucs2";
}

std::string times(std::size_t n, std::string_view piece)
{
    std::string text;
    for (std::size_t i = 0; i != n; ++i)
        text += piece;
    return text;
}

constexpr auto euro = "\xe2\x82\xac"sv;      // two septets, one unit
constexpr auto a_acute = "\xc3\xa1"sv;       // only in UCS-2
constexpr auto emoji = "\xf0\x9f\x98\x80"sv; // two units

} // namespace

BOOST_AUTO_TEST_SUITE(segments)

BOOST_AUTO_TEST_CASE(which_characters_are_gsm7)
{
    // The basic set and the extension table of 3GPP 23.038, written out.
    std::string_view const basic = "@$\n\r_ !\"#%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                   "abcdefghijklmnopqrstuvwxyz";
    std::string_view const extension = "\f^{}\\[~]|";
    for (int c = 0; c < 0x80; ++c) {
        char const text = static_cast<char>(c);
        bool const one = basic.find(text) != std::string_view::npos;
        bool const two = extension.find(text) != std::string_view::npos;
        BOOST_TEST_CONTEXT("character " << c)
        {
            BOOST_TEST(name_of(count_segments({&text, 1}).encoding) == (one || two ? "gsm7" : "ucs2"));
            if (one || two) { // 160 septets are one segment, one more are two
                BOOST_TEST(count_segments(times(two ? 80 : 160, {&text, 1})).segments == 1u);
                BOOST_TEST(count_segments(times(two ? 81 : 161, {&text, 1})).segments == 2u);
            }
        }
    }
    for (auto const c :
         {u8"£", u8"¥", u8"è", u8"é", u8"ù", u8"ì", u8"ò", u8"Ç", u8"Ø", u8"ø", u8"Å", u8"å", u8"Δ", u8"Φ",
          u8"Γ", u8"Λ", u8"Ω", u8"Π", u8"Ψ", u8"Σ", u8"Θ", u8"Ξ", u8"Æ", u8"æ", u8"ß", u8"É", u8"¤", u8"¡",
          u8"Ä", u8"Ö", u8"Ñ", u8"Ü", u8"§", u8"¿", u8"ä", u8"ö", u8"ñ", u8"ü", u8"à", u8"€"})
        BOOST_TEST(name_of(count_segments(reinterpret_cast<char const*>(c)).encoding) == "gsm7");
    for (auto const c : {u8"ç", u8"á", u8"í", u8"ó", u8"ú", u8"Á", u8"ê", u8"ô", u8"ë", u8"ï", u8"\u00a0", u8"\u2126",
                         u8"\u2019", u8"ж", u8"你", u8"😀"})
        BOOST_TEST(name_of(count_segments(reinterpret_cast<char const*>(c)).encoding) == "ucs2");
}

BOOST_AUTO_TEST_CASE(counts)
{
    struct row {
        char const* name;
        std::string text;
        std::size_t segments;
    };
    row const rows[] = {
        {"empty", "", 1},
        {"160 in GSM-7", times(160, "a"), 1},
        {"161", times(161, "a"), 2},
        {"306: two full parts", times(306, "a"), 2},
        {"307", times(307, "a"), 3},
        {"1600", times(1600, "a"), 11},
        {"80 euro signs", times(80, euro), 1},
        {"81 euro signs", times(81, euro), 2},
        {"153 euro signs: a pair is never divided", times(153, euro), 3},
        {"an escape pair at the end of a part", times(152, "a") + std::string(euro) + times(152, "a"), 3},
        {"the same a place earlier", times(151, "a") + std::string(euro) + times(153, "a"), 2},
        {"70 in UCS-2", times(70, a_acute), 1},
        {"71", times(71, a_acute), 2},
        {"134: two full parts", times(134, a_acute), 2},
        {"135", times(135, a_acute), 3},
        {"1600 in UCS-2", times(1600, a_acute), 24},
        {"35 emoji", times(35, emoji), 1},
        {"36 emoji", times(36, emoji), 2},
        {"66 emoji: 33 a part", times(66, emoji), 2},
        {"67 emoji", times(67, emoji), 3},
        {"one odd character changes all", times(70, "a") + std::string(a_acute), 2},
        {"euro in UCS-2 is one unit", times(69, euro) + std::string(a_acute), 1},
    };
    for (auto const& row : rows)
        BOOST_TEST_CONTEXT(row.name)
        {
            BOOST_TEST(count_segments(row.text).segments == row.segments);
        }
}

BOOST_AUTO_TEST_CASE(units)
{
    struct row {
        char const* name;
        std::string text;
        segment_count count;
    };
    constexpr auto gsm7 = sms_encoding::gsm7;
    constexpr auto ucs2 = sms_encoding::ucs2;
    row const rows[] = {
        {"empty", "", {gsm7, 1, 0, 160}},
        {"a full one", times(160, "a"), {gsm7, 1, 160, 0}},
        {"two", times(161, "a"), {gsm7, 2, 161, 145}},
        {"two full ones", times(306, "a"), {gsm7, 2, 306, 0}},
        {"extension", "[x]", {gsm7, 1, 5, 155}},
        {"euro", std::string(euro), {gsm7, 1, 2, 158}},
        {"a place is left empty", times(81, euro), {gsm7, 2, 162, 143}},
        {"UCS-2", std::string(a_acute), {ucs2, 1, 1, 69}},
        {"euro in UCS-2", std::string(euro) + std::string(a_acute), {ucs2, 1, 2, 68}},
        {"emoji", times(36, emoji), {ucs2, 2, 72, 61}},
    };
    for (auto const& row : rows)
        BOOST_TEST((count_segments(row.text) == row.count), row.name);
}

BOOST_AUTO_TEST_SUITE_END()
