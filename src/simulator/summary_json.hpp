// The counts as JSON, for /__truth and the tool.
#pragma once
#include <string>
#include <twilio_sms/simulator.hpp>

namespace twilio_sms::detail::sim {

/// {"requests":..,"accepted":..,"rejected":..,"throttled":..,"duplicates":..,"late":..,"pending":..,"deleted":..,
/// "foreign":..,"faults":{..}}
void append_summary_json(std::string& out, simulator_summary const& s);

} // namespace twilio_sms::detail::sim
