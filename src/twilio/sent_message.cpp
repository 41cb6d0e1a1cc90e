#include "twilio/sent_message.hpp"
#include "core/notification_check.hpp"
#include "twilio/form_decode.hpp"
#include <functional>
#include <string>

namespace twilio_sms::detail {
namespace {

bool hides_what_was_sent(std::string_view name, std::string_view value) noexcept
{
    return name == "ContentSid" || (name == "SmartEncoded" && value == "true") ||
           (name == "ShortenUrls" && value == "true") || (name == "ContentRetention" && value == "discard") ||
           (name == "AddressRetention" && value == "obfuscate");
}

} // namespace

std::optional<sent_message> recognisable(std::string_view form)
{
    bool hidden = false;
    for_each_form_field(form, [&](std::string_view name, std::string_view value) {
        hidden = hides_what_was_sent(name, value);
        return !hidden;
    });
    return hidden ? std::nullopt : std::optional(described(form));
}

sent_message described(std::string_view form)
{
    sent_message found;
    for_each_form_field(form, [&](std::string_view name, std::string_view value) {
        if (name == "To")
            found.to = decode_form_value(value);
        else if (name == "From")
            found.from = decode_form_value(value);
        else if (name == "MessagingServiceSid")
            found.messaging_service_sid = decode_form_value(value);
        else if (name == "Body")
            found.text = decode_form_value(value);
        else if (name == "MediaUrl")
            found.has_media = true;
        return true;
    });
    if (is_sid(found.from, "MG")) // Twilio takes a service there, too
        std::swap(found.from, found.messaging_service_sid);
    found.form_hash = std::hash<std::string_view>()(form);
    return found;
}

} // namespace twilio_sms::detail
