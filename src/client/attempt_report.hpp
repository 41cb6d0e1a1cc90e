// How an attempt ended, for the dispatcher to judge.
#pragma once
#include "client/operation.hpp"
#include "client/settings.hpp"
#include "core/fate.hpp"
#include "net/reply_parser.hpp"
#include <memory>
#include <string>
#include <twilio_sms/receipt.hpp>

namespace twilio_sms::detail {

struct attempt_report {
    attempt_end end;
    bool reused_connection = false;
    receipt accepted;   ///< with `end.has_sid`
    std::string detail; ///< Twilio's error text, or what went wrong below HTTP
    std::string request_id;
    std::string retry_after;  ///< the header's value
    time_point begun{};       ///< when the request was begun; not set when there was no connection for it
    time_point handed_over{}; ///< when the last of its bytes were, about
    time_point ended{};       ///< when it was known how it went
};

/// Fills in what the complete reply to a create request says. False when it is the answer to another message: then
/// nothing of it counts, and the connection must not be used again.
bool read_create_reply(attempt_report& report, reply_parser const& reply, operation const& op);

/// An attempt that ended for this reason, before anything of it was handed over.
attempt_report ended_by(breakdown why);

/// What the send's caller is told when this attempt was the last one.
failure make_failure(operation const& op, attempt_report const& report, dispatcher_settings const& settings);

/// What is needed to ask Twilio about the message after this attempt. A new one each time: failures keep theirs.
/// `window`: when Twilio may have created it, as far as is known now.
std::shared_ptr<unresolved_send> make_doubt(operation const& op, attempt_report const& report,
                                            std::optional<creation_window> window);

/// What the caller is told when Twilio's list has the message. `attempt` is the failure that left it in doubt.
receipt make_receipt(operation const& op, failure const& attempt, listed_message const& listed);

} // namespace twilio_sms::detail
