// Which of the sends whose outcome is unknown Twilio has, judged by its list of messages. Pure.
#pragma once
#include "core/server_clock.hpp"
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace twilio_sms::detail {

/// What a message is recognised by: Twilio's API has no reference of ours.
struct sent_message {
    std::string to;
    std::string from;                  ///< empty when only a service was named
    std::string messaging_service_sid; ///< empty without one
    std::string text;
    bool has_media = false;
    std::size_t form_hash = 0; ///< of the whole request: equal texts may go with different media
};

/// One message of Twilio's list.
struct listed_message {
    std::string sid;
    std::string to;
    std::string from;                  ///< empty while a service has not chosen the sender
    std::string messaging_service_sid; ///< empty without one
    std::string text;
    std::string status;
    bool inbound = false; ///< neither: Twilio did not say
    bool outbound = false;
    bool has_media = false;
    int segments = 0;
    std::optional<std::chrono::sys_seconds> date_created;
};

/// When Twilio may have created a message, in its own time.
struct creation_window {
    server_span from, until;

    /// Dates of messages are whole seconds of a clock that need not be that of the Date headers.
    static constexpr std::chrono::seconds slack{2};
    /// So much before the window nothing is ruled out yet: clocks of a great system can differ more at times. After it
    /// nothing is ever: Twilio was slower than it should be, or somebody sent the same.
    static constexpr std::chrono::seconds doubtful{10};

    bool contains(std::chrono::sys_seconds created) const noexcept
    {
        return created >= from.earliest - slack && created <= until.latest + slack;
    }
    bool rules_out(std::chrono::sys_seconds created) const noexcept { return created < from.earliest - doubtful; }
    /// The time that lies in either.
    creation_window hull(creation_window const& other) const noexcept
    {
        return {{std::min(from.earliest, other.from.earliest), std::max(from.latest, other.from.latest)},
                {std::min(until.earliest, other.until.earliest), std::max(until.latest, other.until.latest)}};
    }
    bool may_overlap(creation_window const& other) const noexcept
    {
        return from.earliest <= other.until.latest + 2 * slack && other.from.earliest <= until.latest + 2 * slack;
    }
};

/// A send that Twilio may have taken, or may be taking just now.
struct possible_send {
    sent_message const* what;
    creation_window window;
    bool settled; ///< long enough ago that the list must show it; false: nothing is decided about its like
};

enum class finding {
    accepted,  ///< Twilio has it
    absent,    ///< Twilio does not have it
    ambiguous, ///< the list cannot tell
    wait,      ///< too early to say: its like is still under way
};

struct answer_from_list {
    finding what = finding::wait;
    listed_message const* message = nullptr; ///< with `accepted`
};

/// Judges the sends to one number by a complete list of the messages to it. `unattributed` leaves out those that are
/// known to be of other sends; `knows_all_others` is false when some of these may have been forgotten.
/// One answer for each send, in their order; `wait` for those that are not settled.
std::vector<answer_from_list> judge_by_list(std::span<possible_send const> sends,
                                            std::span<listed_message const> unattributed, bool knows_all_others);

/// What Twilio puts before the texts of trial accounts.
inline constexpr std::string_view trial_prefix = "Sent from your Twilio trial account - ";

} // namespace twilio_sms::detail
