#include "core/request_verdict.hpp"
#include "core/twilio_codes.hpp"

namespace twilio_sms::detail {
namespace {

bool is_refusal(attempt_end const& end) noexcept
{
    return end.why == breakdown::none && end.request == handover::whole && end.http_status >= 400 &&
           end.http_status < 500;
}

} // namespace

bool says_absent(attempt_end const& end) noexcept
{
    return is_refusal(end) &&
           ((end.http_status == 404 && end.twilio_code == code_not_found) || end.twilio_code == code_update_not_found);
}

verdict judge_request(attempt_end const& end, request_effect effect) noexcept
{
    auto what = judge(end);
    if (effect == request_effect::sends)
        return what;
    if (says_absent(end))
        return {fate::rejected, {}, what.code};
    // Their HTTP status is not documented, and 409 alone would mean to try again.
    if (is_refusal(end) && (end.twilio_code == code_not_final || end.twilio_code == code_not_scheduled))
        return {fate::rejected, conditions_of_twilio_code(end.twilio_code), what.code};
    if (effect == request_effect::asks && what.fate == fate::unknown)
        what.fate = fate::not_sent;
    return what;
}

} // namespace twilio_sms::detail
