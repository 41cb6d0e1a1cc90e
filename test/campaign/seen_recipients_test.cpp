#include "campaign/seen_recipients.hpp"
#include "support.hpp"

namespace twilio_sms::test {

BOOST_AUTO_TEST_SUITE(seen)

BOOST_AUTO_TEST_CASE(first_and_later_ones)
{
    campaign::seen_recipients seen;
    struct {
        std::string recipient;
        bool is_new;
    } const table[] = {
        {"+15558675310", true},
        {"+15558675310", false},
        {"+1555867531", true},
        {"whatsapp:+15558675310", true},
        {"whatsapp:+15558675310", false},
        {"+999999999999999", true},
        {"+999999999999999", false},
        {"rcs:brand", true},
        {"+15558675310", false},
    };
    for (auto const& t : table)
        BOOST_TEST(seen.insert(t.recipient) == t.is_new, t.recipient);
}

BOOST_AUTO_TEST_CASE(sets_are_apart)
{
    campaign::seen_recipients a, b;
    BOOST_TEST(a.insert("+15558675310"));
    BOOST_TEST(b.insert("+15558675310"));
    a = std::move(b);
    BOOST_TEST(!a.insert("+15558675310"));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
