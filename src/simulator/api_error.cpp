#include "simulator/api_error.hpp"
#include "simulator/json_text.hpp"

namespace twilio_sms::detail::sim {

void append_error_json(std::string& out, api_error const& error)
{
    std::string const code = std::to_string(error.code);
    out += "{\"code\": ";
    out += code;
    if (!error.detail.empty()) {
        out += ", \"detail\": ";
        append_json_string(out, error.detail);
    }
    out += ", \"message\": ";
    append_json_string(out, error.message);
    out += ", \"more_info\": \"https://www.twilio.com/docs/errors/";
    out += code;
    out += "\", \"status\": ";
    out += std::to_string(error.status);
    out += '}';
}

} // namespace twilio_sms::detail::sim
