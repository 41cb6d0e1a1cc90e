// The head of a reply in the form that servers nearly always give it, read in one pass.
#pragma once
#include <cstddef>
#include <optional>
#include <string_view>

namespace twilio_sms::detail {

struct common_head {
    int status = 0;
    std::size_t size = 0;      ///< with the empty line at its end
    std::size_t body_size = 0; ///< its Content-Length
    std::string_view retry_after;
    std::string_view date;
    std::string_view request_id; ///< Twilio-Request-Id
};

/// The head that `bytes` begin with: HTTP/1.1, a final status that has a body, lines of visible ASCII, one
/// Content-Length and nothing else that concerns framing or the connection's life. Empty when it is incomplete or has
/// anything else, however lawful: then Beast's parser must judge it. It reads the same out of whatever this accepts.
std::optional<common_head> read_common_head(std::string_view bytes) noexcept;

} // namespace twilio_sms::detail
