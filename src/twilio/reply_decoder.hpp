// Twilio's JSON answers to a create call.
#pragma once
#include <string>
#include <string_view>
#include <twilio_sms/receipt.hpp>

namespace twilio_sms::detail {

/// The message resource of a 2xx answer, as far as a receipt needs it, decoded in one pass without a DOM.
/// Returns false, with `into` unspecified, for a body that is not one JSON object or has no `sid` that is a message
/// SID (`SM` or `MM` and 32 hex digits). Unknown members, nulls and members of an unexpected type are passed over.
/// Depth, string and number sizes are limited; no body makes it crash or allocate without bound.
/// `*to` becomes the recipient that the resource names, "" when it names none.
bool decode_message(std::string_view body, receipt& into, std::string* to = nullptr);

/// False when the recipient that an answer names shows that it is the answer to another message: both are E.164
/// numbers, and they differ.
bool may_be_recipient(std::string_view named, std::string_view sent_to) noexcept;

/// An error body. `code` is 0 when the body is not JSON, has no integer `code`, or a code that only repeats the HTTP
/// status (gateways make such). `message` is Twilio's text, at most 300 bytes, on one line, phone numbers masked.
struct error_reply {
    int code = 0;
    std::string message;
};
error_reply decode_error(std::string_view body, int http_status);

} // namespace twilio_sms::detail
