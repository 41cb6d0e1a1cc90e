// The truth about one attempt: how far the request got and what came back decide what happened to the message.
#pragma once
#include <cstdint>
#include <twilio_sms/error.hpp>

namespace twilio_sms::detail {

/// How far a request got. Counted at the socket: bytes it accepted may be read by the peer, others never.
enum class handover : std::uint8_t {
    nothing,           ///< not one byte of it
    incomplete_record, ///< part of its only TLS record, which the peer cannot authenticate and so cannot use
    some,              ///< part of several records, or part of it without TLS: the peer may have acted
    whole,
};

/// Why an attempt ended without a complete reply.
enum class breakdown : std::uint8_t {
    none, ///< there is a complete reply
    name_lookup,
    connect,
    connect_timeout,
    proxy_refused, ///< the proxy wants credentials, or does not let this through
    proxy_failed,  ///< the proxy gave another answer, or none
    tls,
    certificate,
    connection_lost,
    response_timeout,
    deadline,
    queue_timeout,
    malformed_reply,
    reply_too_large,
    early_reply,
    cancelled,
    closed,
};

/// What a proxy's answer to CONNECT means; `none` when the tunnel is there.
breakdown breakdown_of_proxy(int http_status) noexcept;

/// One attempt's end, as the network layer reports it.
struct attempt_end {
    handover request = handover::nothing;
    breakdown why = breakdown::none;
    int http_status = 0;  ///< of the complete reply; 0 when there is none
    int twilio_code = 0;  ///< of an error body; 0 when it names none
    bool has_sid = false; ///< a 2xx body held a message SID
};

/// What the attempt means for the message.
struct verdict {
    twilio_sms::fate fate = fate::unknown;
    twilio_sms::conditions conditions;
    error_code code; ///< empty when accepted
};

/// Total: every combination has an answer. An answer that came before the request was handed over whole
/// is not this message's answer, whatever it says.
verdict judge(attempt_end const& end) noexcept;

/// The fate of a send of several attempts: what the last one says, unless an earlier one may have been accepted.
constexpr fate fate_of_send(fate last_attempt, bool earlier_one_unknown) noexcept
{
    return earlier_one_unknown && last_attempt != fate::accepted ? fate::unknown : last_attempt;
}

} // namespace twilio_sms::detail
