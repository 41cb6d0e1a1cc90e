// A local Twilio to test against: target twilio_sms::simulator, command `twilio-sms simulate`.
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <twilio_sms/export.hpp>
#include <vector>

namespace twilio_sms {

namespace asio = boost::asio;

/// What can go wrong with a create request on purpose. "before": Twilio did not take the message; "after": it did.
enum class simulated_fault : std::uint8_t {
    reply_lost,   ///< accepted, then the connection is closed without a reply
    reset_before, ///< TCP reset
    reset_after,
    stall_before, ///< never answered, the connection stays open
    stall_after,
    error_before, ///< 500 with Twilio's body 20500, or 503 with an HTML page, half of the time each
    error_after,
    throttle, ///< 429 / 20429, not accepted

    reply_cut,       ///< accepted, then the connection is closed somewhere within the reply
    reply_garbled,   ///< accepted, 201 with a body that is not JSON, or JSON without a `sid`, half of the time each
    late_acceptance, ///< the connection is closed without a reply, or stalls, half of the time each; accepted later
    conflict,        ///< 409 / 20409, not accepted
    throttle_storm,  ///< 429 / 20429 for this and the next requests, see `storm_length`
};
inline constexpr std::size_t simulated_fault_count = 13;

/// "reply_lost", "reset_before", ...
TWILIO_SMS_API std::string_view to_string(simulated_fault f) noexcept;

/// The fault of that name, or nothing.
TWILIO_SMS_API std::optional<simulated_fault> simulated_fault_from_string(std::string_view name) noexcept;

/// What happens to one create request of a script. Made from a fault, or from `std::nullopt`: it is treated well.
struct simulated_step {
    simulated_step() = default;
    simulated_step(std::nullopt_t) noexcept {}
    simulated_step(simulated_fault f) noexcept : fault(f) {}
    simulated_step(std::optional<simulated_fault> f) noexcept : fault(f) {}

    std::optional<simulated_fault> fault;

    /// With `late_acceptance`: accepted that long after the request; nothing: as `simulator_options` says.
    std::optional<std::chrono::milliseconds> late_by;

    /// A message from another program is accepted, too, that long after the request, or before it when negative:
    /// an equal one (recipient, sender or service, text), or one with another text.
    std::optional<std::chrono::milliseconds> foreign_equal;
    std::optional<std::chrono::milliseconds> foreign_other;

    bool operator==(simulated_step const&) const = default;
};

/// What can go wrong with an answer to a list request on purpose.
enum class simulated_list_fault : std::uint8_t {
    forbidden,     ///< 403 / 20003
    throttle,      ///< 429 / 20429
    error,         ///< 500 / 20500
    unavailable,   ///< 503 with an HTML page
    reply_lost,    ///< the connection is closed without a reply
    reply_cut,     ///< the connection is closed somewhere within the reply
    reply_garbled, ///< 200 with a body that is not JSON, or JSON without `messages`, half of the time each
    stall,         ///< never answered, the connection stays open
};
inline constexpr std::size_t simulated_list_fault_count = 8;

/// "forbidden", "throttle", ...
TWILIO_SMS_API std::string_view to_string(simulated_list_fault f) noexcept;

/// The fault of that name, or nothing.
TWILIO_SMS_API std::optional<simulated_list_fault> simulated_list_fault_from_string(std::string_view name) noexcept;

/// The certificate that the simulator shows.
enum class certificate_kind : std::uint8_t {
    good,          ///< signed by the CA of `ca_pem()`, for localhost, 127.0.0.1 and ::1
    expired,       ///< since yesterday
    not_yet_valid, ///< until tomorrow
    self_signed,   ///< not signed by that CA
    wrong_host,    ///< for wrong-host.example only
};

/// "good", "expired", "not_yet_valid", "self_signed" or "wrong_host".
TWILIO_SMS_API std::string_view to_string(certificate_kind k) noexcept;

/// The kind of that name, or nothing.
TWILIO_SMS_API std::optional<certificate_kind> certificate_kind_from_string(std::string_view name) noexcept;

/// A key that may be used instead of the account's SID and token.
struct simulator_api_key {
    simulator_api_key() = default;
    simulator_api_key(std::string key_sid, std::string key_secret)
        : sid(std::move(key_sid)), secret(std::move(key_secret))
    {}

    std::string sid; ///< `SK` and 32 hex digits
    std::string secret;
};

/// An account that may log in.
struct simulator_account {
    simulator_account() = default;
    simulator_account(std::string account_sid, std::string token)
        : sid(std::move(account_sid)), auth_token(std::move(token))
    {}

