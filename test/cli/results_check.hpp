// Compares what a campaign wrote down with what the simulator took.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <twilio_sms/simulator.hpp>

namespace twilio_sms::test {

/// Rows of a results file by `fate`.
using fates = std::map<std::string, std::uint64_t>;

/// Checks that every row from 1 to `rows` has at most one line, that each accepted line names a message which the
/// simulator took for that number, that each message which it took has an accepted or unknown line, and none twice.
fates check_results(std::string const& path, std::uint64_t rows, simulator const& twilio);

/// The member of a JSON object as text: `null`, `12`, `"text"`.
std::string json_member(std::string const& object, std::string const& name);

} // namespace twilio_sms::test
