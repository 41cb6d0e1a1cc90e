// Twilio's error bodies.
#pragma once
#include <string>
#include <string_view>

namespace twilio_sms::detail::sim {

struct api_error {
    int status;
    int code;
    std::string message;
    std::string_view detail = {}; ///< only in 401 bodies
};

/// {"code": ..., "message": ..., "more_info": ..., "status": ...}
void append_error_json(std::string& out, api_error const& error);

} // namespace twilio_sms::detail::sim
