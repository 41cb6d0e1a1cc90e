#include "simulator/certificates.hpp"
#include <memory>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <stdexcept>

namespace twilio_sms::detail::sim {
namespace {

template <auto Free>
struct freer {
    template <class T>
    void operator()(T* p) const noexcept
    {
        Free(p);
    }
};
using key_ptr = std::unique_ptr<EVP_PKEY, freer<EVP_PKEY_free>>;
using certificate_ptr = std::unique_ptr<X509, freer<X509_free>>;
using extension_ptr = std::unique_ptr<X509_EXTENSION, freer<X509_EXTENSION_free>>;
using bio_ptr = std::unique_ptr<BIO, freer<BIO_free_all>>;

void require(bool ok, char const* doing)
{
    if (ok)
        return;
    auto const* reason = ERR_reason_error_string(ERR_get_error());
    throw std::runtime_error(std::string("simulator: cannot make certificates: ") + doing + ": " +
                             (reason ? reason : "unknown reason"));
}

key_ptr make_key()
{
    key_ptr key(EVP_EC_gen("P-256"));
    require(key != nullptr, "EC key");
    return key;
}

struct validity {
    long from_seconds; // from now
    long to_seconds;
};

constexpr long hour = 3600;
constexpr long day = 24 * hour;
constexpr validity usual{-hour, 365 * day}; // an hour back, for clocks that differ

certificate_ptr make_certificate(char const* name, validity valid, EVP_PKEY* key)
{
    certificate_ptr certificate(X509_new());
    require(certificate != nullptr, "certificate");
    X509* const c = certificate.get();
    unsigned char serial[8];
    require(RAND_bytes(serial, sizeof serial) == 1, "serial number");
    serial[0] &= 0x7F; // not negative
    BIGNUM* const number = BN_bin2bn(serial, sizeof serial, nullptr);
    bool const numbered = number && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(c)) != nullptr;
    BN_free(number);
    require(numbered, "serial number");
    X509_NAME* const subject = X509_get_subject_name(c); // owned by the certificate
    require(X509_set_version(c, X509_VERSION_3) == 1 &&
                X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, reinterpret_cast<unsigned char const*>(name),
                                           -1, -1, 0) == 1 &&
                X509_gmtime_adj(X509_getm_notBefore(c), valid.from_seconds) != nullptr &&
                X509_gmtime_adj(X509_getm_notAfter(c), valid.to_seconds) != nullptr && X509_set_pubkey(c, key) == 1,
            "certificate fields");
    return certificate;
}

void add_extension(X509* certificate, X509* issuer, int nid, char const* value)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    extension_ptr const extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value));
    require(extension && X509_add_ext(certificate, extension.get(), -1) == 1, value);
}

void sign(X509* certificate, X509* issuer, EVP_PKEY* issuer_key)
{
    require(X509_set_issuer_name(certificate, X509_get_subject_name(issuer)) == 1 &&
                X509_sign(certificate, issuer_key, EVP_sha256()) > 0,
            "signature");
}

certificate_ptr make_ca(EVP_PKEY* key)
{
    auto ca = make_certificate("twilio-sms simulator CA", usual, key);
    add_extension(ca.get(), ca.get(), NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
    add_extension(ca.get(), ca.get(), NID_key_usage, "critical,keyCertSign,cRLSign");
    add_extension(ca.get(), ca.get(), NID_subject_key_identifier, "hash");
    sign(ca.get(), ca.get(), key);
    return ca;
}

validity validity_of(certificate_kind kind) noexcept
{
    switch (kind) {
    case certificate_kind::expired: return {-10 * day, -day};
    case certificate_kind::not_yet_valid: return {day, 10 * day};
    default: return usual;
    }
}

template <class Write>
std::string pem(Write write)
{
    bio_ptr const out(BIO_new(BIO_s_mem()));
    require(out && write(out.get()) == 1, "PEM text");
    char* text = nullptr;
    long const size = BIO_get_mem_data(out.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

} // namespace

certificate_set make_certificates(certificate_kind kind)
{
    key_ptr const ca_key = make_key();
    certificate_ptr const ca = make_ca(ca_key.get());
    key_ptr const key = make_key();
    certificate_ptr const leaf = make_certificate("twilio-sms simulator", validity_of(kind), key.get());
    bool const self_signed = kind == certificate_kind::self_signed;
    X509* const issuer = self_signed ? leaf.get() : ca.get();
    add_extension(leaf.get(), issuer, NID_basic_constraints, "critical,CA:FALSE");
    add_extension(leaf.get(), issuer, NID_key_usage, "critical,digitalSignature");
    add_extension(leaf.get(), issuer, NID_ext_key_usage, "serverAuth");
    add_extension(leaf.get(), issuer, NID_subject_alt_name,
                  kind == certificate_kind::wrong_host ? "DNS:wrong-host.example"
                                                       : "DNS:localhost,IP:127.0.0.1,IP:::1");
    add_extension(leaf.get(), issuer, NID_subject_key_identifier, "hash");
    sign(leaf.get(), issuer, self_signed ? key.get() : ca_key.get());

    certificate_set set;
    set.ca_pem = pem([&](BIO* out) { return PEM_write_bio_X509(out, ca.get()); });
    set.server_chain_pem = pem([&](BIO* out) { return PEM_write_bio_X509(out, leaf.get()); });
    set.server_key_pem =
        pem([&](BIO* out) { return PEM_write_bio_PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr, nullptr); });
    return set;
}

} // namespace twilio_sms::detail::sim
