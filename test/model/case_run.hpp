// One case of the model, carried out and compared with what must come of it.
#pragma once
#include "prediction.hpp"
#include <array>

namespace twilio_sms::test {

/// The case's own send, to its end.
audit run_case(model_case const& c);

enum class interruption { cancel, deadline, shut_down };

/// The same, once for each moment at which anything happens in it and once between each two: it is ended there.
/// Adds one audit for each.
void run_interrupted(model_case const& c, interruption how, std::vector<audit>& results);

/// Three equal messages to one number, each request with a fault of its own, `apart` from each other.
/// `same_form`: nothing at all tells them apart.
audit run_together(std::array<fault, 3> const& faults, milliseconds apart, bool same_form);

} // namespace twilio_sms::test
