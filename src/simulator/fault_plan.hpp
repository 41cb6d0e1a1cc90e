// Which create requests fare badly: decided by seed and number, or by a recipient's script.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <twilio_sms/simulator.hpp>
#include <vector>

namespace twilio_sms::detail::sim {

/// What happens to one create request.
struct fault_decision {
    std::optional<simulated_fault> fault;
    bool html_page = false; ///< with the error faults: 503 with a page instead of 500 with Twilio's body
};

using fault_probabilities = std::map<simulated_fault, double>;

/// The decision for the n-th request, from 0. Pure.
fault_decision decide_fault(std::uint64_t seed, std::uint64_t n, fault_probabilities const& probabilities) noexcept;

/// The decisions of one run, in order. Not thread-safe.
class fault_plan {
public:
    explicit fault_plan(simulator_options const& options);

    /// The decision for the next create request. A script for its recipient comes first.
    fault_decision next(std::string_view to);

    /// Begins anew, scripts too.
    void restart() noexcept;

private:
    struct script {
        std::vector<std::optional<simulated_fault>> steps;
        std::size_t taken = 0;
    };
    std::uint64_t seed_;
    fault_probabilities probabilities_;
    std::map<std::string, script, std::less<>> scripts_;
    std::uint64_t count_ = 0;
};

} // namespace twilio_sms::detail::sim
