// The other end of a wire, in memory: what a server could read is exactly what this one reads.
#pragma once
#include "net/tls_context.hpp"
#include "net/wire.hpp"
#include "support/self_signed.hpp"
#include <array>
#include <cstdio>
#include <fstream>
#include <string>
#include <string_view>
#include <unistd.h>

namespace twilio_sms::test {

/// Both sides' TLS settings, with one throw-away certificate.
struct tls_pair {
    detail::tls_context client;
    detail::tls_context server;

    explicit tls_pair(int version = 0)
    {
        auto const made = make_self_signed_certificate();
        server = detail::make_server_tls_context(made.certificate_pem, made.key_pem);
        std::string const path = "test-ca-" + std::to_string(getpid()) + ".pem";
        std::ofstream(path) << made.certificate_pem;
        client = detail::make_client_tls_context(path);
        std::remove(path.c_str());
        if (version != 0) {
            SSL_CTX_set_min_proto_version(client.get(), version);
            SSL_CTX_set_max_proto_version(client.get(), version);
        }
    }
};

/// A TLS server that collects the plain text it can decrypt.
class memory_peer {
public:
    explicit memory_peer(SSL_CTX* context) : tls_(detail::tls_engine::server(context)) {}

    void received(std::span<char const> bytes)
    {
        tls_.received(bytes);
        if (!shaken_ && tls_.handshake() == detail::tls_engine::status::ok)
            shaken_ = true;
        if (!shaken_)
            return;
        std::array<char, 16384> buffer;
        std::size_t size = 0;
        while (tls_.read(buffer, size) == detail::tls_engine::status::ok)
            read_.append(buffer.data(), size);
    }

    void write(std::string_view plain) { tls_.write(plain); }
    void shutdown() { tls_.shutdown(); }

    /// Everything it has to say, taken.
    std::string output()
    {
        auto const out = tls_.output();
        std::string bytes(out.begin(), out.end());
        tls_.consumed(bytes.size());
        return bytes;
    }

    std::string const& plain_text() const noexcept { return read_; } ///< what it could read so far
    bool shaken() const noexcept { return shaken_; }

private:
    detail::tls_engine tls_;
    std::string read_;
    bool shaken_ = false;
};

/// Hands up to `limit` bytes of the wire's output to the peer; returns how many.
inline std::size_t deliver(detail::wire& from, memory_peer& to, std::size_t limit = std::string::npos)
{
    std::size_t moved = 0;
    while (moved < limit && !from.output().empty()) {
        auto const part = from.output().first(std::min(limit - moved, from.output().size()));
        std::string const bytes(part.begin(), part.end());
        from.consumed(bytes.size());
        to.received(bytes);
        moved += bytes.size();
    }
    return moved;
}

/// Runs the handshake to its end.
inline void shake_hands(detail::wire& client, memory_peer& server)
{
    while (client.now() == detail::wire::state::handshaking || !server.shaken()) {
        deliver(client, server);
        client.received(server.output());
        if (client.now() == detail::wire::state::failed)
            return;
    }
}

struct connected_pair {
    detail::wire client;
    memory_peer server;
};

/// Both ends of a TLS connection after its handshake.
inline connected_pair connected(tls_pair const& tls)
{
    connected_pair both{detail::wire::secure(tls.client.get(), "localhost"), memory_peer(tls.server.get())};
    shake_hands(both.client, both.server);
    return both;
}

} // namespace twilio_sms::test
