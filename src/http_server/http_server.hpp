// A small HTTP/1.1 server: TLS or plain, keep-alive, answers when the handler decides.
#pragma once
#include "http_server/request.hpp"
#include "http_server/responder.hpp"
#include "net/tls_context.hpp"
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <memory>

namespace twilio_sms::detail::server {

namespace asio = boost::asio;
using request_handler = std::function<void(request const&, responder)>;

/// Listens from construction to `stop` or destruction. All work and the handler's calls happen on `executor`, which
/// must not run two handlers at once (a strand, or an io_context with one thread). Not thread-safe.
class http_server {
public:
    /// `tls` null: plain HTTP.
    /// Errors: throws `boost::system::system_error` when the address cannot be listened on.
    http_server(asio::any_io_executor executor, asio::ip::tcp::endpoint const& address, tls_context tls,
                request_handler handler);
    ~http_server();
    http_server(http_server const&) = delete;
    http_server& operator=(http_server const&) = delete;

    asio::ip::tcp::endpoint local_endpoint() const noexcept { return local_; }

    /// Closes the listener and every connection at once. Responders that are still held do nothing from then on.
    void stop() noexcept;

private:
    class listener;
    std::shared_ptr<listener> listener_;
    asio::ip::tcp::endpoint local_;
};

} // namespace twilio_sms::detail::server
