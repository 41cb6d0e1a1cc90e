#include "simulator/fault_plan.hpp"
#include "simulator/random_bits.hpp"

namespace twilio_sms::detail::sim {

fault_decision decide_fault(std::uint64_t seed, std::uint64_t n, fault_probabilities const& probabilities) noexcept
{
    fault_decision decision;
    decision.html_page = (random_bits(seed, n, 1) & 1) != 0;
    double left = unit_interval(random_bits(seed, n, 0));
    for (auto const& [fault, probability] : probabilities) {
        if (left < probability) {
            decision.fault = fault;
            break;
        }
        left -= probability;
    }
    return decision;
}

fault_plan::fault_plan(simulator_options const& options) : seed_(options.seed), probabilities_(options.faults)
{
    for (auto const& [to, steps] : options.script)
        scripts_[to].steps = steps;
}

fault_decision fault_plan::next(std::string_view to)
{
    auto decision = decide_fault(seed_, count_++, probabilities_);
    if (auto const s = scripts_.find(to); s != scripts_.end() && s->second.taken < s->second.steps.size())
        decision.fault = s->second.steps[s->second.taken++];
    return decision;
}

void fault_plan::restart() noexcept
{
    count_ = 0;
    for (auto& [to, s] : scripts_)
        s.taken = 0;
}

} // namespace twilio_sms::detail::sim
