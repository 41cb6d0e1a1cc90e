#include "net/tls_context.hpp"
#include <openssl/err.h>
#include <openssl/pem.h>
#include <stdexcept>

namespace twilio_sms::detail {
namespace {

struct bio_free {
    void operator()(BIO* b) const noexcept { BIO_free(b); }
};
struct x509_free {
    void operator()(X509* x) const noexcept { X509_free(x); }
};
struct pkey_free {
    void operator()(EVP_PKEY* k) const noexcept { EVP_PKEY_free(k); }
};
using bio_ptr = std::unique_ptr<BIO, bio_free>;

std::string openssl_reason()
{
    auto const* reason = ERR_reason_error_string(ERR_peek_last_error());
    ERR_clear_error();
    return reason ? reason : "unknown reason";
}

tls_context make_context(SSL_METHOD const* method)
{
    tls_context context(SSL_CTX_new(method));
    if (!context || SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION) != 1)
        throw std::runtime_error("OpenSSL has no TLS 1.2: " + openssl_reason());
    // A write may stop half-way and go on from another buffer.
    SSL_CTX_set_mode(context.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    return context;
}

} // namespace

tls_context make_client_tls_context(std::string const& ca_file)
{
    auto context = make_context(TLS_client_method());
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    int const loaded = ca_file.empty() ? SSL_CTX_set_default_verify_paths(context.get())
                                       : SSL_CTX_load_verify_file(context.get(), ca_file.c_str());
    if (loaded != 1) {
        ERR_clear_error();
        throw std::runtime_error("ca_file: cannot read certificates from '" + ca_file +
                                 "': name a PEM file with the trusted roots");
    }
    return context;
}

tls_context make_server_tls_context(std::string const& certificate_chain_pem, std::string const& private_key_pem)
{
    auto context = make_context(TLS_server_method());
    bio_ptr const chain(BIO_new_mem_buf(certificate_chain_pem.data(), static_cast<int>(certificate_chain_pem.size())));
    bool first = true;
    for (;;) {
        std::unique_ptr<X509, x509_free> certificate(PEM_read_bio_X509(chain.get(), nullptr, nullptr, nullptr));
        if (!certificate)
            break;
        long const ok = first ? SSL_CTX_use_certificate(context.get(), certificate.get())
                              : SSL_CTX_add1_chain_cert(context.get(), certificate.get());
        if (ok != 1)
            throw std::runtime_error("server certificate: " + openssl_reason());
        first = false;
    }
    ERR_clear_error(); // the end of the text reads as an error
    bio_ptr const key_text(BIO_new_mem_buf(private_key_pem.data(), static_cast<int>(private_key_pem.size())));
    std::unique_ptr<EVP_PKEY, pkey_free> const key(PEM_read_bio_PrivateKey(key_text.get(), nullptr, nullptr, nullptr));
    if (first || !key || SSL_CTX_use_PrivateKey(context.get(), key.get()) != 1 ||
        SSL_CTX_check_private_key(context.get()) != 1)
        throw std::runtime_error("server certificate or key is not usable: " + openssl_reason());
    return context;
}

} // namespace twilio_sms::detail
