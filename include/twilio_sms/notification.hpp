// What to send.
#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace twilio_sms {

/// Whether Twilio keeps the text, or the recipient's number, after sending. Account privacy features.
enum class content_retention : std::uint8_t { retain, discard };
enum class address_retention : std::uint8_t { retain, obfuscate };

/// Whether Twilio's SMS-pumping check looks at this message.
enum class risk_check : std::uint8_t { enable, disable };

/// One message to one recipient. A value; fill in the fields or chain the setters:
/// @code
/// co_await provider.send(notification{"+15558675310", "Look at this"}.with_media("https://example.com/a.png"));
/// @endcode
/// Fields left empty are not sent. Each create parameter of Twilio's API has a field
/// (https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource).
struct notification {
    notification() = default;
    notification(std::string recipient, std::string message) : to(std::move(recipient)), text(std::move(message)) {}

    std::string to;   ///< E.164 (`+15558675310`) or a channel address (`whatsapp:+15558675310`)
    std::string text; ///< UTF-8, at most 1,600 code points; may be empty with media or `content_sid`
    std::string from; ///< number, short code, alphanumeric sender or channel address; empty: the provider's own sender
    std::vector<std::string> media_urls; ///< http(s) URLs, at most 10; makes the message an MMS

    std::string channel = "sms"; ///< must be "sms"; other channels are other providers
    std::string template_name;   ///< not sent: for the notification module and for logs
    std::string subject;         ///< not sent: SMS has none
    std::string html;            ///< not sent: SMS has none
    std::string data;            ///< JSON text that travels with the notification; not sent
    std::string idempotency_key; ///< not sent: Twilio has none. For callers, modules and ledgers

    std::string status_callback;                         ///< http(s) URL that Twilio tells about delivery
    std::string application_sid;                         ///< `AP...`, used when `status_callback` is empty
    std::string fallback_from;                           ///< SMS sender used when RCS cannot reach the recipient
    std::string content_sid;                             ///< `HX...`, a content template in place of `text`
    std::string content_variables;                       ///< JSON object for the template
    std::optional<std::chrono::seconds> validity_period; ///< 1 to 36000 s in Twilio's queue
    std::optional<std::chrono::sys_seconds> send_at;     ///< schedules; needs a messaging service
    std::optional<bool> smart_encoded;                   ///< Twilio replaces look-alike Unicode by GSM-7
    std::optional<bool> shorten_urls;                    ///< needs a messaging service with link shortening
    std::optional<bool> send_as_mms;                     ///< one MMS even without media
    std::optional<bool> provide_feedback; ///< you will report the outcome with Twilio's feedback resource
    std::optional<bool> force_delivery;   ///< try even when `to` looks like a landline
    std::optional<int> attempt;           ///< informational: your own count of tries
    std::optional<twilio_sms::content_retention> content_retention;
    std::optional<twilio_sms::address_retention> address_retention;
    std::optional<twilio_sms::risk_check> risk_check;
    std::vector<std::string> persistent_actions; ///< rich actions of channels

    // Chained setters for what is set most.
    notification& with_from(std::string value)
    {
        from = std::move(value);
        return *this;
    }
    notification& with_media(std::string url)
    {
        media_urls.push_back(std::move(url));
        return *this;
    }
    notification& with_status_callback(std::string url)
    {
        status_callback = std::move(url);
        return *this;
    }
    notification& with_validity_period(std::chrono::seconds value)
    {
        validity_period = value;
        return *this;
    }
    notification& with_send_at(std::chrono::sys_seconds when)
    {
        send_at = when;
        return *this;
    }
    notification& with_content(std::string sid, std::string variables_json = {})
    {
        content_sid = std::move(sid);
        content_variables = std::move(variables_json);
        return *this;
    }
    notification& with_idempotency_key(std::string key)
    {
        idempotency_key = std::move(key);
        return *this;
    }
};

} // namespace twilio_sms
