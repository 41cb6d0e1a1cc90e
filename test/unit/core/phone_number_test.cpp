#include "support.hpp"
#include <twilio_sms/phone_number.hpp>

using namespace twilio_sms;
using namespace std::literals;

BOOST_AUTO_TEST_SUITE(phone_numbers)

BOOST_AUTO_TEST_CASE(e164)
{
    for (auto const good : {"+12", "+15558675310", "+442079460958", "+919876543210", "+123456789012345"})
        BOOST_TEST(is_e164(good), good);
    for (auto const bad :
         {""sv, "+"sv, "+1"sv, "+1234567890123456"sv, "+0123456"sv, "15558675310"sv, "++1555867"sv, "+1555867531x"sv,
          "+1 5558675310"sv, "+1-555-867"sv, " +15558675310"sv, "+15558675310 "sv, "+15558675310\n"sv,
          "+15558675310\0"sv, "+\0001555867"sv, "whatsapp:+15558675310"sv, "+\xd9\xa1\xd9\xa5\xd9\xa5\xd9\xa5"sv,
          "\xef\xbc\x8b"
          "15558675310"sv})
        BOOST_TEST(!is_e164(bad), bad);
}

BOOST_AUTO_TEST_CASE(channel_addresses)
{
    for (auto const good : {"whatsapp:+15558675310", "messenger:1234567", "rcs:agent_1", "a:b", "sip:x:y"})
        BOOST_TEST(is_channel_address(good), good);
    for (auto const bad : {""sv, ":"sv, "whatsapp:"sv, ":+1555"sv, "WhatsApp:+1555"sv, "what app:+1555"sv, "w4:+1555"sv,
                           "whatsapp:+1 555"sv, "whatsapp:+1555\r\n"sv, "whatsapp:+1555\0"sv, "whatsapp:\x7f"sv,
                           "whatsapp"sv, "+15558675310"sv})
        BOOST_TEST(!is_channel_address(bad), bad);
}

BOOST_AUTO_TEST_CASE(masking_a_number)
{
    struct row {
        std::string_view number, masked;
    };
    row const rows[] = {
        {"+15558675310", "+15*******10"},
        {"+1 (555) 867-5310", "+1 (5**) ***-**10"},
        {"whatsapp:+15558675310", "whatsapp:+15*******10"},
        {"1234567", "12***67"},
        {"123456", "******"},
        {"12345", "*****"},
        {"", ""},
        {"ACME", "ACME"},
        {"+1555867531x", "+15******31x"},
        {"+123456789012345", "+12***********45"},
    };
    for (auto const& row : rows)
        BOOST_TEST(mask_phone_number(row.number) == row.masked);
}

BOOST_AUTO_TEST_CASE(masking_numbers_in_a_text)
{
    struct row {
        std::string_view text, masked;
    };
    row const rows[] = {
        {"The 'To' number +15558675310 is not a valid phone number.",
         "The 'To' number +15*******10 is not a valid phone number."},
        {"To number: +15005550009, is not a mobile number", "To number: +15*******09, is not a mobile number"},
        {"+15558675310 and +442079460958", "+15*******10 and +44********58"},
        {"+15558675310", "+15*******10"},
        {"1234567", "12***67"},
        {"123456", "123456"},
        {"error 21211, HTTP 400, 30 s", "error 21211, HTTP 400, 30 s"},
        {"call 555-867-5310 now", "call 55*-***-**10 now"},
        {"call 555.867.5310 now", "call 55*.***.**10 now"},
        {"call +1 (555) 867-5310.", "call +1 (5**) ***-**10."},
        {"call +1-(555)-867-5310", "call +1-(5**)-***-**10"},
        {"123 456 7", "12* **6 7"},
        {"123  4567", "123  4567"}, // two spaces: two numbers
        {"123--4567", "123--4567"},
        {"123, 4567", "123, 4567"},
        {"12345. 67", "12345. 67"},   // the end of a sentence
        {"555 - 8675", "555 - 8675"}, // three dividers
        {"tel15558675310end", "tel15*******10end"},
        {"%2B15558675310", "%2B15*******10"},
        {"message SM12345678901234567890123456789012 sent", "message SM12345678901234567890123456789012 sent"},
        {"/Accounts/AC00000000000000000000000000000000/Messages.json",
         "/Accounts/AC00000000000000000000000000000000/Messages.json"},
        {"RQ8af02b4fd2811b2cf63689cd751d42c7", "RQ8af02b4fd2811b2cf63689cd751d42c7"},
        {"SM123456789012345678901234567890123", "SM12*****************************23"}, // one digit too many
        {"SM1234567890", "SM12******90"},                                               // too short
        {"sm12345678901234567890123456789012", "sm12****************************12"},
        {"XSM12345678901234567890123456789012", "XSM12****************************12"}, // begins inside a word
        {"9SM12345678901234567890123456789012", "9SM12****************************12"},
        {"SM1234567890123456789012345678901g", "SM12***************************01g"},
        {"", ""},
    };
    for (auto const& row : rows)
        BOOST_TEST(mask_phone_numbers_in(row.text) == row.masked);
}

BOOST_AUTO_TEST_CASE(masking_twice_changes_nothing_more)
{
    auto const once = mask_phone_numbers_in("to +15558675310 or (555) 867-5310");
    BOOST_TEST(mask_phone_numbers_in(once) == once);
}

BOOST_AUTO_TEST_SUITE_END()
