// What the end of a request means that does not send: it asks about a message, or changes one.
#pragma once
#include "core/fate.hpp"
#include <cstdint>

namespace twilio_sms::detail {

/// What a request does at Twilio when it gets there.
enum class request_effect : std::uint8_t {
    sends,   ///< a message, each time
    asks,    ///< changes nothing
    changes, ///< a message, to the same end however often: it may be repeated
};

/// Total, as `judge`. The fate is that of what was asked for: `accepted` done, `rejected` Twilio will not do it,
/// `not_sent` nothing was done, `unknown` a change may have been made. What only asks is never `unknown`.
verdict judge_request(attempt_end const& end, request_effect effect) noexcept;

/// Twilio says that there is no such message, or media.
bool says_absent(attempt_end const& end) noexcept;

} // namespace twilio_sms::detail
