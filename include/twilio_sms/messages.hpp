// Messages that Twilio already has: fetch, list, cancel, redact and remove them, their media, feedback.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <twilio_sms/error.hpp>
#include <twilio_sms/export.hpp>

namespace twilio_sms {

namespace asio = boost::asio;

/// A message as Twilio shows it. What Twilio says nothing about is empty, or 0.
struct TWILIO_SMS_API message {
    message() = default;

    std::string sid; ///< `SM...` or `MM...`
    std::string account_sid;
    std::string to;
    std::string from;                  ///< empty while a messaging service has not chosen the sender
    std::string messaging_service_sid; ///< empty without one
    std::string text;                  ///< empty once redacted
    std::string status; ///< as Twilio names it: "queued", "sent", "delivered", "undelivered", "failed", "canceled", ...
    std::string direction; ///< "outbound-api", "inbound", ...
    int segments = 0;
    int media = 0;             ///< files it was sent with
    std::string price;         ///< a decimal number as Twilio writes it, "-0.00750"; empty until it is billed
    std::string price_unit;    ///< "USD", ...
    int error_code = 0;        ///< why it was not delivered; 0: no error
    std::string error_message; ///< Twilio's text for it
    std::optional<std::chrono::sys_seconds> date_created, date_updated; ///< Twilio's clock, as all dates
    std::optional<std::chrono::sys_seconds> date_sent;                  ///< nothing until it is
};

/// A file of a message; not its content.
struct TWILIO_SMS_API media_item {
    media_item() = default;

    std::string sid; ///< `ME...`
    std::string account_sid;
    std::string message_sid;
    std::string content_type; ///< "image/jpeg", ...
    std::optional<std::chrono::sys_seconds> date_created, date_updated;
};

/// Which messages to list; all of them when nothing is set.
struct list_filter {
    list_filter() = default;

    std::string to;                                      ///< exactly this recipient
    std::string from;                                    ///< exactly this sender
    std::optional<std::chrono::sys_days> sent_on;        ///< sent on this day of UTC
    std::optional<std::chrono::sys_seconds> sent_after;  ///< sent then or later
    std::optional<std::chrono::sys_seconds> sent_before; ///< sent then or earlier
    std::size_t page_size = 50; ///< messages asked for at a time, 1 to 1000. A page is at most 1 MiB, which 1000 long
                                ///< texts exceed (`errc::reply_too_large`)
};

/// Whether a message's recipient did what it was about: used its code, say.
enum class feedback_outcome : std::uint8_t { confirmed, unconfirmed };

/// "confirmed" or "unconfirmed".
constexpr std::string_view to_string(feedback_outcome o) noexcept
{
    return o == feedback_outcome::confirmed ? "confirmed" : "unconfirmed";
}

namespace detail {
class request_port;
}

/// Reads a list, item by item, with one page of it in memory. Made by `message_resource`; asks nothing until `next`.
/// Messages that come or go meanwhile may be missing, or shift others so that one is read twice.
/// Thread safety: one call at a time.
template <class T>
class TWILIO_SMS_API paged_list {
public:
    paged_list(paged_list&&) noexcept;
    paged_list& operator=(paged_list&&) noexcept;
    ~paged_list();

    /// The next item, or nothing at the end. After the provider's end or `close`: `errc::closed`, as soon as the page
    /// in memory is read.
    ///
    /// Errors: throws `send_error`, as `message_resource` does; call it again to go on where it failed. A list that
    /// leads to another host or path, or in a circle, ends with `errc::malformed_reply`: credentials go nowhere else.
    /// @code
    /// auto list = provider.messages().list();
    /// while (auto m = co_await list.next())
    ///     std::cout << m->sid << ' ' << m->status << '\n';
    /// @endcode
    asio::awaitable<std::optional<T>> next();
    asio::awaitable<result<std::optional<T>>> try_next(); ///< the same without exceptions

