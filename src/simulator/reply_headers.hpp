// The headers of Twilio's answers.
#pragma once
#include "simulator/api.hpp"
#include <chrono>
#include <string>
#include <string_view>

namespace twilio_sms::detail::sim {

/// As Twilio writes it, e.g. "CREATED" for 201.
std::string_view reason_phrase(unsigned status) noexcept;

/// Appends whole header lines. `request_number` makes the request id.
void append_reply_headers(std::string& out, answer const& a, sid_sequence const& request_ids,
                          std::uint64_t request_number, std::chrono::milliseconds duration);

} // namespace twilio_sms::detail::sim
