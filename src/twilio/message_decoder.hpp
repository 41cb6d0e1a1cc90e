// Twilio's JSON about messages that it has.
#pragma once
#include <cstdint>
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

// The same for answers about one message that was asked for: nothing for one about another message, too.

/// What a request wants the message to be.
enum class wanted_state : std::uint8_t { any, canceled, redacted };

std::optional<message> decode_message(std::string_view body, std::string_view sid, wanted_state wanted);

std::optional<media_item> decode_media(std::string_view body, std::string_view message_sid, std::string_view media_sid);

/// The outcome that the feedback has, in Twilio's words.
std::optional<std::string> decode_feedback(std::string_view body, std::string_view message_sid);

} // namespace twilio_sms::detail
