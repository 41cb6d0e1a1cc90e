#include "simulator/fault_plan.hpp"
#include "simulator/random_bits.hpp"

namespace twilio_sms::detail::sim {
namespace {

using std::chrono::milliseconds;

template <class Fault>
std::optional<Fault> pick(std::uint64_t bits, std::map<Fault, double> const& probabilities) noexcept
{
    double left = unit_interval(bits);
    for (auto const& [fault, probability] : probabilities) {
        if (left < probability)
            return fault;
        left -= probability;
    }
    return std::nullopt;
}

milliseconds share_of(milliseconds t, double share) noexcept
{
    return milliseconds(static_cast<milliseconds::rep>(static_cast<double>(t.count()) * share));
}

} // namespace

fault_decision decide_fault(std::uint64_t seed, std::uint64_t n, fault_probabilities const& probabilities) noexcept
{
    fault_decision decision;
    decision.fault = pick(random_bits(seed, n, 0), probabilities);
    decision.other_form = (random_bits(seed, n, 1) & 1) != 0;
    decision.cut = unit_interval(random_bits(seed, n, 3));
    return decision;
}

fault_plan::fault_plan(simulator_options const& options)
    : options_(options), scripts_(options.script), list_scripts_(options.list_script)
{}

milliseconds fault_plan::foreign_offset(std::uint64_t n, std::uint64_t draw) const noexcept
{
    return share_of(options_.foreign_offset, 2 * unit_interval(random_bits(options_.seed, n, draw)) - 1);
}

fault_decision fault_plan::next(std::string_view to)
{
    auto const n = count_++;
    auto const chance = [&](std::uint64_t draw) { return unit_interval(random_bits(options_.seed, n, draw)); };
    auto decision = decide_fault(options_.seed, n, options_.faults);
    if (auto const* const step = scripts_.next(to)) {
        decision.fault = step->fault;
        decision.late_by = step->late_by.value_or(share_of(options_.late_acceptance, chance(4)));
        decision.foreign_equal = step->foreign_equal;
        decision.foreign_other = step->foreign_other;
    } else {
        if (storm_left_ != 0)
            decision.fault = simulated_fault::throttle_storm;
        if (decision.fault == simulated_fault::late_acceptance)
            decision.late_by = share_of(options_.late_acceptance, chance(4));
        if (options_.foreign_equal > 0 && chance(5) < options_.foreign_equal)
            decision.foreign_equal = foreign_offset(n, 6);
        if (options_.foreign_other > 0 && chance(7) < options_.foreign_other)
            decision.foreign_other = foreign_offset(n, 8);
    }
    if (decision.fault == simulated_fault::throttle_storm)
        storm_left_ = (storm_left_ != 0 ? storm_left_ : options_.storm_length) - 1;
    return decision;
}

list_fault_decision fault_plan::next_list(std::string_view to)
{
    auto const n = list_count_++;
    auto const chance = [&](std::uint64_t draw) { return random_bits(options_.seed, n, draw); };
    list_fault_decision decision;
    if (auto const* const step = list_scripts_.next(to))
        decision.fault = *step;
    else
        decision.fault = pick(chance(30), options_.list_faults);
    decision.other_form = (chance(31) & 1) != 0;
    decision.cut = unit_interval(chance(32));
    return decision;
}

void fault_plan::restart() noexcept
{
    count_ = 0;
    list_count_ = 0;
    storm_left_ = 0;
    scripts_.restart();
    list_scripts_.restart();
}

} // namespace twilio_sms::detail::sim
