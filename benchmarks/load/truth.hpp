// The simulator's truth, over HTTP.
#pragma once
#include <cstdint>
#include <functional>
#include <string_view>
#include <twilio_sms/provider_options.hpp>

namespace twilio_sms::load {

/// Calls `line` for each line of GET /__truth/messages, in constant memory. Waits, for a minute at most, until the
/// simulator has taken what it takes late; returns how many messages are still missing after that.
/// Errors: throws `std::runtime_error`, in one line, when there is no such truth to be had.
std::uint64_t read_truth(provider_options const& server, std::function<void(std::string_view)> const& line);

} // namespace twilio_sms::load
