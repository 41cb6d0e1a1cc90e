// Counts at malloc itself: Asio takes its memory by std::aligned_alloc, which a replaced `operator new` does not see.
#include "heap_use.hpp"
#include <cerrno>

extern "C" {
// glibc's own, for programs that replace malloc.
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* p, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
}

namespace {

thread_local twilio_sms::benchmarks::heap_use used;

void count(std::size_t size) noexcept
{
    ++used.allocations;
    used.bytes += size;
}

} // namespace

extern "C" {

void* malloc(std::size_t size) noexcept
{
    count(size);
    return __libc_malloc(size);
}

void* calloc(std::size_t n, std::size_t size) noexcept
{
    count(n * size);
    return __libc_calloc(n, size);
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

void* memalign(std::size_t alignment, std::size_t size) noexcept
{
    count(size);
    return __libc_memalign(alignment, size);
}

int posix_memalign(void** p, std::size_t alignment, std::size_t size) noexcept
{
    count(size);
    *p = __libc_memalign(alignment, size);
    return *p ? 0 : ENOMEM;
}
}

twilio_sms::benchmarks::heap_use twilio_sms::benchmarks::heap_used() noexcept
{
    return used;
}
