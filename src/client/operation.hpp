// One send, from admission to its outcome.
#pragma once
#include "client/caller_executor.hpp"
#include "client/unresolved.hpp"
#include "core/notification_check.hpp"
#include <chrono>
#include <optional>
#include <string>
#include <twilio_sms/provider.hpp>
#include <utility>
#include <vector>

namespace twilio_sms::detail {

using time_point = std::chrono::steady_clock::time_point;

struct operation {
    enum class state { prepared, queued, waiting_to_repeat, in_flight, asking, done };

    // Set by `prepare`, on the caller's thread.
    std::string form;         ///< the request's body; encoded once, whatever the number of attempts
    std::string to;           ///< for events; unmasked
    std::string trace_parent; ///< W3C trace context of the caller; empty: none
    std::vector<bad_media> dropped_media;
    std::optional<failure> refused;    ///< by our own checks
    std::optional<failure> to_resolve; ///< nothing is to be sent: Twilio is to be asked about this one
    bool only_asks = false;            ///< as `to_resolve`, also when that has been taken
    bool queue_limited = true;
    std::optional<time_point> own_deadline;

    // Set by `start`.
    parking_watcher* watcher = nullptr;
    std::optional<send_handler> handler; ///< optional: Asio 1.26 must not assign these
    std::optional<caller_executor> caller;

    std::optional<result<receipt>> outcome; ///< while it is on its way to the handler

    // From admission on, touched only on the provider's strand.
    state now = state::prepared;
    time_point admitted, deadline, queue_deadline;
    time_point due;                                     ///< of the repeat
    int attempts = 0;                                   ///< begun
    int attempts_counted = 0;                           ///< the same in the provider's counts
    std::shared_ptr<unresolved_send const> doubt;       ///< an attempt ended with `fate::unknown`
    std::shared_ptr<unresolved_send const> first_doubt; ///< after the first of these, also when Twilio had no message
    bool cancel_requested = false;                      ///< before admission

    /// Nobody will call the handler.
    void let_go()
    {
        auto const last = std::exchange(handler, std::nullopt); // what it owns may own this operation
        caller.reset();
    }

    void tell_parked(bool is) const
    {
        if (watcher)
            watcher->parked(is);
    }
};

using operation_ptr = std::shared_ptr<operation>;

} // namespace twilio_sms::detail
