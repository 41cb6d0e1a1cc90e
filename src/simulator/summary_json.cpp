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
    out += '{';
    append_count(out, "requests", s.requests);
    out += ',';
    append_count(out, "accepted", s.accepted);
    out += ',';
    append_count(out, "rejected", s.rejected);
    out += ',';
    append_count(out, "throttled", s.throttled);
    out += ',';
    append_count(out, "duplicates", s.duplicates);
    out += ",\"faults\":{";
    for (bool first = true; auto const& [fault, count] : s.faults) {
        if (!std::exchange(first, false))
            out += ',';
        append_count(out, to_string(fault), count);
    }
    out += "}}";
}

} // namespace twilio_sms::detail::sim
