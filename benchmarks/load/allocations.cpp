#include "allocations.hpp"
#include <cstdlib>
#include <openssl/crypto.h>
#include <stdexcept>

namespace {

constinit thread_local twilio_sms::load::allocation_counts counts;

void* openssl_malloc(std::size_t size, char const*, int)
{
    ++counts.openssl_calls;
    return std::malloc(size);
}
void* openssl_realloc(void* p, std::size_t size, char const*, int)
{
    ++counts.openssl_calls;
    return std::realloc(p, size);
}
void openssl_free(void* p, char const*, int)
{
    std::free(p);
}

} // namespace

namespace twilio_sms::load {

void count_openssl_apart()
{
    if (CRYPTO_set_mem_functions(openssl_malloc, openssl_realloc, openssl_free) != 1)
        throw std::logic_error("OpenSSL allocated before its allocations could be counted");
}

allocation_counts allocations_so_far() noexcept
{
    return counts;
}

} // namespace twilio_sms::load

// Not operator new: coroutines and handlers of Asio use aligned_alloc.
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

bool twilio_sms::load::allocations_are_counted() noexcept
{
    return true;
}

namespace {
void count(std::size_t size) noexcept
{
    ++counts.calls;
    counts.bytes += size;
}
} // namespace

extern "C" {
void* __libc_malloc(std::size_t size) noexcept;
void* __libc_calloc(std::size_t count, std::size_t size) noexcept;
void* __libc_realloc(void* p, std::size_t size) noexcept;
void* __libc_memalign(std::size_t alignment, std::size_t size) noexcept;

void* malloc(std::size_t size) noexcept
{
    count(size);
    return __libc_malloc(size);
}
void* calloc(std::size_t number, std::size_t size) noexcept
{
    count(number * size);
    return __libc_calloc(number, size);
}
void* realloc(void* p, std::size_t size) noexcept
{
    count(size);
    return __libc_realloc(p, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept
{
    count(size);
    return __libc_memalign(alignment, size);
}
}

#else

bool twilio_sms::load::allocations_are_counted() noexcept
{
    return false;
}

#endif
