#include "cases.hpp"
#include <iterator>

namespace twilio_sms::benchmarks {

std::vector<micro_case> all_micro_cases()
{
    std::vector<micro_case> all;
    for (auto const cases_of : {request_cases, reply_cases, decision_cases, event_cases, tls_cases}) {
        auto some = cases_of();
        all.insert(all.end(), std::move_iterator(some.begin()), std::move_iterator(some.end()));
    }
    return all;
}

} // namespace twilio_sms::benchmarks
