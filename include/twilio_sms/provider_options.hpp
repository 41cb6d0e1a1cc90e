// All settings of a provider, with defaults and units.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <twilio_sms/export.hpp>
#include <vector>

namespace twilio_sms {

class observer;

/// What to do with a message whose outcome is unknown: its request was handed over and no definite answer came.
enum class unknown_policy : std::uint8_t {
    /// Ask Twilio, `settle_time` after the request: accepted if its list has the message, repeated if not; ends with
    /// `fate::unknown` when Twilio cannot tell. Duplicates stay possible only where Twilio takes longer than that.
    resolve_then_retry,
    report, ///< end with `fate::unknown` at once, never repeat: duplicates are impossible
    retry,  ///< repeat it like a failed attempt: accepts that the recipient may get it twice
};

/// What to do with a media URL that Twilio could not fetch (not http or https, no host, ...).
enum class media_policy : std::uint8_t {
    drop,   ///< leave it out, with a `media_dropped` event, and send the rest
    reject, ///< reject the message with `errc::invalid_media_url`
};

/// Something wrong with a set of options.
struct option_problem {
    std::string option; ///< its name, e.g. "account_sid"
    std::string what;   ///< what is wrong. Never holds a secret
    std::string fix;    ///< what to do
};

/// Thrown by the provider's constructor. `what()` has one line for each problem.
class TWILIO_SMS_API options_error : public std::invalid_argument {
public:
    explicit options_error(std::vector<option_problem> problems);
    /// All of them.
    std::vector<option_problem> const& problems() const noexcept { return *problems_; }

private:
    std::shared_ptr<std::vector<option_problem> const> problems_;
};

/// Settings of a provider. A value: fill in the fields, or start with `from_environment()`.
struct TWILIO_SMS_API provider_options {
    provider_options() = default;

    std::string account_sid; ///< `AC` and 32 hex digits; required

    // The login: the account's token, or an API key with its secret. Never logged.
    std::string auth_token; ///< of `account_sid`
    std::string api_key;    ///< `SK` and 32 hex digits, in place of `auth_token`
    std::string api_secret; ///< of `api_key`

    /// `AC` and 32 hex digits: sends as this subaccount of `account_sid`, which still logs in. Empty: as the account.
    std::string subaccount_sid;

    // The sender: exactly one of the two.
    std::string from_number;           ///< E.164 number, short code, alphanumeric sender ID or channel address
    std::string messaging_service_sid; ///< `MG` and 32 hex digits

    int max_retries = 3;                         ///< repeats after the first attempt; 0: never repeat
    std::chrono::milliseconds retry_delay{1000}; ///< back-off starts here, doubles each time up to 30 s, full jitter

    unknown_policy when_unknown = unknown_policy::resolve_then_retry; ///< asked, repeated or reported

    /// How long after a request Twilio may still be taking its message, or not show it in its list: nothing is decided
    /// before. Less makes duplicates likelier, more keeps senders waiting.
    std::chrono::milliseconds settle_time{45'000};

    media_policy invalid_media = media_policy::drop; ///< left out, or the message rejected

    // Time limits, honoured to within 25 ms. Zero or less is an error; use `std::chrono::hours` for "practically none".
    std::chrono::milliseconds connect_timeout{5'000}; ///< name look-up, TCP connect and TLS handshake together
    std::chrono::milliseconds response_timeout{
        31'000}; ///< from the request to the whole reply; Twilio answers within 30 s
    std::chrono::milliseconds total_timeout{120'000}; ///< of one send from admission, waits and retries included
    std::chrono::milliseconds queue_timeout{10'000};  ///< wait for a free connection; bulk sends have no such limit

    std::size_t max_connections = 32;                      ///< also the limit of messages in flight
    std::size_t max_handshakes = 8;                        ///< connections being opened at once
    std::chrono::milliseconds idle_timeout{45'000};        ///< an unused connection is closed after this
    std::chrono::milliseconds max_connection_age{600'000}; ///< a connection is replaced after this, between requests

    std::string base_url = "https://api.twilio.com"; ///< the simulator goes here. `http://` only to loopback addresses
    std::string region;                              ///< of Twilio, like "au1"; needs a base_url below twilio.com
    std::string edge;                                ///< where to enter Twilio's network, like "sydney"; the same
    std::string ca_file;                             ///< PEM file of trusted roots; empty: the system's
    std::string proxy; ///< HTTP proxy for https URLs: "http://user:password@host:port", port 80 if none. Never logged
    std::string no_proxy; ///< reached without it: names, addresses, networks (10.0.0.0/8) or *, divided by commas
    bool allow_insecure_http = false; ///< lets `http://` go to any host: credentials travel in clear

    std::shared_ptr<twilio_sms::observer> observer; ///< null: silent, and free

    /// Gives the W3C trace context of whoever is sending: the value of a `traceparent` header, empty for none. Called
    /// in `send` and its like on the caller's thread, before they return, and by `bulk_run::next` when it takes a
    /// message; what it throws comes out of them, and the message is not sent. It goes with every request for the
    /// message and is in all events about it. A value of another form is left out. Must be thread-safe when the
    /// provider is used by several threads. Source: W3C Trace Context, section 3.2.
    std::function<std::string()> trace_parent;

    /// Reads TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_API_KEY, TWILIO_API_SECRET, TWILIO_FROM_NUMBER,
    /// TWILIO_MESSAGE_SERVICE_SID (or TWILIO_MESSAGING_SERVICE_SID), TWILIO_BASE_URL, TWILIO_REGION, TWILIO_EDGE and
    /// TWILIO_CA_BUNDLE; https_proxy or HTTPS_PROXY, and no_proxy or NO_PROXY. A variable that is unset or empty leaves
    /// what `below` has, or the default; but a sender of the environment replaces that of `below`, of whichever kind,
    /// and so does a login. A proxy of the environment is not used for this machine: `no_proxy` gets the loopback
    /// hosts, too. Checks nothing: the provider's constructor does.
    static provider_options from_environment();
    /// The same over other options, which hold where the environment is silent.
    static provider_options from_environment(provider_options below);

    /// All problems, each with its fix; empty when a provider can be made. Does no I/O,
    /// except to see whether `ca_file` can be read.
    std::vector<option_problem> validate() const;
};

} // namespace twilio_sms
