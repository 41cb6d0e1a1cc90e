// What a number of equal operations took. Instructions are counted by callgrind, when this runs in it.
#pragma once
#include "load/allocations.hpp"
#include <cstddef>
#include <cstdint>
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
        before_ = load::allocations_so_far();
        CALLGRIND_START_INSTRUMENTATION;
        CALLGRIND_ZERO_STATS;
    }

    void end(std::size_t operations) const
    {
        CALLGRIND_STOP_INSTRUMENTATION;
        auto const after = load::allocations_so_far();
        CALLGRIND_DUMP_STATS_AT(subject_.c_str());
        std::printf("%s %zu %ju %ju\n", subject_.c_str(), operations, std::uintmax_t(after.calls - before_.calls),
                    std::uintmax_t(after.bytes - before_.bytes));
    }

private:
    std::string subject_;
    load::allocation_counts before_;
};

} // namespace twilio_sms::benchmarks
