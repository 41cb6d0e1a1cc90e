// The names of the values of a simulator's options.
#include <algorithm>
#include <iterator>
#include <twilio_sms/simulator.hpp>

namespace twilio_sms {
namespace {

constexpr std::string_view fault_names[simulated_fault_count] = {
    "reply_lost", "reset_before", "reset_after",   "stall_before",    "stall_after", "error_before",   "error_after",
    "throttle",   "reply_cut",    "reply_garbled", "late_acceptance", "conflict",    "throttle_storm",
};
constexpr std::string_view list_fault_names[simulated_list_fault_count] = {
    "forbidden", "throttle", "error", "unavailable", "reply_lost", "reply_cut", "reply_garbled", "stall",
};
constexpr std::string_view certificate_names[] = {"good", "expired", "not_yet_valid", "self_signed", "wrong_host"};

template <class Value, std::size_t Count>
std::optional<Value> value_named(std::string_view name, std::string_view const (&names)[Count]) noexcept
{
    auto const found = std::ranges::find(names, name);
    if (found == std::end(names))
        return std::nullopt;
    return static_cast<Value>(found - std::begin(names));
}

} // namespace

std::string_view to_string(simulated_fault f) noexcept
{
    return fault_names[static_cast<std::size_t>(f)];
}

std::optional<simulated_fault> simulated_fault_from_string(std::string_view name) noexcept
{
    return value_named<simulated_fault>(name, fault_names);
}

std::string_view to_string(simulated_list_fault f) noexcept
{
    return list_fault_names[static_cast<std::size_t>(f)];
}

std::optional<simulated_list_fault> simulated_list_fault_from_string(std::string_view name) noexcept
{
    return value_named<simulated_list_fault>(name, list_fault_names);
}

std::string_view to_string(certificate_kind k) noexcept
{
    return certificate_names[static_cast<std::size_t>(k)];
}

std::optional<certificate_kind> certificate_kind_from_string(std::string_view name) noexcept
{
    return value_named<certificate_kind>(name, certificate_names);
}

} // namespace twilio_sms
