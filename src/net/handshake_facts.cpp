#include "net/handshake_facts.hpp"
#include <ctime>
#include <memory>
#include <openssl/ssl.h>
#include <openssl/x509.h>

namespace twilio_sms::detail {
namespace {

// Control characters come out escaped.
std::string text_of(X509_NAME const* name)
{
    std::unique_ptr<BIO, int (*)(BIO*)> const out(BIO_new(BIO_s_mem()), BIO_free);
    if (!out || X509_NAME_print_ex(out.get(), name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB) < 0)
        return {};
    char* data = nullptr;
    long const size = BIO_get_mem_data(out.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

std::chrono::sys_seconds time_of(ASN1_TIME const* when)
{
    std::tm calendar{};
    if (ASN1_TIME_to_tm(when, &calendar) != 1)
        return {};
    return std::chrono::sys_seconds(std::chrono::seconds(::timegm(&calendar)));
}

// In place of OpenSSL's own check, which it calls.
int check(X509_STORE_CTX* store, void* into)
{
    auto& facts = *static_cast<handshake_facts*>(into);
    facts = {};
    auto* const ssl = static_cast<SSL*>(X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
    facts.protocol = SSL_get_version(ssl);
    auto* const sent = X509_STORE_CTX_get0_untrusted(store);
    for (int i = 0; i < sk_X509_num(sent); ++i) {
        auto const* const certificate = sk_X509_value(sent, i);
        facts.chain.push_back({text_of(X509_get_subject_name(certificate)), text_of(X509_get_issuer_name(certificate)),
                               time_of(X509_get0_notAfter(certificate))});
    }
    return X509_verify_cert(store);
}

} // namespace

void observe_handshakes(ssl_ctx_st* client_context, handshake_facts& into)
{
    SSL_CTX_set_cert_verify_callback(client_context, check, &into);
}

} // namespace twilio_sms::detail
