// What a run was made with.
#pragma once
#include <boost/json/object.hpp>
#include <cstdint>

namespace twilio_sms::load {

/// Processor, kernel, compiler, versions.
boost::json::object machine_facts();

/// The most memory that this process has had at once.
std::uint64_t peak_resident_kib();

} // namespace twilio_sms::load
