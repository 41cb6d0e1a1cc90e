// Which requests fare badly: decided by seed and number, or by a recipient's script.
#pragma once
#include <chrono>
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
    bool other_form = false; ///< of a fault that has two: the 503 page, the stall, the body without `sid`
    double cut = 0;          ///< with `reply_cut`: the share of the reply that arrives
    std::chrono::milliseconds late_by{0};
    std::optional<std::chrono::milliseconds> foreign_equal; ///< that much later, or earlier
    std::optional<std::chrono::milliseconds> foreign_other;
};

/// What happens to one list request.
struct list_fault_decision {
    std::optional<simulated_list_fault> fault;
    bool other_form = false;
    double cut = 0;
};

using fault_probabilities = std::map<simulated_fault, double>;

/// The decision for the n-th request, from 0, as far as it does not depend on other requests. Pure.
fault_decision decide_fault(std::uint64_t seed, std::uint64_t n, fault_probabilities const& probabilities) noexcept;

/// What happens to the first, second, ... request with some `To`.
template <class Step>
class scripts {
public:
    explicit scripts(std::map<std::string, std::vector<Step>> const& all)
    {
        for (auto const& [to, steps] : all)
            scripts_[to].steps = steps;
    }

    /// The next step; null when there is none.
    Step const* next(std::string_view to) noexcept
    {
        auto const s = scripts_.find(to);
        return s != scripts_.end() && s->second.taken < s->second.steps.size() ? &s->second.steps[s->second.taken++]
                                                                               : nullptr;
    }

    void restart() noexcept
    {
        for (auto& [to, s] : scripts_)
            s.taken = 0;
    }

private:
    struct script {
        std::vector<Step> steps;
        std::size_t taken = 0;
    };
    std::map<std::string, script, std::less<>> scripts_;
};

/// The decisions of one run, in order. Not thread-safe.
class fault_plan {
public:
    explicit fault_plan(simulator_options const& options);

    /// The decision for the next create request. A script for its recipient comes first.
    fault_decision next(std::string_view to);

    /// The decision for the next list request, likewise.
    list_fault_decision next_list(std::string_view to);

    /// Begins anew, scripts too.
    void restart() noexcept;

private:
    std::chrono::milliseconds foreign_offset(std::uint64_t n, std::uint64_t draw) const noexcept;

    simulator_options options_;
    scripts<simulated_step> scripts_;
    scripts<std::optional<simulated_list_fault>> list_scripts_;
    std::uint64_t count_ = 0;
    std::uint64_t list_count_ = 0;
    std::size_t storm_left_ = 0; // requests
};

} // namespace twilio_sms::detail::sim
