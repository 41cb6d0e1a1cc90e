// What Twilio said when it accepted a message.
#pragma once
#include <chrono>
#include <string>

namespace twilio_sms {

/// Proof that Twilio accepted a message. Acceptance is not delivery: that is told later by status callbacks.
struct receipt {
    receipt() = default;

    std::string sid;                         ///< the message's SID, `SM...` or `MM...`
    std::string status;                      ///< as Twilio names it: "queued", "accepted", "scheduled", ...
    std::string request_id;                  ///< Twilio-Request-Id, for a support ticket
    std::string messaging_service_sid;       ///< empty unless sent through a service
    std::string from;                        ///< empty while a messaging service has not chosen the sender
    int segments = 0;                        ///< 0 while Twilio does not know (messaging services)
    int attempts = 1;                        ///< requests begun, this one included
    std::chrono::sys_seconds date_created{}; ///< Twilio's clock; the epoch when the reply named no date
};

} // namespace twilio_sms
