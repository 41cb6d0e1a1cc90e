// What a provider has done so far, in numbers.
#pragma once
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <twilio_sms/export.hpp>

namespace twilio_sms {

/// Durations by size, in buckets that are the same everywhere: histograms of several providers, processes or moments
/// add up. A bucket is at most 1/16 of its lower bound wide; what is longer than 134 seconds is in the last one.
/// A plain value: no thread safety of its own.
class TWILIO_SMS_API latency_histogram {
public:
    static constexpr std::size_t size = 384;

    std::array<std::uint64_t, size> counts{};
    std::chrono::microseconds sum{};

    static std::size_t bucket_of(std::chrono::microseconds value) noexcept;

    /// The shortest duration of a bucket; `bucket < size`.
    static std::chrono::microseconds lower_bound(std::size_t bucket) noexcept;

    void add(std::chrono::microseconds value) noexcept;
    latency_histogram& operator+=(latency_histogram const& other) noexcept;

    /// What was added since `earlier`, a copy taken before.
    latency_histogram since(latency_histogram const& earlier) const noexcept;

    std::uint64_t count() const noexcept;

    /// A duration that this share of all is not above, to the width of a bucket; zero when there are none.
    /// Precondition: `share` is from 0 to 1, e.g. 0.99.
    /// @code
    /// std::cout << "p99 " << provider.stats().latency.quantile(0.99).count() << " us\n";
    /// @endcode
    std::chrono::microseconds quantile(double share) const noexcept;
};

/// All numbers count from the provider's beginning, except the four of `pool` that say so.
struct provider_stats {
    /// Sends that ended, those of `bulk` too, by fate.
    struct {
        std::uint64_t accepted = 0, rejected = 0, not_sent = 0, unknown = 0;
    } sends;

    /// Requests to create a message that were begun; each is the first of a send or a repeat.
    std::uint64_t attempts = 0;

    /// Repeats, by what came before.
    struct {
        std::uint64_t after_throttle = 0; ///< Twilio asked for fewer (429)
        std::uint64_t after_not_sent = 0; ///< the message had not been handed over, or had been turned away
        std::uint64_t after_unknown = 0;  ///< nobody knows: `unknown_policy::retry`
        std::uint64_t after_asking = 0;   ///< Twilio was asked and did not have it
        std::uint64_t withheld = 0;       ///< not done, since too many sends were failing
    } repeats;

    std::uint64_t throttled = 0; ///< replies that asked for fewer requests (429)

    /// Messages in doubt, and what Twilio's list said of them; `undecided` also when they were cancelled before it
    /// could. Those missing are still to be asked about.
    struct {
        std::uint64_t in_doubt = 0, found = 0, absent = 0, undecided = 0;
    } asked;

    /// The connections.
    struct {
        std::size_t open = 0;    ///< connections, now
        std::size_t idle = 0;    ///< of these without a request, now
        std::size_t busy = 0;    ///< with one, now
        std::size_t waiting = 0; ///< messages that wait for a connection, now
        std::uint64_t opened = 0;
        std::uint64_t resumed = 0; ///< of these with an earlier TLS session, so without a full handshake
        std::uint64_t reused = 0;  ///< attempts that found a kept connection
        std::uint64_t stale = 0;   ///< of these that found it dead; repeated at once, no attempt spent
    } pool;

    latency_histogram latency;    ///< of accepted sends, from the call to the outcome, waits and repeats included
    latency_histogram reply_time; ///< of attempts that were answered, from the request to its reply
};

} // namespace twilio_sms
