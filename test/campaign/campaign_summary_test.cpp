#include "campaign/campaign_summary.hpp"
#include "support.hpp"

namespace twilio_sms::test {

BOOST_AUTO_TEST_SUITE(summaries)

BOOST_AUTO_TEST_CASE(every_row_is_counted_once)
{
    campaign::campaign_counts c;
    c.rows = 10;
    for (auto const f : {fate::accepted, fate::accepted, fate::rejected, fate::not_sent, fate::unknown})
        c.add(f);
    c.skipped_invalid = 1;
    c.skipped_duplicate = 2;
    BOOST_TEST(c.accepted == 2u);
    BOOST_TEST(c.rejected == 1u);
    BOOST_TEST(c.not_sent == 1u);
    BOOST_TEST(c.unknown == 1u);
    BOOST_TEST(c.tried() == 5u);
    BOOST_TEST(c.finished() == 8u);
    BOOST_TEST(c.not_attempted() == 2u);
    c.rows = 3; // the file grew
    BOOST_TEST(c.not_attempted() == 0u);
}

BOOST_AUTO_TEST_CASE(rate)
{
    campaign::campaign_summary s;
    s.counts.accepted = 30;
    s.counts.skipped_invalid = 30;
    BOOST_TEST(s.per_second() == 0.0);
    s.elapsed = std::chrono::seconds(2);
    BOOST_TEST(s.per_second() == 15.0);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
