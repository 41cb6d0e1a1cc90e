// A send that Twilio may have taken: what is needed to ask about it.
#pragma once
#include "core/resolution.hpp"
#include <chrono>
#include <optional>
#include <string>

namespace twilio_sms::detail {

/// Shared by the send and by the failures that report it; but for `found` not changed once a failure has it.
struct unresolved_send {
    std::optional<sent_message> what;            ///< nothing: Twilio's list would not show it as it was sent
    std::string to;                              ///< unmasked
    std::chrono::steady_clock::time_point since; ///< the first attempt that may have been accepted was begun
    /// In Twilio's time, as known when the doubt arose: should this machine sleep, its steady clock does not tell
    /// later.
    std::optional<creation_window> window;
    std::chrono::steady_clock::time_point until; ///< the last byte of the last such attempt was handed over

    /// Twilio's message, once it was found: whoever asks again is told the same. Touched on the strand only.
    mutable std::optional<listed_message> found;
};

} // namespace twilio_sms::detail
