// Counts allocations of this thread, to hold hot paths to their promise.
#pragma once
#include <cstddef>

namespace twilio_sms::test {

/// Calls of `operator new` on this thread so far.
std::size_t allocation_count() noexcept;

} // namespace twilio_sms::test
