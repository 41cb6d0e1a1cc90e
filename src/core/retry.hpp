// Whether and when a send is repeated.
#pragma once
#include "core/fate.hpp"
#include <chrono>
#include <optional>

namespace twilio_sms::detail {

using duration = std::chrono::steady_clock::duration;

/// The longest back-off; `Retry-After` may ask for more.
inline constexpr std::chrono::seconds max_backoff{30};

struct retry_policy {
    int max_retries = 3;
    std::chrono::milliseconds retry_delay{1000};
    bool repeat_unknown = false;
};

/// The back-off before the `nth` repeat (1 is the first): full jitter, `random01` times
/// min(`max_backoff`, `base` * 2^(nth-1)). `random01` is in [0, 1).
duration backoff(int nth, std::chrono::milliseconds base, double random01) noexcept;

/// What happened, for the decision.
struct finished_attempt {
    attempt_end end;
    verdict what;
    int number = 1; ///< 1 is the send's first
    bool reused_connection = false;
    std::optional<duration> retry_after; ///< as the reply asked
    duration time_left{};                ///< until the send's deadline
};

struct next_step {
    enum class kind {
        finish,             ///< this is the send's outcome
        replace_connection, ///< the same attempt again at once, on a new connection; not counted
        repeat,             ///< a new attempt after `delay`
    };
    kind what = kind::finish;
    duration delay{};
};

/// Twilio was asked and does not have the message: may it be sent again, at once? `number` attempts were made.
bool repeats_absent(retry_policy const& policy, int number, duration time_left) noexcept;

next_step after_attempt(retry_policy const& policy, finished_attempt const& attempt, double random01) noexcept;

} // namespace twilio_sms::detail
