// What is decided without any I/O.
#include "cases.hpp"
#include "core/fate.hpp"
#include "samples.hpp"
#include <memory>
#include <twilio_sms/phone_number.hpp>
#include <twilio_sms/rate_limit.hpp>
#include <twilio_sms/segments.hpp>

namespace twilio_sms::benchmarks {
namespace {

micro_case judging(std::string name, detail::attempt_end end)
{
    return repeating(std::move(name), [end] {
        keep(end);
        keep(detail::judge(end));
    });
}

micro_case checking(std::string name, notification const& n)
{
    return repeating(std::move(name), [&n] { keep(detail::check_notification(n, sender, media_policy::reject)); });
}

micro_case counting(std::string name, notification const& n)
{
    return repeating(std::move(name), [&n] { keep(count_segments(n.text)); });
}

micro_case limiting()
{
    return repeating("rate_limit", [limit = std::make_shared<rate_limit>(100.0)]() mutable {
        bool taken = limit->take(limit->next());
        keep(taken);
    });
}

} // namespace

std::vector<micro_case> decision_cases()
{
    using detail::breakdown;
    using detail::handover;
    return {checking("check_notification", code_message),
            checking("check_notification_ucs2", long_message),
            repeating("is_e164", [] { keep(is_e164(code_message.to)); }),
            repeating("mask_number", [] { keep(mask_phone_number(code_message.to)); }),
            counting("segments_gsm7", code_message),
            counting("segments_ucs2", long_message),
            judging("judge_accepted", {handover::whole, breakdown::none, 201, 0, true}),
            judging("judge_rejected", {handover::whole, breakdown::none, 400, 21211, false}),
            judging("judge_silence", {handover::whole, breakdown::response_timeout, 0, 0, false}),
            limiting()};
}

} // namespace twilio_sms::benchmarks
