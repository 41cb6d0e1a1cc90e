// The text of a configuration file.
#pragma once
#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace twilio_sms::cli {

struct setting {
    enum class kind { text, number, truth };

    std::string name;
    std::string value; ///< without quotation marks; "true" or "false"
    kind is = kind::text;
    std::size_t line = 0; ///< the first is 1
};

/// What is wrong, without the value, which may be a secret.
class settings_error : public std::runtime_error {
public:
    settings_error(std::size_t where, std::string const& what) : runtime_error(what), line(where) {}
    std::size_t line;
};

/// Lines `name = value` of TOML: a value is a text in double quotes (with the escapes \" \\ \t \n) or in single quotes
/// (without any), a whole number, true or false. `#` begins a comment. Nothing else of TOML: no sections, no lists.
/// Errors: throws `settings_error`, also for a name that is given twice.
std::vector<setting> parse_settings(std::string_view text);

} // namespace twilio_sms::cli
