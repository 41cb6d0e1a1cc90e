// What has become of a message at some time: a pure function of the message, the seed and the time.
#pragma once
#include "simulator/truth.hpp"
#include <cstdint>
#include <optional>
#include <string_view>
#include <twilio_sms/simulator.hpp>

namespace twilio_sms::detail::sim {

enum class message_status : std::uint8_t {
    queued,
    accepted,
    scheduled,
    sending,
    sent,
    delivered,
    undelivered,
    failed,
    canceled,
};
std::string_view to_string(message_status s) noexcept;

/// True when nothing will change it any more.
bool is_final(message_status s) noexcept;

struct life {
    message_status status = message_status::queued;
    bool sender_chosen = true; ///< false: the messaging service has yet to choose
    int error_code = 0;
    std::string_view error_message;
    time_point updated_at{};
    std::optional<time_point> sent_at;
};

/// Each step takes at least a millisecond, so that a message is at its first one when it is accepted.
life life_at(message_view const& m, simulator_options const& options, time_point now) noexcept;

} // namespace twilio_sms::detail::sim
