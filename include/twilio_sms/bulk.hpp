// Many messages from one lazily read source, in bounded memory.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <twilio_sms/error.hpp>
#include <twilio_sms/export.hpp>
#include <twilio_sms/notification.hpp>
#include <twilio_sms/receipt.hpp>

namespace twilio_sms {

namespace asio = boost::asio;

class rate_limit; // rate_limit.hpp

/// Limits of one bulk run.
struct bulk_options {
    bulk_options() = default;

    std::optional<std::size_t>
        max_in_flight; ///< messages begun and not yet returned by `next`; none: the provider's `max_connections`.
                       ///< Those about which Twilio is being asked do not count
    std::optional<double> max_per_second;    ///< first attempts started a second; none: no limit. Must be above 0
    std::shared_ptr<rate_limit> shared_rate; ///< in place of `max_per_second`: a limit for all runs that are given it
};

/// The outcome of one message of a bulk run.
struct bulk_item {
    bulk_item() = default;
    bulk_item(std::size_t i, result<receipt> r) : index(i), outcome(std::move(r)) {}

    std::size_t index = 0;   ///< position in the source, from 0
    result<receipt> outcome; ///< as `provider::try_send` returns it
};

/// Gives the next message, or nothing at the end. Called only from within `bulk_run::next`.
using notification_source = std::function<std::optional<notification>()>;

/// A bulk run: made by `provider::bulk`, driven by calling `next` until it returns nothing.
/// Only so many messages are read from the source as may be in flight, beside at most 1,000 about which Twilio is
/// being asked, so any number of them takes the same memory. Destroying it lets messages in flight finish; their
/// outcomes then reach only the observer.
class TWILIO_SMS_API bulk_run {
public:
    bulk_run(bulk_run&&) noexcept;
    bulk_run& operator=(bulk_run&&) noexcept;
    ~bulk_run();

    /// Sends what the limits allow and waits for the next outcome, in the order in which they finish.
    /// Returns nothing when the source has ended (or `stop` was called) and every outcome has been returned.
    ///
    /// Errors: rethrows what the source throws, or `provider_options::trace_parent` for a message of it, which is not
    /// sent then; nothing more is read from the source, and further calls return the outcomes of the messages already
    /// begun.
    /// Cancellation: terminal, partial and total end the wait with `operation_aborted`; no outcome is lost,
    /// call `next` again.
    /// Thread safety: one call at a time. On the provider's own executor it goes on within the provider's strand, as
    /// handlers do: what follows until the next suspension, the source too, holds up sending.
    asio::awaitable<std::optional<bulk_item>> next();

    /// Reads nothing more from the source. Messages in flight go on; `next` returns their outcomes. One that was read,
    /// but waits since another run of the same rate was faster, ends with `errc::cancelled`, not sent.
    /// Thread safety: may be called from any thread, also while `next` waits.
    void stop() noexcept;

    class TWILIO_SMS_LOCAL impl;

private:
    friend class provider;
    explicit bulk_run(std::shared_ptr<impl> i) noexcept;
    std::shared_ptr<impl> impl_;
};

} // namespace twilio_sms
