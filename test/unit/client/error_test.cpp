#include "support.hpp"
#include <set>
#include <twilio_sms/receipt.hpp>

using namespace twilio_sms;
using enum condition;

BOOST_AUTO_TEST_SUITE(errors)

BOOST_AUTO_TEST_CASE(every_errc_has_a_text_of_its_own)
{
    std::set<std::string> texts;
    for (int i = 1; i <= static_cast<int>(errc::closed); ++i) {
        error_code const code = static_cast<errc>(i);
        BOOST_TEST(code.failed());
        BOOST_TEST(code.category().name() == "twilio_sms");
        BOOST_TEST(code.message() != "unknown error");
        BOOST_TEST(texts.insert(code.message()).second, code.message());
    }
    BOOST_TEST(error_code(static_cast<errc>(999)).message() == "unknown error");
}

BOOST_AUTO_TEST_CASE(codes_of_twilio_and_http)
{
    error_code const known(21610, twilio_category()), strange(12345, twilio_category()), http(503, http_category());
    BOOST_TEST(known.to_string() == "twilio:21610");
    BOOST_TEST(known.message() == "Twilio error 21610: the recipient sent STOP: do not send until they send START");
    BOOST_TEST(strange.message() == "Twilio error 12345");
    BOOST_TEST(http.to_string() == "http:503");
    BOOST_TEST(http.message() == "HTTP status 503");
    BOOST_TEST(error_code(503, twilio_category()) != http);
}

BOOST_AUTO_TEST_CASE(names_of_fates)
{
    BOOST_TEST(to_string(fate::accepted) == "accepted");
    BOOST_TEST(to_string(fate::rejected) == "rejected");
    BOOST_TEST(to_string(fate::not_sent) == "not_sent");
    BOOST_TEST(to_string(fate::unknown) == "unknown");
}

BOOST_AUTO_TEST_CASE(names_of_conditions)
{
    std::string_view const want[] = {"retryable",     "throttled",     "queue_full", "daily_limit", "account",
                                     "configuration", "bad_recipient", "opted_out",  "timeout",     "cancelled"};
    for (std::size_t i = 0; i != std::size(want); ++i)
        BOOST_TEST(to_string(test::all_conditions[i]) == want[i]);
    BOOST_TEST(to_string(static_cast<condition>(15)) == "");
}

BOOST_AUTO_TEST_CASE(a_set_of_conditions)
{
    conditions const none;
    BOOST_TEST(none.empty());
    for (auto const one : test::all_conditions) {
        conditions const set = one;
        BOOST_TEST(!set.empty());
        for (auto const other : test::all_conditions)
            BOOST_TEST(set.contains(other) == (one == other));
    }
    BOOST_TEST(((throttled | retryable) == (retryable | throttled)));
    BOOST_TEST((conditions(throttled) != (throttled | retryable)));
}

BOOST_AUTO_TEST_CASE(the_primary_condition)
{
    BOOST_TEST(conditions().primary() == "");
    for (auto const c : test::all_conditions) {
        BOOST_TEST(conditions(c).primary() == to_string(c));
        BOOST_TEST((c | retryable).primary() == to_string(c)); // `retryable` only when it stands alone
    }
    BOOST_TEST((account | bad_recipient).primary() == "bad_recipient");
    BOOST_TEST((timeout | cancelled).primary() == "cancelled");
}

BOOST_AUTO_TEST_CASE(send_error_carries_everything)
{
    failure f;
    f.code = error_code(21211, twilio_category());
    f.fate = fate::rejected;
    f.conditions = bad_recipient;
    f.twilio_code = 21211;
    f.http_status = 400;
    f.attempts = 1;
    f.message = "the message";
    f.request_id = "RQ1";
    result<receipt> const failed = f;
    try {
        failed.value();
        BOOST_ERROR("value() did not throw");
    } catch (send_error const& e) {
        BOOST_TEST(e.what() == "the message");
        BOOST_TEST(e.code() == f.code);
        BOOST_TEST(e.details().request_id == "RQ1");
        send_error const copy = e;
        BOOST_TEST(&copy.details() == &e.details()); // copies share, so copying cannot throw
    }
    result<receipt> const good = receipt();
    BOOST_TEST(good.value().attempts == 1);
}

BOOST_AUTO_TEST_SUITE_END()
