// The parts of a send, each alone: measured in time by `micro`, in instructions and allocations by `cost`.
#pragma once
#include <cstddef>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace twilio_sms::benchmarks {

struct micro_case {
    std::string name;
    std::function<void(std::size_t)> prepare; ///< what so many operations need; not measured
    std::function<void(std::size_t)> repeat;  ///< does so many operations
};

/// `once` is one operation.
template <class Once>
micro_case repeating(std::string name, Once once)
{
    return {std::move(name), [](std::size_t) {},
            [once = std::move(once)](std::size_t times) mutable {
                for (; times != 0; --times)
                    once();
            }};
}

/// Has the compiler think that the value is needed.
template <class T>
void keep(T const& value)
{
    asm volatile("" : : "r"(&value) : "memory");
}

std::vector<micro_case> request_cases();
std::vector<micro_case> reply_cases();
std::vector<micro_case> decision_cases();
std::vector<micro_case> event_cases();
std::vector<micro_case> tls_cases();

std::vector<micro_case> all_micro_cases();

} // namespace twilio_sms::benchmarks
