// The values of a scenario file, each with its own complaint.
// Errors: all throw `std::invalid_argument` with one line.
#pragma once
#include <boost/json/value.hpp>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <twilio_sms/simulator.hpp>
#include <utility>
#include <vector>

namespace twilio_sms::detail::sim {

[[noreturn]] void reject_scenario(std::string const& what);

inline std::string text_of(boost::json::string_view s)
{
    return {s.data(), s.size()};
}

std::uint64_t whole_number(boost::json::value const& v, std::string_view name, std::uint64_t most);
std::int64_t signed_number(boost::json::value const& v, std::string_view name, std::int64_t least, std::int64_t most);
double number(boost::json::value const& v, std::string_view name);
double probability(boost::json::value const& v, std::string_view name);
bool yes_or_no(boost::json::value const& v, std::string_view name);
std::string text(boost::json::value const& v, std::string_view name);
std::vector<std::string> texts(boost::json::value const& v, std::string_view name);
std::vector<std::pair<std::string, std::string>> text_members(boost::json::value const& v, std::string_view name);

/// What follows the '@' in a step: milliseconds.
std::chrono::milliseconds offset_in_step(std::string_view text);

/// For `simulated_fault` and `simulated_list_fault`.
template <class Fault>
Fault fault_named(std::string_view name);
template <>
TWILIO_SMS_LOCAL simulated_fault fault_named(std::string_view name);
template <>
TWILIO_SMS_LOCAL simulated_list_fault fault_named(std::string_view name);

} // namespace twilio_sms::detail::sim