    class TWILIO_SMS_LOCAL impl;

private:
    friend class message_resource;
    explicit paged_list(std::shared_ptr<impl> i) noexcept;
    std::shared_ptr<impl> impl_;
};

using message_list = paged_list<message>;
using media_list = paged_list<media_item>;

/// What can be done with messages that Twilio has. Made by `provider::messages`: a light handle, to be copied freely.
/// It does not keep the provider: after `close` or destruction of that, every call ends with `errc::closed`.
///
/// Requests go over a few connections of their own (1 + `max_connections` / 8): sends never wait behind them, nor do
/// they wait behind sends. All of them are repeated after lost connections, time-outs, 5xx and 429 (`Retry-After` is
/// honoured), with the provider's `max_retries`, `retry_delay` and `total_timeout`, since repeating does no harm here:
/// each has the same effect however often it is made. Observers hear of connections, not of these requests.
///
/// Arguments are used before a function returns; they need not outlive the call. Each completes on the caller's
/// executor.
///
/// Errors: the plain forms throw `send_error`, the `try_` forms return its `failure`. Its fate is that of what was
/// asked for: `rejected` Twilio (or a check of ours) says no, and nothing was changed; `not_sent` it was not done, and
/// may be tried again; `unknown` a change was asked for and may have been made, or not. What only asks (fetch, lists)
/// never ends as `unknown`. An answer about anything else than what was asked for is `errc::malformed_reply`: it has
/// another SID, or the message is not canceled or redacted in it. A malformed SID is `errc::invalid_parameter`, without
/// any request; a message that does not exist is Twilio's code 20404 (30404 for cancel and redact).
///
/// Cancellation (terminal, partial, total) ends with `errc::cancelled`; a change that was handed over is `unknown`
/// then.
///
/// Thread safety: every function may be called from any thread at any time.
///
/// @code
/// auto message = co_await provider.messages().fetch(receipt.sid);
/// std::cout << message.status << '\n';
/// @endcode
class TWILIO_SMS_API message_resource {
public:
    /// The message as it is by now.
    asio::awaitable<message> fetch(std::string_view sid) const;
    asio::awaitable<result<message>> try_fetch(std::string_view sid) const;

    /// Newest first.
    message_list list(list_filter const& filter = {}) const;

    /// Cancels a scheduled message (`notification::send_at`), and returns what it is then: also when it had been
    /// cancelled before. Any other status is 30409.
    asio::awaitable<message> cancel(std::string_view sid) const;
    asio::awaitable<result<message>> try_cancel(std::string_view sid) const;

    /// Removes the text of a message, which must be in a final state (else 20009: try again in a minute).
    asio::awaitable<message> redact(std::string_view sid) const;
    asio::awaitable<result<message>> try_redact(std::string_view sid) const;

    /// Removes a message, which must be in a final state (else 20009), with all that Twilio keeps of it. One that is
    /// gone already is 20404, unless an earlier attempt of this call may have removed it.
    asio::awaitable<void> remove(std::string_view sid) const;
    asio::awaitable<result<void>> try_remove(std::string_view sid) const;

    /// The files of a message.
    media_list media(std::string_view sid) const;

    /// One file of a message.
    asio::awaitable<media_item> fetch_media(std::string_view sid, std::string_view media_sid) const;
    asio::awaitable<result<media_item>> try_fetch_media(std::string_view sid, std::string_view media_sid) const;

    /// Removes one file; as `remove`.
    asio::awaitable<void> remove_media(std::string_view sid, std::string_view media_sid) const;
    asio::awaitable<result<void>> try_remove_media(std::string_view sid, std::string_view media_sid) const;

    /// Tells Twilio whether the recipient did what the message was about, for one that was created to be told of
    /// (`ProvideFeedback`). The last word counts.
    asio::awaitable<void> feedback(std::string_view sid, feedback_outcome outcome) const;
    asio::awaitable<result<void>> try_feedback(std::string_view sid, feedback_outcome outcome) const;

private:
    friend class provider;
    explicit message_resource(std::weak_ptr<detail::request_port> port) noexcept;
    std::weak_ptr<detail::request_port> port_;
};

} // namespace twilio_sms
