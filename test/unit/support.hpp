// What several unit tests share.
#pragma once
#include <boost/test/unit_test.hpp>
#include <string>
#include <twilio_sms/error.hpp>

namespace twilio_sms::test {

inline constexpr condition all_conditions[] = {
    condition::retryable, condition::throttled,     condition::queue_full,    condition::daily_limit,
    condition::account,   condition::configuration, condition::bad_recipient, condition::opted_out,
    condition::timeout,   condition::cancelled,
};

/// A set as text, for comparisons that print both sides: "throttled|retryable" in the order of the enumeration.
inline std::string names(conditions set)
{
    std::string text;
    for (auto const c : all_conditions)
        if (set.contains(c))
            text.append(text.empty() ? "" : "|").append(to_string(c));
    return text;
}

} // namespace twilio_sms::test
