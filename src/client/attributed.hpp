// The SIDs of messages whose send is known.
#pragma once
#include <array>
#include <chrono>
#include <cstdint>
#include <deque>
#include <string_view>

namespace twilio_sms::detail {

/// Every accepted message passes through `add`, so it is small and fast; `contains` is for the rare question.
class attributed_sids {
public:
    using time_point = std::chrono::steady_clock::time_point;

    static constexpr std::size_t most = 262'144; ///< 6 MiB; the oldest are forgotten above it

    /// Precondition: `sid` is a message SID: two letters and 32 hex digits.
    void add(std::string_view sid, time_point now);

    /// Forgets what was added before `when`.
    void forget_before(time_point when) noexcept;

    bool contains(std::string_view sid) const noexcept;

    /// True when everything added since then is still known.
    bool complete_since(time_point when) const noexcept { return when > forgotten_until_; }

private:
    using packed_sid = std::array<std::uint64_t, 2>; // the 32 digits
    static packed_sid pack(std::string_view sid) noexcept;

    struct entry {
        packed_sid sid;
        time_point added;
    };
    std::deque<entry> entries_;                      // oldest first
    time_point forgotten_until_ = time_point::min(); // the last one forgotten was added then
};

} // namespace twilio_sms::detail
