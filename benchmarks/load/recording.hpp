// What one thread measured.
#pragma once
#include "allocations.hpp"
#include "histogram.hpp"
#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <twilio_sms/error.hpp>
#include <twilio_sms/stats.hpp>
#include <vector>

namespace twilio_sms::load {

using steady = std::chrono::steady_clock;

/// The time that counts.
struct window {
    steady::time_point from, until;
    bool holds(steady::time_point t) const noexcept { return from <= t && t < until; }
};

/// What a thread has used so far.
struct resources {
    std::chrono::microseconds cpu{};
    allocation_counts allocations;

    static resources of_this_thread();
};

/// Counts what ends between `begin` and `end`, and the latencies of what began in the window, whenever it ends.
class recording {
public:
    explicit recording(window const& w);

    void begin(steady::time_point now, resources const& used); // by a timer, near `window::from`
    void end(steady::time_point now, resources const& used);   // near `window::until`

    /// A send has ended. `meant` is when it began, in an open loop when it was meant to.
    void add(steady::time_point meant, steady::time_point now, fate f);

    /// A send of an open loop has begun.
    void begun(steady::time_point meant, steady::time_point now);

    /// Joins what another thread measured in the same window.
    recording& operator+=(recording const& other);

    struct second {
        std::uint64_t accepted = 0;
        latency_histogram latencies; // coarse, so that an hour of seconds takes megabytes only
    };

    histogram latencies;                  // of accepted sends
    histogram late;                       // open loop: from when a send was meant to begin until it did
    std::vector<second> timeline;         // by when sends ended
    std::array<std::uint64_t, 4> fates{}; // of the whole run, by `fate`
    std::uint64_t accepted = 0;           // between `begin` and `end`
    double seconds = 0;                   // between them
    resources used;                       // between them

private:
    window window_;
    std::optional<steady::time_point> counting_since_; // between `begin` and `end`
    resources at_begin_;
};

} // namespace twilio_sms::load
