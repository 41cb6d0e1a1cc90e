// What a failure says must agree with its fate: of the last attempt, or of an earlier one that is in doubt.
#include "client/failure_text.hpp"
#include "support.hpp"

using namespace twilio_sms;
using namespace twilio_sms::detail;
using namespace std::chrono_literals;

namespace {

std::string described(attempt_end const& end, request_effect effect, bool earlier_in_doubt)
{
    failure_context c{"api.test:443", {}, 5s, 31s, 120s, 10s};
    c.effect = effect;
    c.earlier_in_doubt = earlier_in_doubt;
    return describe_failure(end, judge_request(end, effect), c);
}

attempt_end broken(breakdown why, handover request = handover::nothing)
{
    attempt_end end;
    end.why = why;
    end.request = request;
    return end;
}

attempt_end answered(int status)
{
    attempt_end end;
    end.request = handover::whole;
    end.http_status = status;
    return end;
}

} // namespace

BOOST_AUTO_TEST_SUITE(failure_texts)

BOOST_AUTO_TEST_CASE(of_one_attempt_and_of_several)
{
    using enum request_effect;
    struct {
        attempt_end end;
        request_effect effect;
        std::string alone, after_doubt;
    } const rows[] = {
        {broken(breakdown::cancelled), sends, "cancelled; nothing was sent",
         "cancelled; an earlier attempt may have been sent"},
        {broken(breakdown::closed), changes, "the provider was closed; nothing was sent",
         "the provider was closed; an earlier attempt may have made the change"},
        {broken(breakdown::connection_lost, handover::incomplete_record), sends,
         "the connection to api.test:443 was lost; the request was not handed over whole, so nothing was sent",
         "the connection to api.test:443 was lost; an earlier attempt may have been sent"},
        {broken(breakdown::queue_timeout), sends,
         "no connection came free within queue_timeout (10 s); nothing was sent; raise max_connections or send slower",
         "no connection came free within queue_timeout (10 s); an earlier attempt may have been sent; raise "
         "max_connections or send slower"},
        {answered(429), sends, "HTTP 429 from api.test:443",
         "HTTP 429 from api.test:443; an earlier attempt may have been sent"},
        {answered(302), changes, "HTTP 302 from api.test:443; redirects are not followed: check base_url",
         "HTTP 302 from api.test:443; an earlier attempt may have made the change; redirects are not followed: check "
         "base_url"},
    };
    for (auto const& row : rows) {
        BOOST_TEST(described(row.end, row.effect, false) == row.alone);
        BOOST_TEST(described(row.end, row.effect, true) == row.after_doubt);
    }
}

// Whatever happened: with an earlier attempt in doubt nothing says that nothing was sent.
BOOST_AUTO_TEST_CASE(none_denies_an_earlier_attempt)
{
    for (int why = 0; why <= static_cast<int>(breakdown::closed); ++why)
        for (auto const request : {handover::nothing, handover::incomplete_record, handover::some, handover::whole})
            for (int const status : {0, 200, 302, 400, 401, 404, 429, 503})
                for (auto const effect : {request_effect::sends, request_effect::changes}) {
                    auto end = answered(status);
                    end.request = request;
                    end.why = static_cast<breakdown>(why);
                    if (judge_request(end, effect).fate == fate::unknown)
                        continue; // for this attempt's sake
                    auto const text = described(end, effect, true);
                    BOOST_TEST(text.find("nothing was") == std::string::npos, text);
                    BOOST_TEST(text.find("; an earlier attempt may have ") != std::string::npos, text);
                }
}

BOOST_AUTO_TEST_SUITE_END()
