// What a number of equal operations took. Instructions are counted by callgrind, when this runs in it.
#pragma once
#include "heap_use.hpp"
#include <cstddef>
#include <cstdio>
#include <string>
#include <utility>
#include <valgrind/callgrind.h>

namespace twilio_sms::benchmarks {

/// Prints `SUBJECT OPERATIONS ALLOCATIONS BYTES`; callgrind's count is in its dump that SUBJECT triggered.
class measurement {
public:
    explicit measurement(std::string subject) : subject_(std::move(subject)) {}

    void begin() noexcept
    {
        before_ = heap_used();
        CALLGRIND_START_INSTRUMENTATION;
        CALLGRIND_ZERO_STATS;
    }

    void end(std::size_t operations) const
    {
        CALLGRIND_STOP_INSTRUMENTATION;
        auto const after = heap_used();
        CALLGRIND_DUMP_STATS_AT(subject_.c_str());
        std::printf("%s %zu %zu %zu\n", subject_.c_str(), operations, after.allocations - before_.allocations,
                    after.bytes - before_.bytes);
    }

private:
    std::string subject_;
    heap_use before_;
};

} // namespace twilio_sms::benchmarks
