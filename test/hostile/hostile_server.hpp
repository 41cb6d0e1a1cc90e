// A TLS server that does what a script says, byte by byte, and remembers what it could read.
#pragma once
#include "net/tls_context.hpp"
#include "support/self_signed.hpp"
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <future>
#include <memory>
#include <openssl/ssl.h>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace twilio_sms::test {

/// How a server leaves: says goodbye in TLS first, only closes its direction, or resets the connection.
enum class goodbye { proper, cut, reset };

/// One accepted connection, from the server's side. Every wait ends after a while, so no script hangs.
class peer {
public:
    peer(int socket, SSL_CTX* context);
    ~peer();
    peer(peer const&) = delete;
    peer& operator=(peer const&) = delete;

    // ---- the network below TLS ----
    bool send_raw(std::string_view bytes); ///< false when the client has gone
    bool receive();                        ///< hands what comes to TLS; false at the end
    void drain();                          ///< receives to the end
    void half_close();                     ///< says no more, but listens
    void leave(goodbye how);               ///< after `proper` and `cut` the server still listens

    // ---- TLS ----
    SSL* tls() noexcept { return ssl_.get(); }

    /// Shakes hands. Of the server's bytes only the first `at_most` are sent; false when that was not enough.
    bool shake_hands(std::size_t at_most = std::string::npos);

    /// Shakes hands, but keeps what would be sent last: it is `pending`.
    bool shake_hands_but_for_the_end();

    /// What of the TLS engine's output is still to be sent.
    std::string pending();
    bool flush() { return send_raw(pending()); }

    /// Bytes that carry this text.
    std::string sealed(std::string_view plain);

    /// Sends the text, in one record if it fits.
    bool send(std::string_view plain) { return send_raw(sealed(plain)); }

    /// The next whole request, or "" when none comes.
    std::string read_request();

    int requests() const noexcept { return requests_; }
    bool left() const noexcept { return left_; }

private:
    bool read_plain(); // what has been received

    struct ssl_free {
        void operator()(SSL* s) const noexcept { SSL_free(s); }
    };
    int socket_;
    std::unique_ptr<SSL, ssl_free> ssl_;
    std::string plain_;
    std::size_t sent_of_handshake_ = 0;
    int requests_ = 0;
    bool left_ = false;
};

/// What the server does with the first connection. When it returns and the connection is still open, the server goes on
/// as a good one, as it is from the beginning on every other connection.
using script = std::function<void(peer&)>;

inline std::string const scripted_sid =
    "SM11111111111111111111111111111111";                                 ///< what scripts grant for the first request
inline std::string const evil_sid = "SM66666666666666666666666666666666"; ///< granted for no request

/// A good answer.
std::string created(std::string const& sid = scripted_sid);

/// `HTTP/1.1 STATUS`, these header lines (each with its CR LF), the body's length and the body.
std::string reply(std::string_view status, std::string_view headers, std::string_view body);

/// On 127.0.0.1, a thread for each connection.
class hostile_server {
public:
    /// `version`: TLS1_2_VERSION or TLS1_3_VERSION, the only one offered.
    hostile_server(certificate const& own, int version, script play);
    ~hostile_server();
    hostile_server(hostile_server const&) = delete;
    hostile_server& operator=(hostile_server const&) = delete;

    std::uint16_t port() const noexcept { return port_; }

    /// Waits until the script has come to its end; false if it has not begun or does not end.
    bool script_ended();

    /// After the client has gone: waits until everything it sent has been read.
    void finish();

    int connections() const noexcept { return connections_; }
    int scripted_requests() const noexcept { return scripted_requests_; } ///< whole ones that the script could read

    /// The SID that a good answer granted last, and on which connection (0 is the script's).
    std::string granted_sid() const;
    int granted_on() const noexcept { return granted_on_; }

private:
    void accept_all();
    void serve(int socket, int number);

    detail::tls_context context_;
    script play_;
    int listener_;
    std::uint16_t port_ = 0;
    std::promise<void> script_end_;
    std::atomic<int> connections_ = 0, scripted_requests_ = 0, granted_ = 0, granted_on_ = -1;
    std::vector<std::thread> threads_;
    std::thread acceptor_;
};

} // namespace twilio_sms::test
