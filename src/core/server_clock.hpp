// What a server's clock says at a moment of ours, learnt from the Date headers of its replies.
#pragma once
#include <chrono>
#include <optional>

namespace twilio_sms::detail {

/// Server time that is only known to lie between two limits.
struct server_span {
    std::chrono::sys_time<std::chrono::milliseconds> earliest, latest;
};

class server_clock {
public:
    using time_point = std::chrono::steady_clock::time_point;

    /// How wrong this machine's own clock is taken to be while no reply told the time.
    static constexpr std::chrono::minutes trust_in_own_clock{10};

    /// A reply that was asked for at `asked` and was there at `received` bears this date, in whole seconds.
    void learn(time_point asked, time_point received, std::chrono::sys_seconds date) noexcept;

    /// The server's time at `when`. `own_now` is this machine's calendar time at `now`.
    server_span at(time_point when, time_point now, std::chrono::sys_seconds own_now) const noexcept;

    /// False while no reply told the time.
    bool known() const noexcept { return offset_.has_value(); }

private:
    using milliseconds = std::chrono::milliseconds;

    /// What must be added to our steady time to get the server's time.
    struct offset_range {
        milliseconds least, most;
        time_point learnt;
    };
    std::optional<offset_range> offset_;
};

} // namespace twilio_sms::detail
