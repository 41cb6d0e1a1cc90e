// The message resource.
#pragma once
#include "simulator/life_cycle.hpp"
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace twilio_sms::detail::sim {

/// A message as Twilio shows it at some time.
struct message_resource {
    std::string_view account_sid;
    std::string_view to;
    std::string_view from;                  ///< empty: null
    std::string_view messaging_service_sid; ///< empty: null
    std::string_view body;
    std::uint16_t media_count = 0;
    std::uint16_t segments = 0;
    message_status status = message_status::queued;
    int error_code = 0; ///< 0: null
    std::string_view error_message;
    std::chrono::sys_seconds created{};
    std::chrono::sys_seconds updated{};
    std::optional<std::chrono::sys_seconds> sent;
};

/// What `m` looks like at `now`. `account` is whose it is; `storage` may hold the text from then on.
message_resource present(message_view const& m, simulator_account const& account, simulator_options const& options,
                         time_point now, std::string& storage);

/// All fields of Twilio's representation, as in an answer to create or fetch.
void append_message_json(std::string& out, std::string_view sid, message_resource const& m);

} // namespace twilio_sms::detail::sim
