// How an attempt ended, for the dispatcher to judge.
#pragma once
#include "client/operation.hpp"
#include "client/settings.hpp"
#include "core/fate.hpp"
#include <string>
#include <twilio_sms/receipt.hpp>

namespace twilio_sms::detail {

struct attempt_report {
    attempt_end end;
    bool reused_connection = false;
    receipt accepted;   ///< with `end.has_sid`
    std::string detail; ///< Twilio's error text, or what went wrong below HTTP
    std::string request_id;
    std::string retry_after; ///< the header's value
};

/// An attempt that ended for this reason, before anything of it was handed over.
attempt_report ended_by(breakdown why);

/// What the send's caller is told when this attempt was the last one.
failure make_failure(operation const& op, attempt_report const& report, dispatcher_settings const& settings);

} // namespace twilio_sms::detail
