// The cost of whole sends, through a provider and TLS to the server that the environment names.
#pragma once
#include "measurement.hpp"
#include <cstddef>

namespace twilio_sms::benchmarks {

/// `provider::try_send` in closed loops. What the caller needs for its message does not count.
void cost_of_send(measurement m, std::size_t in_flight);

/// `provider::bulk`. Its source copies one message each time.
void cost_of_bulk(measurement m, std::size_t in_flight);

} // namespace twilio_sms::benchmarks
