// What a failure says to people: one line, what happened and what to do about it.
#pragma once
#include "core/fate.hpp"
#include "core/request_verdict.hpp"
#include <chrono>
#include <string>
#include <string_view>

namespace twilio_sms::detail {

/// The time limits and the place that texts name.
struct failure_context {
    std::string_view server; ///< "api.twilio.com:443"
    std::string_view detail; ///< Twilio's error text, or the system's reason
    std::chrono::milliseconds connect_timeout{}, response_timeout{}, total_timeout{}, queue_timeout{};
    std::string_view proxy = {}; ///< "proxy.example:3128"; empty: none
    request_effect effect = request_effect::sends;
    bool earlier_in_doubt = false; ///< the fate is unknown for an earlier attempt's sake, not for this one's
};

/// Holds no text of a message and no credentials, and no phone number unless `detail` does.
std::string describe_failure(attempt_end const& end, verdict const& what, failure_context const& context);

} // namespace twilio_sms::detail
