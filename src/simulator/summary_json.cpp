#include "simulator/summary_json.hpp"
#include <utility>

namespace twilio_sms::detail::sim {
namespace {

void append_count(std::string& out, std::string_view name, std::uint64_t count)
{
    out += '"';
    out += name;
    out += "\":";
    out += std::to_string(count);
}

} // namespace

void append_summary_json(std::string& out, simulator_summary const& s)
{
    std::pair<std::string_view, std::uint64_t> const counts[] = {
        {"requests", s.requests},   {"accepted", s.accepted},     {"rejected", s.rejected},
        {"throttled", s.throttled}, {"duplicates", s.duplicates}, {"late", s.late},
        {"pending", s.pending},     {"deleted", s.deleted},       {"foreign", s.foreign},
    };
    out += '{';
    for (bool first = true; auto const& [name, count] : counts) {
        if (!std::exchange(first, false))
            out += ',';
        append_count(out, name, count);
    }
    out += ",\"faults\":{";
    for (bool first = true; auto const& [fault, count] : s.faults) {
        if (!std::exchange(first, false))
            out += ',';
        append_count(out, to_string(fault), count);
    }
    out += "}}";
}

} // namespace twilio_sms::detail::sim
