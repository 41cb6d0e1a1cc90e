// The bodies of create, update and feedback requests: application/x-www-form-urlencoded.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace twilio_sms::detail::sim {

/// The parameters that the simulator looks at; empty means absent, as Twilio treats it. Others are ignored.
struct create_parameters {
    std::string_view to;
    std::string_view from;
    std::string_view messaging_service_sid;
    std::string_view body;
    std::vector<std::string_view> media_urls;
    std::string_view content_sid;
    std::string_view content_variables;
    std::string_view status_callback;
    std::string_view validity_period;
    std::string_view schedule_type;
    std::string_view send_at;
    std::string_view content_retention;
    std::string_view address_retention;
    std::string_view smart_encoded;
};

/// The parameters of an update; absent is not empty here.
struct update_parameters {
    std::optional<std::string_view> body;
    std::optional<std::string_view> status;
};

/// Decodes a form. The parameters point into `storage`, which is replaced.
/// Returns false for bad percent-encoding and for text that is not UTF-8.
bool decode_create_form(std::string_view form, std::string& storage, create_parameters& into);

/// The same for an update.
bool decode_update_form(std::string_view form, std::string& storage, update_parameters& into);

/// The same for the only parameter of a feedback.
bool decode_feedback_form(std::string_view form, std::string& storage, std::string_view& outcome);

} // namespace twilio_sms::detail::sim
