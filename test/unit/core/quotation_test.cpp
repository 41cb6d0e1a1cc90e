#include "core/quotation.hpp"
#include <boost/test/unit_test.hpp>

using twilio_sms::detail::quotes;

BOOST_AUTO_TEST_SUITE(quotation)

BOOST_AUTO_TEST_CASE(twelve_bytes_in_a_row)
{
    constexpr std::string_view ours = "Your code is 123456, do not tell it";
    BOOST_TEST(quotes(ours, ours));
    BOOST_TEST(quotes("you said 'Your code is 123456, do not tell it'", ours));
    BOOST_TEST(quotes("...is 123456, d...", ours)); // 12
    BOOST_TEST(!quotes("...is 123456, ...", ours)); // 11
    BOOST_TEST(quotes("not tell it", "not tell it"));
    BOOST_TEST(!quotes("not tell i", "not tell it"));
    BOOST_TEST(!quotes("the message was refused", ours));
    BOOST_TEST(!quotes("", ours));
}

BOOST_AUTO_TEST_CASE(short_words_are_in_every_sentence)
{
    BOOST_TEST(!quotes("this is a test", "test"));
    BOOST_TEST(!quotes("this is a test", "s a tes"));
    BOOST_TEST(quotes("this is a test", "s a test"));
    BOOST_TEST(!quotes("anything", ""));
}

BOOST_AUTO_TEST_SUITE_END()
