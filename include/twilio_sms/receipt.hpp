// What Twilio said when it accepted a message.
#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace twilio_sms {

/// How we know that Twilio accepted a message.
enum class evidence : std::uint8_t {
    reply, ///< the answer to our request says so
    list, ///< no answer came; Twilio's list of messages has it. Of equal messages to one number the SIDs may be swapped
};

/// "reply" or "list".
constexpr std::string_view to_string(evidence e) noexcept
{
    return e == evidence::reply ? "reply" : "list";
}

/// Proof that Twilio accepted a message. Acceptance is not delivery: that is told later by status callbacks.
struct receipt {
    receipt() = default;

    std::string sid;                   ///< the message's SID, `SM...` or `MM...`
    std::string status;                ///< as Twilio names it: "queued", "accepted", "scheduled", ...
    std::string request_id;            ///< Twilio-Request-Id, for a support ticket
    std::string messaging_service_sid; ///< empty unless sent through a service
    std::string from;                  ///< empty while a messaging service has not chosen the sender
    int segments = 0;                  ///< 0 while Twilio does not know (messaging services)
    int attempts = 1;                  ///< requests begun, this one included
    twilio_sms::evidence evidence = twilio_sms::evidence::reply;
    std::chrono::sys_seconds date_created{}; ///< Twilio's clock; the epoch when the reply named no date
};

} // namespace twilio_sms
