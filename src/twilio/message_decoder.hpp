// Twilio's JSON about messages that it has.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <twilio_sms/messages.hpp>
#include <vector>

namespace twilio_sms::detail {

template <class T>
struct resource_page {
    std::vector<T> items;
    std::string next; ///< as Twilio wrote it; "" when this is the last page
};

// Nothing for a body that is not what it should be: no JSON, or without the SID that makes it one. All else may be
// absent, null, or of another type.

template <class T> // message, media_item
std::optional<T> decode_resource(std::string_view body);

template <class T>
std::optional<resource_page<T>> decode_resource_page(std::string_view body);

/// The outcome that a feedback has, in Twilio's words.
std::optional<std::string> decode_feedback(std::string_view body);

} // namespace twilio_sms::detail
