#include "campaign/outcome_json.hpp"
#include "support.hpp"

namespace twilio_sms::test {
namespace {

result<receipt> accepted()
{
    receipt r;
    r.sid = "SM00000000000000000000000000000001";
    r.status = "queued";
    r.attempts = 2;
    return r;
}

result<receipt> rejected()
{
    failure f;
    f.fate = fate::rejected;
    f.conditions = condition::bad_recipient;
    f.twilio_code = 21211;
    f.http_status = 400;
    f.attempts = 1;
    f.message = "not a \"number\"";
    return f;
}

result<receipt> unknown()
{
    failure f;
    f.fate = fate::unknown;
    f.attempts = 1;
    return f;
}

} // namespace

BOOST_AUTO_TEST_SUITE(outcome_lines)

BOOST_AUTO_TEST_CASE(outcomes)
{
    BOOST_TEST(campaign::outcome_json(accepted()) ==
               R"({"fate":"accepted","condition":null,"sid":"SM00000000000000000000000000000001","status":"queued",)"
               R"("twilio_code":null,"http_status":null,"attempts":2,"message":null})");
    BOOST_TEST(campaign::outcome_json(rejected()) ==
               R"({"fate":"rejected","condition":"bad_recipient","sid":null,"status":null,"twilio_code":21211,)"
               R"("http_status":400,"attempts":1,"message":"not a \"number\""})");
    BOOST_TEST(campaign::outcome_json(unknown()) ==
               R"({"fate":"unknown","condition":null,"sid":null,"status":null,"twilio_code":null,)"
               R"("http_status":null,"attempts":1,"message":null})");
}

BOOST_AUTO_TEST_CASE(rows)
{
    BOOST_TEST(campaign::result_line(7, "+15558675310", rejected())
                   .starts_with(R"({"row":7,"to":"+15558675310","fate":"rejected","condition":"bad_recipient",)"));
    BOOST_TEST(campaign::skipped_line(8, "5\n", "invalid_number") ==
               R"({"row":8,"to":"5\n","fate":"skipped","reason":"invalid_number"})");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
