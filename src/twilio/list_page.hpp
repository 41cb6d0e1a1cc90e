// Pages of Twilio's list of messages.
#pragma once
#include "core/resolution.hpp"
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace twilio_sms::detail {

struct list_page {
    std::vector<listed_message> messages;
    std::string next; ///< path and query of the next page; "" when this is the last one
};

/// Nothing for a body that is not a page of messages: one that cannot be read whole proves nothing about any message.
std::optional<list_page> decode_list_page(std::string_view body);

} // namespace twilio_sms::detail
