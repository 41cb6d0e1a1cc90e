// One HTTP connection between memory buffers: TLS or plain, one request and its reply at a time. No socket:
// the owner moves bytes, so every exchange can be replayed failing at every byte.
#pragma once
#include "core/fate.hpp"
#include "crypto/secret_string.hpp"
#include "net/reply_parser.hpp"
#include "net/tls_engine.hpp"
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace twilio_sms::detail {

/// Not thread-safe.
class wire {
public:
    enum class state {
        tunnelling, ///< a proxy is asked for the way
        handshaking,
        ready,          ///< nothing outstanding; `start` may be called
        awaiting_reply, ///< a request is going out or its reply is coming
        replied,        ///< `reply()` is complete; `start` may be called when `reusable()`
        failed,         ///< over; `why()` and `reason()` tell
    };

    /// A TLS client connection that checks the certificate for `host`. With a `connect_request` that goes to a proxy
    /// first, in clear, and TLS begins when the proxy has agreed. `context` and `connect_request` must outlive it.
    static wire secure(SSL_CTX* context, std::string const& host, std::string_view connect_request = {});
    static wire plain();

    state now() const noexcept { return state_; }

    /// True until requests can be made.
    bool opening() const noexcept { return state_ == state::tunnelling || state_ == state::handshaking; }

    /// True while bytes must move: it is being opened, or an exchange is under way.
    bool busy() const noexcept { return opening() || state_ == state::awaiting_reply; }

    /// Begins an exchange. Precondition: `ready`, or `replied` and `reusable`.
    void start(std::string_view request);

    /// Bytes for the network, valid until the next call of another member. `consumed` tells how many the socket took.
    std::span<char const> output() const noexcept;
    void consumed(std::size_t n) noexcept;

    /// Bytes from the network. Between requests only TLS's own messages (session tickets) are fine.
    void received(std::span<char const> bytes);

    /// The peer closed its direction.
    void end_of_stream();

    /// The socket failed.
    void lose(std::string reason);

    /// The owner gives the connection up. The first reason stands.
    void fail(breakdown why, std::string reason);

    /// Gives back what an idle connection need not keep; the next request takes it again.
    void release_buffers() noexcept;

    /// Queues TLS's farewell, so that the server need not take the end for an attack.
    void close();

    /// How far the current or last request got.
    handover request_handover() const noexcept;

    reply_parser const& reply() const noexcept { return reply_; }

    /// After a reply: whether another request may follow.
    bool reusable() const noexcept;

    /// True when TLS went on with a session of an earlier connection.
    bool resumed() const noexcept { return tls_ && tls_->resumed(); }

    breakdown why() const noexcept { return why_; }
    std::string const& reason() const noexcept { return reason_; } ///< for people; holds nothing of a message

private:
    wire(std::optional<tls_engine> tls, std::string_view connect_request);
    void hear_proxy(std::span<char const> bytes);
    void advance_handshake();
    void read_plain();
    void ended(bool properly);
    void take_plain(std::span<char const> plain);
    void on_reply_status(reply_parser::status s);
    void fail_tls(std::string_view doing);
    std::uint64_t bytes_consumed() const noexcept;
    std::uint64_t bytes_produced() const noexcept;

    std::optional<tls_engine> tls_;
    std::string_view connect_request_; // what the proxy has not got yet
    bool proxy_heard_ = false;
    secret_string plain_out_;
    std::uint64_t plain_consumed_ = 0;
    std::size_t plain_taken_ = 0;

    state state_;
    reply_parser reply_;
    std::uint64_t request_begin_ = 0; // positions in the stream of bytes for the network
    std::uint64_t request_end_ = 0;
    bool one_record_ = false;
    bool tainted_ = false; // the peer closed, or sent what nobody asked for: no further request
    breakdown why_ = breakdown::none;
    std::string reason_;
};

} // namespace twilio_sms::detail
