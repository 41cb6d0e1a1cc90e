// Events of a provider, for metrics and logs.
#pragma once
#include <chrono>
#include <cstddef>
#include <string_view>
#include <twilio_sms/error.hpp>
#include <twilio_sms/export.hpp>

namespace twilio_sms {

struct receipt;

/// A provider was made; its options are valid.
struct initialized_event {
    std::string_view host;   ///< where requests go, e.g. "api.twilio.com"
    std::string_view sender; ///< masked number, or the messaging service's SID; empty: each notification names its own
};

/// A media URL was dropped from a message (`media_policy::drop`).
struct media_dropped_event {
    std::string_view to;     ///< masked
    std::size_t index;       ///< position in `notification::media_urls`
    std::string_view reason; ///< what is wrong with it. The URL itself is content and is not shown
};

/// A request is about to be made.
struct attempt_event {
    std::string_view to;             ///< masked
    int number;                      ///< 1 is the first
    int of;                          ///< `max_retries` + 1
    bool reused_connection;          ///< false: a connection is opened first
    std::string_view trace_parent{}; ///< what `provider_options::trace_parent` gave; also in the events below
};

/// An attempt ended without acceptance.
struct attempt_failed_event {
    std::string_view to; ///< masked
    int number;          ///< 1 is the first
    int of;              ///< `max_retries` + 1
    failure const& why;
    bool will_repeat;
    bool will_ask;                             ///< Twilio is asked about it before anything else happens
    std::chrono::steady_clock::duration delay; ///< until the repeat; zero when there is none
    std::string_view trace_parent{};
};

/// Twilio asked for fewer requests (429): the provider's limit of requests in flight was lowered.
struct throttle_event {
    std::size_t limit; ///< requests in flight from now on
};

/// Twilio was asked about a message whose outcome was unknown, or could not be.
struct resolve_event {
    std::string_view to;                         ///< masked
    fate found;                                  ///< `accepted`, `not_sent` (Twilio does not have it) or `unknown`
    std::string_view sid;                        ///< with `accepted`
    std::string_view why;                        ///< with `unknown`: why Twilio's answer does not tell
    bool will_repeat;                            ///< with `not_sent`: it is sent again now
    std::chrono::steady_clock::duration elapsed; ///< since the message was handed over
    std::string_view trace_parent{};
};

/// A message ended. Exactly one for every send that was begun, also when its caller vanished.
struct outcome_event {
    std::string_view to;                         ///< masked
    receipt const* accepted;                     ///< null unless accepted
    failure const* failed;                       ///< null when accepted
    int attempts;                                ///< 0: it never got that far
    std::chrono::steady_clock::duration elapsed; ///< since admission
    std::string_view trace_parent{};
    fate what() const noexcept { return accepted ? fate::accepted : failed->fate; }
};

/// The pool of connections changed.
struct connection_event {
    enum class kind { opened, closed };
    kind what;
    std::string_view reason; ///< why it was closed, e.g. "idle", "age", "lost"; empty when opened
    std::size_t open;        ///< connections open now
    std::size_t waiting;     ///< messages waiting for a connection
    bool resumed = false;    ///< when opened: with the TLS session of an earlier one, so without a full handshake
};

/// Derive from this to watch a provider: one override for each kind of event, the others cost nothing.
///
/// Thread safety: a provider calls them one at a time, on its strand (`on_initialized`: in its constructor); an
/// observer shared by providers must be thread-safe. They must not block. They may call the provider.
/// The views and pointers in an event are valid only during the call.
class TWILIO_SMS_API observer {
public:
    virtual ~observer() = default;
    virtual void on_initialized(initialized_event const&) noexcept {}
    virtual void on_media_dropped(media_dropped_event const&) noexcept {}
    virtual void on_attempt(attempt_event const&) noexcept {}
    virtual void on_attempt_failed(attempt_failed_event const&) noexcept {}
    virtual void on_throttle(throttle_event const&) noexcept {}
    virtual void on_resolve(resolve_event const&) noexcept {}
    virtual void on_outcome(outcome_event const&) noexcept {}
    virtual void on_connection(connection_event const&) noexcept {}
};

} // namespace twilio_sms
