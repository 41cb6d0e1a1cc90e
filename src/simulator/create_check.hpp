// Twilio's checks of a create request, in Twilio's words.
#pragma once
#include "simulator/api_error.hpp"
#include "simulator/form.hpp"
#include <chrono>
#include <optional>
#include <string_view>
#include <twilio_sms/simulator.hpp>

namespace twilio_sms::detail::sim {

/// An MG SID given as `From` is the messaging service.
void settle_sender(create_parameters& p) noexcept;

/// The first thing that is wrong, or nothing. Order: recipient, sender, content, the other parameters.
/// Precondition: `settle_sender` was called.
std::optional<api_error> check_create(create_parameters const& p, simulator_account const& account,
                                      std::chrono::sys_seconds now);

} // namespace twilio_sms::detail::sim
