// What `twilio-sms doctor` makes of what it saw.
#pragma once
#include "client/connection_check.hpp"
#include <functional>
#include <string>
#include <string_view>
#include <twilio_sms/provider_options.hpp>
#include <vector>

namespace twilio_sms::cli {

enum class health {
    ok,
    warning, ///< messages are sent, but not as well as they could be
    problem, ///< nothing is sent until it is mended
};

std::string_view to_string(health h) noexcept;

struct finding {
    std::string check; ///< "environment", "name look-up", ...
    health state = health::ok;
    std::string what;
    std::string fix; ///< empty when it is ok
};

/// Names of variables, never values. `settings_file`: that was read; "" when there is none.
std::vector<finding> judge_environment(std::function<bool(char const*)> const& is_set,
                                       std::string const& settings_file);

/// One for each problem; one when there is none.
std::vector<finding> judge_configuration(std::vector<option_problem> const& problems);

/// In the order of what happened; ends with what makes the rest impossible.
std::vector<finding> judge_connection(detail::connection_check const& seen, provider_options const& options);

/// The worst of them.
health worst(std::vector<finding> const& findings) noexcept;

std::string findings_text(std::vector<finding> const& findings);
std::string findings_json(std::vector<finding> const& findings);

} // namespace twilio_sms::cli
