// What TLS connections of one side share: trust, certificates, protocol versions.
#pragma once
#include <memory>
#include <openssl/ssl.h>
#include <string>

namespace twilio_sms::detail {

struct ssl_ctx_free {
    void operator()(SSL_CTX* c) const noexcept { SSL_CTX_free(c); }
};
using tls_context = std::unique_ptr<SSL_CTX, ssl_ctx_free>;

/// For a client: TLS 1.2 and 1.3, the peer's certificate verified against `ca_file`, or the system's roots when empty.
/// Errors: throws `std::runtime_error` naming the file when it cannot be read or holds no certificate.
tls_context make_client_tls_context(std::string const& ca_file);

/// For a server: TLS 1.2 and 1.3 with this certificate chain and key, both PEM text.
/// Errors: throws `std::runtime_error`.
tls_context make_server_tls_context(std::string const& certificate_chain_pem, std::string const& private_key_pem);

} // namespace twilio_sms::detail
