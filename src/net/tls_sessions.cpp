#include "net/tls_sessions.hpp"
#include <algorithm>
#include <deque>
#include <memory>
#include <new>
#include <openssl/x509_vfy.h>
#include <string>

namespace twilio_sms::detail {
namespace {

struct session_free {
    void operator()(SSL_SESSION* s) const noexcept { SSL_SESSION_free(s); }
};
using session_ptr = std::unique_ptr<SSL_SESSION, session_free>;

// The host whose certificate a connection checks. A resumed connection does not look at the certificate again, so
// this must be the same as it was.
std::string checked_host(SSL* ssl)
{
    X509_VERIFY_PARAM* const checks = SSL_get0_param(ssl);
    if (char const* const name = X509_VERIFY_PARAM_get0_host(checks, 0))
        return name;
    if (char* const address = X509_VERIFY_PARAM_get1_ip_asc(checks)) {
        std::string const copy(address);
        OPENSSL_free(address);
        return copy;
    }
    return {};
}

class session_store {
public:
    std::uint64_t next_number() const noexcept { return next_number_; }

    // A copy: OpenSSL spoils the session of a connection that ends without a farewell, as TLS 1.0 wanted it.
    void keep(std::string host, SSL_SESSION* of_connection)
    {
        session_ptr session(SSL_SESSION_dup(of_connection));
        if (!session)
            return;
        constexpr std::size_t most = 8;
        if (kept_.size() == most)
            kept_.pop_front();
        kept_.push_back({std::move(host), std::move(session), next_number_++});
    }

    session_ptr take(std::string const& host)
    {
        auto const newest = std::find_if(kept_.rbegin(), kept_.rend(), [&](kept const& k) { return k.host == host; });
        if (newest == kept_.rend())
            return nullptr;
        auto session = std::move(newest->session);
        kept_.erase(std::next(newest).base());
        return session;
    }

    void forget_before(std::uint64_t number)
    {
        std::erase_if(kept_, [number](kept const& k) { return k.number < number; });
    }

private:
    struct kept {
        std::string host;
        session_ptr session;
        std::uint64_t number;
    };
    std::deque<kept> kept_; // the newest last
    std::uint64_t next_number_ = 0;
};

void delete_store(void*, void* store, CRYPTO_EX_DATA*, int, long, void*)
{
    delete static_cast<session_store*>(store);
}

// Where contexts have their store.
int store_index()
{
    static int const index = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, delete_store);
    return index;
}

session_store* store_of(SSL* ssl)
{
    return static_cast<session_store*>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(ssl), store_index()));
}

// OpenSSL shows a session; 0 leaves it its own.
int on_new_session(SSL* ssl, SSL_SESSION* session) noexcept
{
    auto* const store = store_of(ssl);
    if (store && SSL_get_verify_result(ssl) == X509_V_OK && SSL_SESSION_is_resumable(session) == 1)
        store->keep(checked_host(ssl), session);
    return 0;
}

} // namespace

void keep_tls_sessions(SSL_CTX* client_context)
{
    auto store = std::make_unique<session_store>();
    if (SSL_CTX_set_ex_data(client_context, store_index(), store.get()) != 1)
        throw std::bad_alloc();
    store.release(); // the context's now
    SSL_CTX_set_session_cache_mode(client_context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(client_context, on_new_session);
}

session_offer::session_offer(SSL* ssl)
{
    auto* const store = store_of(ssl);
    if (!store)
        return;
    begun_ = store->next_number();
    if (auto const session = store->take(checked_host(ssl)))
        offered_ = SSL_set_session(ssl, session.get()) == 1;
}

void session_offer::handshake_ended(SSL* ssl, bool well)
{
    if (!offered_)
        return;
    offered_ = false;
    auto* const store = store_of(ssl);
    if (!well || SSL_session_reused(ssl) != 1)
        store->forget_before(begun_);
    else if (SSL_version(ssl) < TLS1_3_VERSION) // a ticket of TLS 1.3 would let others see who comes again
        store->keep(checked_host(ssl), SSL_get0_session(ssl));
}

} // namespace twilio_sms::detail
