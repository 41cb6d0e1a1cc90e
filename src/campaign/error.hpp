// What a campaign throws.
#pragma once
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace twilio_sms::campaign {

/// The user's input is wrong: CSV file, template, column names. Nothing was sent for it.
class input_error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// This machine failed: disk full, a file that cannot be written or is locked.
class local_failure : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// A name out of a user's file, fit for a message of one line: control characters replaced, phone numbers masked,
/// long names cut.
std::string printable_name(std::string_view name);

/// The names as `a, b, c`, each through `printable_name`; after 20 names the rest is counted.
std::string printable_list(std::vector<std::string> const& names);

} // namespace twilio_sms::campaign
