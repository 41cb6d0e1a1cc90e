// TLS between memory buffers: no socket, so that every byte can be counted and every failure replayed.
#pragma once
#include "net/memory_bio.hpp"
#include "net/tls_sessions.hpp"
#include <cstddef>
#include <cstdint>
#include <memory>
#include <openssl/ssl.h>
#include <span>
#include <string>

namespace twilio_sms::detail {

/// One TLS connection, client or server. The owner moves bytes between it and the network:
///
///     received(bytes from the socket) -> handshake() / read()         bytes in
///     write(plain) -> output() -> consumed(n that the socket took)    bytes out
///
/// Not thread-safe.
class tls_engine {
public:
    enum class status {
        ok,
        want_input, ///< nothing to do until the peer sends more
        closed,     ///< the peer ended the stream properly (close_notify)
        failed,     ///< the connection is unusable; `error()` says why
    };

    /// A client that checks the certificate for `host`, a name (also sent as SNI) or an IP address.
    /// `context` must outlive the engine.
    static tls_engine client(SSL_CTX* context, std::string const& host);
    static tls_engine server(SSL_CTX* context);

    /// Moves the handshake on. `ok` when it is done. Send `output()` after each call, also after a failure (the alert).
    status handshake();

    /// Encrypts all of `plain`; the records appear in `output()`. Precondition: the handshake is done.
    status write(std::span<char const> plain);

    /// Decrypts what has been received into `plain`, as far as it fits; `size` is the number of bytes written.
    /// `ok` when `size` > 0.
    status read(std::span<char> plain, std::size_t& size);

    /// False when `read` would find nothing: all that was received has been decrypted and read.
    bool input_left() const noexcept;

    /// Bytes from the network.
    void received(std::span<char const> bytes);

    /// Bytes for the network, valid until the next call of another member; `consumed(n)` drops the first n.
    std::span<char const> output() const noexcept { return io_->output.bytes(); }
    void consumed(std::size_t n) noexcept;

    /// Gives OpenSSL's record buffers back, 33 KiB, unless something is in them. It allocates them again when needed.
    void release_buffers() noexcept;

    /// Queues close_notify.
    void shutdown();

    /// Bytes that have passed through `output()` and `consumed` since the start, and bytes produced since the start.
    std::uint64_t bytes_consumed() const noexcept { return consumed_total_; }
    std::uint64_t bytes_produced() const noexcept { return consumed_total_ + output().size(); }

    /// Why it failed, for people; "" before. Names the certificate problem where that is the reason.
    std::string error() const;

    /// After the handshake: true when it went on with a session of an earlier connection (see `keep_tls_sessions`).
    bool resumed() const noexcept { return SSL_session_reused(ssl_.get()) == 1; }

    /// True when the failure is that the peer's certificate is not trusted or is for another host.
    bool certificate_rejected() const noexcept;

private:
    explicit tls_engine(SSL_CTX* context);
    status after(int result);

    struct ssl_free {
        void operator()(SSL* s) const noexcept { SSL_free(s); }
    };
    std::unique_ptr<memory_bio> io_; // before ssl_, which uses it; on the heap, since that knows where it is
    std::unique_ptr<SSL, ssl_free> ssl_;
    std::uint64_t consumed_total_ = 0;
    session_offer sessions_;
    std::string error_;
    bool failed_ = false;
};

} // namespace twilio_sms::detail
