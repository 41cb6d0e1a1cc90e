#include "http_server/http_server.hpp"
#include "http_server/connection.hpp"
#include <boost/asio/steady_timer.hpp>

namespace twilio_sms::detail::server {
namespace {

constexpr std::chrono::milliseconds accept_pause{50}; // when out of file descriptors, say

} // namespace

class http_server::listener : public std::enable_shared_from_this<listener> {
public:
    listener(asio::any_io_executor executor, asio::ip::tcp::endpoint const& address, tls_context tls,
             request_handler handler)
        : acceptor_(executor), pause_(executor), server_(std::make_shared<server_state>())
    {
        acceptor_.open(address.protocol());
        acceptor_.set_option(asio::socket_base::reuse_address(true));
        acceptor_.bind(address);
        acceptor_.listen(4096); // bursts of a benchmark; the kernel caps it
        server_->tls = std::move(tls);
        server_->handler = std::move(handler);
    }

    asio::ip::tcp::endpoint local_endpoint() const { return acceptor_.local_endpoint(); }

    void accept()
    {
        acceptor_.async_accept([self = shared_from_this()](error_code ec, asio::ip::tcp::socket socket) {
            if (!self->acceptor_.is_open())
                return;
            if (ec)
                return self->accept_later();
            auto const c = std::make_shared<connection>(std::move(socket), self->server_);
            c->start();
            self->accept();
        });
    }

    void stop() noexcept
    {
        error_code ignored;
        acceptor_.close(ignored);
        pause_.cancel();
        // `abort` may free connections, and with them their place in the list.
        for (auto i = server_->connections.begin(); i != server_->connections.end();) {
            auto const keep = (i++)->shared_from_this();
            keep->abort();
        }
        server_->handler = nullptr; // breaks the cycle server -> handler -> whoever owns the server
    }

private:
    void accept_later()
    {
        pause_.expires_after(accept_pause);
        pause_.async_wait([self = shared_from_this()](error_code) {
            if (self->acceptor_.is_open())
                self->accept();
        });
    }

    asio::ip::tcp::acceptor acceptor_;
    asio::steady_timer pause_;
    std::shared_ptr<server_state> server_;
};

http_server::http_server(asio::any_io_executor executor, asio::ip::tcp::endpoint const& address, tls_context tls,
                         request_handler handler)
    : listener_(std::make_shared<listener>(std::move(executor), address, std::move(tls), std::move(handler))),
      local_(listener_->local_endpoint())
{
    listener_->accept();
}

http_server::~http_server()
{
    stop();
}

void http_server::stop() noexcept
{
    listener_->stop();
}

} // namespace twilio_sms::detail::server
