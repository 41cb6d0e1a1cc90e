// Base64 (RFC 4648 section 4, padded).
#pragma once
#include "crypto/secret_string.hpp"
#include <optional>
#include <string>
#include <string_view>

namespace twilio_sms::detail {

std::string base64_encode(std::string_view bytes);

/// The same for what is secret: appended to text that is overwritten later, and nowhere else.
void append_base64(secret_string& out, std::string_view bytes);

/// Nothing for a text that is not padded base64.
std::optional<std::string> base64_decode(std::string_view text);

} // namespace twilio_sms::detail
