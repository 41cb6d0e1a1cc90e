// A run in numbers: as JSON, and for people.
#pragma once
#include "audit.hpp"
#include "recording.hpp"
#include "settings.hpp"
#include <boost/json/object.hpp>
#include <optional>
#include <string>

namespace twilio_sms::load {

struct figures {
    settings asked;
    std::string server; // without its port, which is another one for each simulator
    recording measured;
    provider_stats stats; // of all providers together; latencies left out
    std::uint64_t peak_resident_kib = 0;
    std::optional<audit_result> audited;

    std::uint64_t failed() const noexcept; ///< of the whole run, warm-up included
};

/// Adds the counts of one provider.
void add_counts(provider_stats& to, provider_stats const& of);

/// Figures that nobody can know are left out: those of a send when there was none, a p99.99 of less than 10,000 sends.
boost::json::object to_json(figures const& f);

/// A few lines.
std::string summary(figures const& f);

} // namespace twilio_sms::load
