// What a thread takes from the heap.
#pragma once
#include <cstdint>

namespace twilio_sms::load {

struct allocation_counts {
    std::uint64_t calls = 0;         ///< of malloc and its like, from C++, Asio, OpenSSL and the C library
    std::uint64_t bytes = 0;         ///< asked for by them
    std::uint64_t openssl_calls = 0; ///< of `calls`, those by OpenSSL
};

/// To be called before anything of OpenSSL, else its share is not told apart.
void count_openssl_apart();

/// Of the calling thread, since its beginning.
allocation_counts allocations_so_far() noexcept;

/// Whether they are counted: with glibc, and without a sanitizer, which has its own malloc.
bool allocations_are_counted() noexcept;

} // namespace twilio_sms::load
