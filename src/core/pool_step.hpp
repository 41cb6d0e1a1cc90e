// Which connection takes the next message, and when a kept one is given up: pure decisions on counts and times.
#pragma once
#include <chrono>
#include <cstddef>
#include <limits>
#include <string_view>

namespace twilio_sms::detail {

struct pool_counts {
    std::size_t queued = 0;    ///< messages that no worker is about to take
    std::size_t in_flight = 0; ///< messages being carried
    std::size_t limit = 0;     ///< messages that may be in flight now
    std::size_t idle = 0;      ///< connected workers with nothing to do
    std::size_t cold = 0;      ///< workers with nothing to do that are not connected
    std::size_t opening = 0;   ///< connections being opened
    std::size_t max_opening = std::numeric_limits<std::size_t>::max(); ///< that may be
    std::size_t workers = 0;                                           ///< all workers
    std::size_t maximum = 0;                                           ///< workers that may exist
};

enum class pool_step {
    none,      ///< nothing queued, or a limit is reached
    wake_idle, ///< a connected idle worker takes the oldest message
    wake_cold, ///< another idle worker does
    add,       ///< a new worker takes it
};

constexpr pool_step next_pool_step(pool_counts const& c) noexcept
{
    if (c.queued == 0 || c.in_flight >= c.limit)
        return pool_step::none;
    if (c.idle > 0)
        return pool_step::wake_idle;
    if (c.opening >= c.max_opening)
        return pool_step::none; // handshakes cost both sides much: not all at once
    if (c.cold > 0)
        return pool_step::wake_cold;
    return c.workers < c.maximum ? pool_step::add : pool_step::none;
}

struct connection_times {
    std::chrono::steady_clock::time_point opened, last_used;
};

struct connection_limits {
    std::chrono::steady_clock::duration idle_timeout, max_age;
};

/// Why a connection between requests is to be closed: "idle", "age", or "" to keep it.
constexpr std::string_view reason_to_close(connection_times const& t, connection_limits const& limits,
                                           std::chrono::steady_clock::time_point now) noexcept
{
    if (now - t.last_used >= limits.idle_timeout)
        return "idle";
    if (now - t.opened >= limits.max_age)
        return "age";
    return {};
}

/// How long a connection keeps OpenSSL's buffers without a request: a busy one never gives them back.
constexpr std::chrono::seconds buffers_kept{1};

} // namespace twilio_sms::detail
