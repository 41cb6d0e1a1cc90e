#include "cli/campaign_report.hpp"
#include "results_check.hpp"
#include "support.hpp"

namespace twilio_sms::test {

using campaign::campaign_counts;
using campaign::campaign_summary;
using campaign::stop_reason;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(reports)

BOOST_AUTO_TEST_CASE(progress)
{
    campaign_counts c;
    c.rows = 10000;
    BOOST_TEST(cli::progress_line(c, 0s) == "0 of 10000 rows (0%), 0.0/s");
    c.accepted = 118;
    c.rejected = 2;
    BOOST_TEST(cli::progress_line(c, 2s) == "120 of 10000 rows (1%), 60/s, ETA 2:45, accepted 118, rejected 2");
    c.skipped_invalid = c.skipped_duplicate = 1;
    c.unknown = c.not_sent = 1;
    BOOST_TEST(cli::progress_line(c, 100s) == "124 of 10000 rows (1%), 1.2/s, ETA 2:12:45, accepted 118, rejected 2, "
                                              "not sent 1, unknown 1, skipped 2");
    c.accepted = 9994;
    BOOST_TEST(cli::progress_line(c, 100s) == "10000 of 10000 rows (100%), 100/s, accepted 9994, rejected 2, "
                                              "not sent 1, unknown 1, skipped 2");
    BOOST_TEST(cli::progress_line({}, 1s) == "0 of 0 rows (100%), 0.0/s");
}

BOOST_AUTO_TEST_CASE(summary)
{
    campaign_summary s;
    s.counts.rows = 4;
    s.counts.accepted = 3;
    s.elapsed = 1500ms;
    BOOST_TEST(cli::summary_table(s) == "  rows                           4\n"
                                        "  accepted                       3\n"
                                        "  rejected                       0\n"
                                        "  not sent                       0\n"
                                        "  unknown                        0\n"
                                        "  skipped: invalid               0\n"
                                        "  skipped: duplicate             0\n"
                                        "  elapsed                    1.5 s\n"
                                        "  rate                       2.0/s\n");
    auto const json = cli::summary_json(s);
    BOOST_TEST(json.ends_with("}\n"));
    BOOST_TEST(json_member(json, "accepted") == "3");
    BOOST_TEST(json_member(json, "stopped") == "null");
    s.stopped = stop_reason::account;
    s.why = "no";
    BOOST_TEST(json_member(cli::summary_json(s), "stopped") == "\"account\"");
    BOOST_TEST(json_member(cli::summary_json(s), "not_attempted") == "1");
    BOOST_TEST(cli::summary_table(s).find("not attempted                  1\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(exit_codes)
{
    struct {
        std::uint64_t accepted, rejected, not_sent, unknown, skipped, left;
        stop_reason stopped;
        int expected;
    } const table[] = {
        {9, 0, 0, 0, 0, 0, stop_reason::none, 0},          {0, 0, 0, 0, 0, 0, stop_reason::none, 0},
        {9, 0, 0, 0, 5, 0, stop_reason::none, 0},          {9, 1, 0, 0, 0, 0, stop_reason::none, 1},
        {9, 0, 1, 0, 0, 0, stop_reason::none, 1},          {9, 1, 1, 1, 0, 0, stop_reason::none, 4},
        {9, 0, 1, 0, 0, 5, stop_reason::account, 1},       {9, 0, 1, 1, 0, 5, stop_reason::account, 4},
        {9, 0, 0, 0, 0, 5, stop_reason::interrupted, 130}, {9, 1, 1, 1, 0, 5, stop_reason::interrupted, 130},
        {9, 0, 0, 0, 0, 0, stop_reason::local_failure, 3}, {9, 0, 0, 1, 0, 5, stop_reason::local_failure, 3},
    };
    for (auto const& t : table) {
        campaign_summary s;
        s.counts = {t.accepted + t.rejected + t.not_sent + t.unknown + t.skipped + t.left,
                    t.accepted,
                    t.rejected,
                    t.not_sent,
                    t.unknown,
                    t.skipped,
                    0};
        s.stopped = t.stopped;
        BOOST_TEST(cli::exit_code_of(s) == t.expected);
    }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
