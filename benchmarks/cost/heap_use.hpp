// What this thread takes from the heap, whoever asks: C++, Asio, OpenSSL.
#pragma once
#include <cstddef>

namespace twilio_sms::benchmarks {

struct heap_use {
    std::size_t allocations = 0;
    std::size_t bytes = 0; ///< asked for; what was given back is not taken off
};

/// So far.
heap_use heap_used() noexcept;

} // namespace twilio_sms::benchmarks
