// The SIDs of messages whose send is known.
#pragma once
#include <chrono>
#include <cstdint>
#include <deque>
#include <string_view>

namespace twilio_sms::detail {

/// Every accepted message passes through `add`, so it is small and fast; `contains` is for the rare question.
/// Of the 128 random bits of a SID it keeps 64: that a foreign one passes for one of half a million of ours happens
/// once in 35 million million questions.
class attributed_sids {
public:
    using time_point = std::chrono::steady_clock::time_point;

    static constexpr std::size_t most = 524'288; ///< 4 MiB; the oldest are forgotten above it

    /// Precondition: `sid` is a message SID: two letters and 32 hex digits.
    void add(std::string_view sid, time_point now);

    /// Forgets what was added before `when`, except what came within `step` of something later.
    void forget_before(time_point when) noexcept;

    bool contains(std::string_view sid) const noexcept;

    /// True when everything added since then is still known.
    bool complete_since(time_point when) const noexcept { return when > forgotten_until_; }

    static constexpr std::chrono::milliseconds step{100};

private:
    struct group { // those added within a step
        time_point first, last;
        std::size_t size;
    };
    void forget_oldest(std::size_t count) noexcept; // of the oldest group

    std::deque<std::uint64_t> keys_;                 // oldest first
    std::deque<group> groups_;                       // the same
    time_point forgotten_until_ = time_point::min(); // nothing forgotten was added after that
};

} // namespace twilio_sms::detail
