// What can be recognised of a message in Twilio's list, read back from the request that created it.
#pragma once
#include "core/resolution.hpp"
#include <optional>
#include <string_view>

namespace twilio_sms::detail {

/// As it was sent, whatever Twilio makes of it.
sent_message described(std::string_view form);

/// The same, but nothing for a message that the list would not show as it was sent: a content template, or a text or
/// recipient that Twilio was asked to rewrite or hide (SmartEncoded, ShortenUrls, ContentRetention, AddressRetention).
std::optional<sent_message> recognisable(std::string_view form);

} // namespace twilio_sms::detail
