#include "net/tls_engine.hpp"
#include "net/certificate_problem.hpp"
#include <boost/asio/ip/address.hpp>
#include <new>
#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <stdexcept>
#include <string_view>

namespace twilio_sms::detail {
namespace {

std::string describe_tls_error(unsigned long error)
{
    if (ERR_GET_LIB(error) == ERR_LIB_SSL)
        switch (ERR_GET_REASON(error)) {
        case SSL_R_UNSUPPORTED_PROTOCOL:         // what it chose
        case SSL_R_TLSV1_ALERT_PROTOCOL_VERSION: // its word for it
            return "the server has neither TLS 1.2 nor TLS 1.3";
        default: break;
        }
    auto const* reason = ERR_reason_error_string(error);
    return reason ? reason : "unknown reason";
}

// SSL_get_error looks at the thread's queue of errors, so it must be empty before each call. It nearly always is, and
// clearing it costs 800 instructions nevertheless.
void clear_errors() noexcept
{
    if (ERR_peek_error() != 0)
        ERR_clear_error();
}

} // namespace

tls_engine::tls_engine(SSL_CTX* context) : io_(std::make_unique<memory_bio>()), ssl_(SSL_new(context))
{
    if (!ssl_)
        throw std::bad_alloc();
    auto* const bio = io_->make();
    SSL_set_bio(ssl_.get(), bio, bio);
}

tls_engine tls_engine::client(SSL_CTX* context, std::string const& host)
{
    tls_engine engine(context);
    SSL* const ssl = engine.ssl_.get();
    boost::system::error_code not_an_address;
    boost::asio::ip::make_address(host, not_an_address);
    bool ok = true;
    if (not_an_address) {
        ok = SSL_set_tlsext_host_name(ssl, host.c_str()) == 1 && SSL_set1_host(ssl, host.c_str()) == 1;
        SSL_set_hostflags(ssl, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    } else {
        ok = X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host.c_str()) == 1;
    }
    if (!ok)
        throw std::invalid_argument("not a host name: " + host);
    SSL_set_connect_state(ssl);
    engine.sessions_ = session_offer(ssl);
    return engine;
}

tls_engine tls_engine::server(SSL_CTX* context)
{
    tls_engine engine(context);
    SSL_set_accept_state(engine.ssl_.get());
    return engine;
}

tls_engine::status tls_engine::after(int result)
{
    switch (SSL_get_error(ssl_.get(), result)) {
    case SSL_ERROR_NONE: return status::ok;
    case SSL_ERROR_WANT_READ: return status::want_input;
    case SSL_ERROR_ZERO_RETURN: return status::closed;
    default: break;
    }
    failed_ = true;
    if (long const verify = SSL_get_verify_result(ssl_.get()); verify != X509_V_OK)
        error_ = describe_certificate_problem(verify);
    else
        error_ = describe_tls_error(ERR_peek_last_error());
    return status::failed;
}

tls_engine::status tls_engine::handshake()
{
    clear_errors();
    auto const result = after(SSL_do_handshake(ssl_.get()));
    if (result != status::want_input)
        sessions_.handshake_ended(ssl_.get(), result == status::ok);
    return result;
}

tls_engine::status tls_engine::write(std::span<char const> plain)
{
    clear_errors();
    while (!plain.empty()) {
        std::size_t written = 0;
        if (int const result = SSL_write_ex(ssl_.get(), plain.data(), plain.size(), &written); result != 1)
            return after(result);
        plain = plain.subspan(written);
    }
    return status::ok;
}

tls_engine::status tls_engine::read(std::span<char> plain, std::size_t& size)
{
    clear_errors();
    size = 0;
    int const result = SSL_read_ex(ssl_.get(), plain.data(), plain.size(), &size);
    return result == 1 ? status::ok : after(result);
}

bool tls_engine::input_left() const noexcept
{
    return !io_->input.empty() || SSL_has_pending(ssl_.get()) == 1;
}

void tls_engine::received(std::span<char const> bytes)
{
    io_->input.append(bytes);
}

void tls_engine::consumed(std::size_t n) noexcept
{
    consumed_total_ += n;
    io_->output.consume(n);
}

void tls_engine::release_buffers() noexcept
{
    // OpenSSL before 3.0.14 frees them although it has begun with a record, and uses them afterwards (CVE-2024-4741).
    bool const between_records = std::string_view(SSL_rstate_string(ssl_.get())) == "RH";
    if (between_records && SSL_has_pending(ssl_.get()) == 0)
        SSL_free_buffers(ssl_.get());
}

void tls_engine::shutdown()
{
    clear_errors();
    if (!failed_)
        SSL_shutdown(ssl_.get());
    clear_errors();
}

std::string tls_engine::error() const
{
    return error_;
}

bool tls_engine::certificate_rejected() const noexcept
{
    return failed_ && SSL_get_verify_result(ssl_.get()) != X509_V_OK;
}

} // namespace twilio_sms::detail