    std::string sid;               ///< `AC` and 32 hex digits
    std::string auth_token;        ///< as the client sends it
    bool test_credentials = false; ///< Twilio's magic numbers hold, nothing else than sending works

    std::vector<simulator_api_key> api_keys;

    /// The account that this one is a subaccount of, whose credentials hold here, too; empty: none.
    std::string parent_sid;

    /// The senders that belong to the account; empty: every valid sender does. Messaging services choose from them.
    std::vector<std::string> numbers;

    /// The messaging services of the account; empty: every well-formed SID is one.
    std::vector<std::string> messaging_services;
};

/// Settings of a simulator. A value: fill in the fields, or apply a scenario.
struct TWILIO_SMS_API simulator_options {
    simulator_options() = default;

    // The accounts that exist unless `accounts` says otherwise.
    static constexpr std::string_view default_account_sid = "AC0123456789abcdef0123456789abcdef";
    static constexpr std::string_view default_auth_token = "0123456789abcdef0123456789abcdef";
    static constexpr std::string_view default_test_account_sid = "ACfedcba9876543210fedcba9876543210";
    static constexpr std::string_view default_test_auth_token = "fedcba9876543210fedcba9876543210";

    std::string listen_address = "127.0.0.1"; ///< an IP address; only loopback ones, since anybody may read the truth
    std::uint16_t port = 0;                   ///< 0: a free one, see `simulator::port`
    bool tls = true;                          ///< false: plain HTTP
    certificate_kind certificate = certificate_kind::good;

    std::vector<simulator_account> accounts; ///< empty: the two default accounts, the second with test credentials

    std::chrono::milliseconds latency{0};        ///< from a request to its answer
    std::chrono::milliseconds latency_jitter{0}; ///< up to this much more, evenly spread
    std::size_t max_concurrency = 0; ///< requests of one account in flight; more get 429 / 20429. 0: no limit

    std::uint64_t seed = 1;                   ///< of faults and jitter: the n-th create request always fares the same
    std::map<simulated_fault, double> faults; ///< probability of each, from 0 to 1; together at most 1

    /// What happens to the first, second, ... create request for a recipient; nothing: it is treated well.
    /// Requests beyond the list fare as `faults` says.
    std::map<std::string, std::vector<simulated_step>> script;

