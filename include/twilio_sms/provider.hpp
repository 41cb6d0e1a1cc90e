// The provider: sends messages through Twilio.
#pragma once
#include <boost/asio/any_completion_executor.hpp>
#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <ranges>
#include <string_view>
#include <twilio_sms/bulk.hpp>
#include <twilio_sms/error.hpp>
#include <twilio_sms/export.hpp>
#include <twilio_sms/messages.hpp>
#include <twilio_sms/notification.hpp>
#include <twilio_sms/provider_options.hpp>
#include <twilio_sms/receipt.hpp>
#include <type_traits>
#include <utility>

namespace twilio_sms {

struct provider_stats; // stats.hpp

/// What one call may set apart from the provider's options.
struct send_options {
    send_options() = default;
    explicit send_options(std::chrono::steady_clock::time_point when) : deadline(when) {}

    /// The send ends by then at the latest, with an exact fate. Use it in place of `send() || timer`,
    /// which throws the outcome away. None: only `provider_options::total_timeout` holds.
    std::optional<std::chrono::steady_clock::time_point> deadline;
};

namespace detail {

using send_handler = asio::any_completion_handler<void(result<receipt>)>;

/// Told, on the provider's strand, when a message leaves the way of others, since Twilio is to be asked about it
/// (true), and when that is over (false).
class parking_watcher {
public:
    virtual void parked(bool is) = 0;

protected:
    ~parking_watcher() = default;
};

/// A message checked and encoded, ready to go into the queue. Dropping it unstarted sends nothing.
class TWILIO_SMS_API prepared_send {
public:
    prepared_send() = default;
    explicit prepared_send(std::shared_ptr<void> operation) noexcept : operation_(std::move(operation)) {}
    prepared_send(prepared_send&&) = default; // not copied: a message is sent once
    prepared_send& operator=(prepared_send&&) = default;
    /// Calls the handler, a `void(result<receipt>)`, on its associated executor. `watcher`, if any, must live until
    /// then.
    template <class Handler>
    void start(Handler handler, parking_watcher* watcher = nullptr) &&
    {
        // Executors of the provider's own kind, nearly all, are kept without heap allocations.
        auto const where = asio::get_associated_executor(handler, executor());
        using kind = std::conditional_t<std::is_convertible_v<decltype(where), asio::any_io_executor>,
                                        asio::any_io_executor, asio::any_completion_executor>;
        std::move(*this).start_on(kind(where), send_handler(std::move(handler)), watcher);
    }

private:
    asio::any_io_executor const& executor() const noexcept;
    void start_on(asio::any_io_executor const& where, send_handler handler, parking_watcher* watcher) &&;
    void start_on(asio::any_completion_executor const& where, send_handler handler, parking_watcher* watcher) &&;

    std::shared_ptr<void> operation_;
};

} // namespace detail

/// Sends SMS and MMS through Twilio over pooled HTTPS connections, and says for every message what became of it.
///
/// Runs on the given executor; has no threads of its own, except that name look-ups use Asio's resolver thread.
/// Such a look-up cannot be cancelled: a send that runs out of time abandons it, but destroying the io_context
/// waits for it (bounded by the system resolver's own time-out).
///
/// `io_context::run()` does not return while connections are open: end with `close()`, destroy the provider,
/// or let `idle_timeout` pass.
///
/// Thread safety: every function may be called from any thread at any time, except destruction and move.
///
/// @code
/// asio::awaitable<void> hello(sms::provider& provider)
/// {
///     auto receipt = co_await provider.send({"+15558675310", "Your order has shipped"});
///     std::cout << receipt.sid << '\n';
/// }
/// @endcode
class TWILIO_SMS_API provider {
public:
    /// Does no I/O: connections are opened when there is something to send.
    /// Its copies of secrets are overwritten when they are replaced or it is destroyed; the caller's are the caller's.
    /// Errors: throws `options_error` naming every problem, `std::runtime_error` when `ca_file` holds no certificate.
    provider(asio::any_io_executor executor, provider_options options);

    provider(provider&&) noexcept;
    provider& operator=(provider&&) noexcept;

    /// Precondition: the executor's context still exists (as for every Asio object).
    /// Cancels what is outstanding, without waiting: each send and request completes with `errc::closed` and its exact
    /// fate.
    ~provider();

    /// Sends one message and returns when Twilio has accepted it. The notification is checked and encoded before
    /// this returns, so it need not outlive the call.
    ///
    /// Errors: throws `send_error`; its `details()` tell fate, conditions, Twilio's code and what to do.
    /// Cancellation (terminal, partial, total): before the request is handed over the fate is `not_sent`, after
    /// it `unknown`. Completes on the caller's executor.
    asio::awaitable<receipt> send(notification const& n, send_options options = {});

    /// The same without exceptions.
    asio::awaitable<result<receipt>> try_send(notification const& n, send_options options = {});

    /// The same for every completion token; signature `void(result<receipt>)`.
    /// The handler is called exactly once, on its associated executor (default: the provider's), never from
    /// within this function. Per-operation cancellation through the handler's cancellation slot.
    /// @code
    /// provider.async_send({"+15558675310", "hi"}, [](sms::result<sms::receipt> r) { ... });
    /// auto future = provider.async_send({"+15558675310", "hi"}, asio::use_future);
    /// @endcode
    template <asio::completion_token_for<void(result<receipt>)> CompletionToken>
    auto async_send(notification const& n, send_options options, CompletionToken&& token)
    {
        return asio::async_initiate<CompletionToken, void(result<receipt>)>(
            [](auto handler, detail::prepared_send operation) { std::move(operation).start(std::move(handler)); },
            token, prepare(n, options));
    }

