// TLS sessions of earlier connections, so that new ones need no full handshake.
#pragma once
#include <cstdint>
#include <openssl/ssl.h>

namespace twilio_sms::detail {

/// From now on the connections of this client context leave their sessions behind for later ones to the same host.
/// A few are kept, the newest, and each is used once; with TLS 1.2 again, as long as the server takes it.
/// Never early data. Not thread-safe: all connections of the context must be used on one strand.
void keep_tls_sessions(SSL_CTX* client_context);

/// One connection's use of what its context keeps, which may be nothing.
class session_offer {
public:
    session_offer() = default;

    /// Before the handshake, when the host to check is set: offers a session that was made with the same check.
    explicit session_offer(SSL* ssl);

    /// After the handshake. What the server refused, it will refuse again: older sessions are forgotten, too.
    void handshake_ended(SSL* ssl, bool well);

private:
    bool offered_ = false;
    std::uint64_t begun_ = 0; // sessions kept before this have smaller numbers
};

} // namespace twilio_sms::detail
