// The queue of each sender: segments wait there until the sender may send them.
#pragma once
#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace twilio_sms::detail::sim {

class sender_queues {
public:
    using time_point = std::chrono::sys_time<std::chrono::milliseconds>;

    /// `segments_per_second` 0: nothing ever waits. `limit` 0: a queue is never full.
    sender_queues(double segments_per_second, std::size_t limit) noexcept
        : segments_per_second_(segments_per_second), limit_(limit)
    {}

    bool in_use() const noexcept { return segments_per_second_ > 0; }

    /// How long so many segments more must wait for their turn; nothing when the queue has no room for them.
    std::optional<std::chrono::milliseconds> enter(std::string_view sender, std::size_t segments, time_point now);

    void clear() noexcept { busy_until_.clear(); }

private:
    double segments_per_second_;
    std::size_t limit_;
    std::map<std::string, double, std::less<>> busy_until_; // in ms since the epoch
};

} // namespace twilio_sms::detail::sim