    /// The same without options.
    template <asio::completion_token_for<void(result<receipt>)> CompletionToken>
    auto async_send(notification const& n, CompletionToken&& token)
    {
        return async_send(n, send_options(), std::forward<CompletionToken>(token));
    }

    /// Asks Twilio what became of a message whose fate is unknown: waits until `settle_time` has passed since its
    /// request, then looks for it in Twilio's list. For those who keep unknown outcomes themselves, with
    /// `unknown_policy::report` say. Sends nothing.
    ///
    /// Returns a receipt with `evidence::list` when Twilio has it; else the failure, its fate now `not_sent` when
    /// Twilio does not have it, still `unknown` when Twilio cannot tell or `total_timeout` passed. A failure of another
    /// fate, or without `unresolved`, comes back as it is.
    /// Precondition: a failure of this provider; of one for the same account it is judged without knowing what that
    /// one sent besides. Of equal messages, every one found answers for one failure; asked again, about a copy
    /// too, it gives the same answer.
    /// Cancellation (terminal, partial, total): the fate stays `unknown`. Completes on the caller's executor.
    /// @code
    /// if (outcome.has_error() && outcome.error().fate == sms::fate::unknown)
    ///     outcome = co_await provider.resolve(outcome.error());
    /// @endcode
    asio::awaitable<result<receipt>> resolve(failure unknown);

    /// Sends every message of a source: any input range of notifications, read lazily.
    /// An lvalue range must outlive the run; an rvalue is moved into it. After the provider is
    /// destroyed every outcome still missing is `errc::closed`.
    /// Precondition: `max_per_second`, when set, is above 0 and `shared_rate` is not set, and `max_in_flight`, when
    /// set, is at least 1 (else throws `std::invalid_argument`).
    /// @code
    /// auto run = provider.bulk(customers | std::views::transform(to_notification));
    /// while (auto item = co_await run.next())
    ///     std::cout << item->index << (item->outcome ? " sent\n" : " failed\n");
    /// @endcode
    template <std::ranges::input_range Range>
    requires std::convertible_to<std::ranges::range_reference_t<Range>, notification>
        bulk_run bulk(Range&& messages, bulk_options options = {});

    /// The same for a function that gives one message at a time.
    bulk_run bulk(notification_source source, bulk_options options = {});

    /// What can be done with messages that Twilio has: fetch, list, cancel, redact, remove, media, feedback.
    /// Usable from any thread, as long as it is wanted: it does not keep the provider.
    message_resource messages() const;

    /// Opens connections ahead of need, so that the first sends do not wait for handshakes: completes when so many are
    /// open, at most `max_connections`. `max_handshakes` of them are opened at once; `idle_timeout` holds for them too.
    ///
    /// Errors: throws `send_error` (fate `not_sent`) when one cannot be opened, or on `close`.
    /// Cancellation: the wait ends; those being opened are opened nevertheless.
    asio::awaitable<void> warm_up(std::size_t connections);

    /// Logs in with another auth token, or with another API key, from now on: requests begun after this returned use
    /// it, those of sends that wait or are repeated included. Requests under way end as they were begun. Connections
    /// stay. For the same account: `account_sid` and `subaccount_sid` are the options' still. Does no I/O, so nobody
    /// has checked yet that Twilio accepts them: what it refuses ends with `condition::account`, as ever. Errors:
    /// throws `options_error` when they are malformed; then the old ones stay in use.
    void replace_credentials(std::string_view auth_token);

    /// The same for an API key.
    void replace_credentials(std::string_view api_key, std::string_view api_secret);

    /// Refuses new sends and requests (`errc::closed`), waits until those begun have ended, then closes the
    /// connections.
    /// Cancellation: the wait ends; the provider stays closed to new sends.
    asio::awaitable<void> close();

    /// What happened so far, in numbers. Each number is exact, but they are read one after the other while sending goes
    /// on. Costs microseconds; no lock is taken.
    provider_stats stats() const noexcept;

    /// The executor that the provider runs on.
    asio::any_io_executor get_executor() const noexcept;

    class TWILIO_SMS_LOCAL impl;

private:
    detail::prepared_send prepare(notification const& n, send_options const& options) const;

    std::shared_ptr<impl> impl_;
};

template <std::ranges::input_range Range>
requires std::convertible_to<std::ranges::range_reference_t<Range>, notification>
    bulk_run provider::bulk(Range&& messages, bulk_options options)
{
    // Not std::views::all: Clang 14 cannot compile it with libstdc++. An lvalue is referred to, an rvalue kept.
    using range = std::remove_reference_t<Range>;
    struct state {
        std::conditional_t<std::is_lvalue_reference_v<Range>, range&, range> messages;
        std::optional<std::ranges::iterator_t<range>> next; // empty before the first message
        explicit state(Range&& r) : messages(std::forward<Range>(r)) {}
    };
    // std::function wants something copyable, iterators of generators are not: hence the shared state.
    auto s = std::make_shared<state>(std::forward<Range>(messages));
    return bulk(notification_source([s]() -> std::optional<notification> {
                    if (s->next)
                        ++*s->next;
                    else
                        s->next.emplace(std::ranges::begin(s->messages));
                    if (*s->next == std::ranges::end(s->messages))
                        return std::nullopt;
                    return notification(**s->next);
                }),
                std::move(options));
}

} // namespace twilio_sms
