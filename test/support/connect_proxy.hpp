// An HTTP proxy on loopback, on a thread of its own, which remembers all it could read.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <twilio_sms/provider.hpp>
#include <vector>

namespace twilio_sms::test {

class connect_proxy {
public:
    /// Tunnels lead to this port of 127.0.0.1, whatever was asked for.
    explicit connect_proxy(std::uint16_t to_port) : to_port_(to_port)
    {
        acceptor_.listen();
        asio::co_spawn(io_, accept(), asio::detached);
        thread_ = std::thread([this] { io_.run(); });
    }
    ~connect_proxy()
    {
        io_.stop();
        thread_.join();
    }
    connect_proxy(connect_proxy const&) = delete;
    connect_proxy& operator=(connect_proxy const&) = delete;

    // What it does, to be set before the first connection.
    std::string wanted_field;   ///< a line that a request must have; else it gets 407
    std::string canned_answer;  ///< in place of a tunnel; then it closes
    bool silent = false;        ///< never answers
    std::size_t canned_times{}; ///< so often, then it tunnels; 0: always

    std::string place() const { return "127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port()); }

    std::vector<std::string> requests() const
    {
        std::scoped_lock const lock(mutex_);
        return requests_;
    }
    /// Everything from clients, the requests included.
    std::string seen() const
    {
        std::scoped_lock const lock(mutex_);
        return seen_;
    }

private:
    using tcp = asio::ip::tcp;
    using socket_ptr = std::shared_ptr<tcp::socket>;

    asio::awaitable<void> accept()
    {
        for (;;) {
            auto const client = std::make_shared<tcp::socket>(io_);
            co_await acceptor_.async_accept(*client, asio::use_awaitable);
            asio::co_spawn(io_, serve(client), asio::detached);
        }
    }

    asio::awaitable<void> serve(socket_ptr client)
    {
        boost::system::error_code ec;
        std::string head;
        auto const size = co_await asio::async_read_until(*client, asio::dynamic_buffer(head), "\r\n\r\n",
                                                          asio::redirect_error(asio::use_awaitable, ec));
        if (ec)
            co_return;
        auto const rest = head.substr(size);
        head.resize(size);
        note(head + rest, head);
        if (silent) {
            char byte = 0;
            co_await client->async_read_some(asio::buffer(&byte, 1), asio::redirect_error(asio::use_awaitable, ec));
            co_return;
        }
        std::string answer = "HTTP/1.1 200 Connection established\r\n\r\n";
        if (head.find(wanted_field) == std::string::npos)
            answer = "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"test\"\r\n"
                     "Content-Length: 2\r\n\r\nno";
        else if (!canned_answer.empty() && (canned_times == 0 || requests().size() <= canned_times))
            answer = canned_answer;
        co_await asio::async_write(*client, asio::buffer(answer), asio::redirect_error(asio::use_awaitable, ec));
        if (ec || !answer.starts_with("HTTP/1.1 200 Connection"))
            co_return;
        auto const server = std::make_shared<tcp::socket>(io_);
        co_await server->async_connect({asio::ip::address_v4::loopback(), to_port_},
                                       asio::redirect_error(asio::use_awaitable, ec));
        if (ec)
            co_return;
        asio::co_spawn(io_, pump(client, server, true), asio::detached);
        asio::co_spawn(io_, pump(server, client, false), asio::detached);
    }

    asio::awaitable<void> pump(socket_ptr from, socket_ptr to, bool noted)
    {
        boost::system::error_code ec;
        std::string buffer(16384, '\0');
        while (!ec) {
            auto const n =
                co_await from->async_read_some(asio::buffer(buffer), asio::redirect_error(asio::use_awaitable, ec));
            if (noted)
                note(buffer.substr(0, n), {});
            if (!ec)
                co_await asio::async_write(*to, asio::buffer(buffer, n), asio::redirect_error(asio::use_awaitable, ec));
        }
        to->shutdown(tcp::socket::shutdown_send, ec);
    }

    void note(std::string const& bytes, std::string const& request)
    {
        std::scoped_lock const lock(mutex_);
        seen_ += bytes;
        if (!request.empty())
            requests_.push_back(request);
    }

    std::uint16_t to_port_;
    mutable std::mutex mutex_;
    std::string seen_;
    std::vector<std::string> requests_;
    asio::io_context io_{1};
    tcp::acceptor acceptor_{io_, {asio::ip::address_v4::loopback(), 0}};
    std::thread thread_;
};

} // namespace twilio_sms::test