    std::chrono::milliseconds late_acceptance{30'000}; ///< `late_acceptance` takes up to that long, evenly spread
    std::size_t storm_length = 50; ///< requests that a `throttle_storm` throttles, its first included

    // Messages of other programs, accepted beside ours whether or not ours is. Probabilities for each valid request.
    double foreign_equal = 0;                         ///< same recipient, sender or service, and text
    double foreign_other = 0;                         ///< same recipient and sender or service, another text
    std::chrono::milliseconds foreign_offset{10'000}; ///< up to that long before or after ours, evenly spread

    // The life of an accepted message: queued, sending, sent, then delivered unless one of these happens.
    std::chrono::milliseconds delivery_time{3'000}; ///< until it is delivered: from half of that to one and a half
    double undelivered = 0;                         ///< probability of ending as undelivered, with an error code
    double failed = 0;                              ///< probability of ending as failed, with an error code
    double no_receipt = 0;                          ///< probability of staying as sent

    double messages_per_second = 0; ///< segments of each sender; the others wait in its queue. 0: no limit
    std::size_t queue_limit =
        0; ///< segments in a sender's queue; more get 429 / 21611, or 30001 from a service. 0: none

    // What lists show.
    std::chrono::milliseconds list_lag{0}; ///< until an accepted message is listed: up to that long, evenly spread
    bool pages_shift = false; ///< pages are counted off from the newest: they move when messages come or go
    std::map<simulated_list_fault, double> list_faults; ///< as `faults`, for answers to list requests

    /// What happens to the first, second, ... list request with that `To`; "" stands for those without. Nothing: it is
    /// answered well.
    std::map<std::string, std::vector<std::optional<simulated_list_fault>>> list_script;

    // What the message resource shows.
    bool trial_prefix = false;   ///< "Sent from your Twilio trial account - " before each text
    bool smart_encoding = false; ///< look-alike characters replaced, also where `SmartEncoded` was not asked for
    std::chrono::milliseconds clock_skew{0}; ///< all dates and the Date header are that much ahead (negative: behind)

    /// What is wrong with these settings, one line naming the option and the fix; empty when nothing is.
    std::string problem() const;
};

/// Adds what a scenario file says to `options`. The file is a JSON object; every member may be left out.
/// docs/simulator.md has them all.
/// @code{.json}
/// {"seed": 1, "latency_ms": 100, "latency_jitter_ms": 20, "max_concurrency": 10,
///  "faults": {"reply_lost": 0.01}, "script": {"+15551230001": ["reply_lost", "ok",
///  "error_before+foreign_equal@2000"]}}
/// @endcode
/// Errors: throws `std::invalid_argument` with one line that says what is wrong and how to fix it; `options` is then
/// unchanged.
TWILIO_SMS_API void apply_scenario(std::string_view json, simulator_options& options);

/// One message that the simulator accepted.
struct simulated_message {
    simulated_message() = default;

    std::string sid;
    std::string account_sid;
    std::string to;
    std::string from;                  ///< empty: a messaging service was to choose
    std::string messaging_service_sid; ///< empty without one
    std::string body;
    std::vector<std::string> media_urls;
    std::chrono::system_clock::time_point accepted_at{};

    /// What the client was told: "sent" (201), "lost", "reset", "stalled", "error", "cut", "garbled" (a fault of that
    /// kind), "client_gone" (it closed before the answer), "pending" (latency), "none" (it is foreign).
    std::string reply;

    bool foreign = false; ///< another program's
    bool late = false;    ///< accepted after its client had been left without a reply
    bool deleted = false; ///< no longer listed or fetched

    std::string feedback; ///< "confirmed" or "unconfirmed", as a client reported last; empty: nothing was reported
};

/// Counts since the start or the last reset.
/// requests = accepted + pending + rejected + throttled + `error_before`, `reset_before`, `stall_before` and
/// `conflict`. Messages of other programs count as `foreign` and nowhere else.
struct simulator_summary {
    simulator_summary() = default;

    std::uint64_t requests = 0;   ///< create requests
    std::uint64_t accepted = 0;   ///< messages taken, whatever the client was told
    std::uint64_t late = 0;       ///< those of them that were accepted late
    std::uint64_t pending = 0;    ///< messages that will be accepted late
    std::uint64_t deleted = 0;    ///< accepted messages that were deleted since
    std::uint64_t foreign = 0;    ///< messages of other programs
    std::uint64_t rejected = 0;   ///< turned away by a check; failed authentication and full queues, too
    std::uint64_t throttled = 0;  ///< 429 / 20429, by `max_concurrency` or by a fault
    std::uint64_t duplicates = 0; ///< accepted messages beyond the first with the same recipient and text
    std::map<simulated_fault, std::uint64_t> faults; ///< how often each was applied; those that never were are absent
};

/// A local Twilio for tests: the Messages resource (create, fetch, list, redact, cancel, delete) with Twilio's checks,
/// error bodies, magic numbers and headers, faults on request, and the truth about what it accepted, also over HTTP:
/// `GET /__truth` (JSON), `GET /__truth/messages` (a JSON line for each message), `DELETE /__truth` (forget).
///
/// Thread safety: the functions may be called from any thread; destruction and move may not overlap with them.
///
/// @code
/// asio::io_context io;
/// sms::simulator twilio(io.get_executor(), sms::simulator_options());
/// sms::provider_options options;
/// options.base_url = twilio.base_url();
/// options.ca_file = "ca.pem"; // holding twilio.ca_pem()
/// ...
/// assert(twilio.summary().accepted == 1);
/// @endcode
class TWILIO_SMS_API simulator {
public:
    /// Listens at once; answers while `executor` runs.
    /// Errors: throws `std::invalid_argument` (`problem()` of the options) or `boost::system::system_error` (the
    /// address is in use, say).
    simulator(asio::any_io_executor executor, simulator_options options);

    /// As `stop`.
    ~simulator();

    simulator(simulator&&) noexcept;
    simulator& operator=(simulator&&) noexcept;

    std::uint16_t port() const noexcept;

    /// For `provider_options::base_url`, e.g. "https://127.0.0.1:4010".
    std::string base_url() const;

    /// The certificate of the CA that it made for this run, to be trusted by clients; empty without TLS.
    std::string const& ca_pem() const noexcept;

    simulator_summary summary() const;

    /// Every accepted message, foreign ones included, in the order in which the simulator came to know of them.
    std::vector<simulated_message> messages() const;

    /// Forgets messages and counts, and begins the sequence of faults and the scripts anew.
    void reset();

    /// Closes the listener and all connections, so that the executor's context can run out of work. Idempotent.
    /// Takes effect on the executor, soon.
    void stop() noexcept;

    class TWILIO_SMS_LOCAL impl;

private:
    std::shared_ptr<impl> impl_;
};

} // namespace twilio_sms
