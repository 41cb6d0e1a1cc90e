// The world as a dispatcher sees it: sockets, clocks, names, chance. Tests have another one.
#pragma once
#include "client/io_executor.hpp"
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/system/error_code.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace twilio_sms::detail {

class real_env {
public:
    using strand_type = detail::strand_type;
    using error_code = boost::system::error_code;
    using tcp = boost::asio::ip::tcp;
    using address = tcp::endpoint;
    using clock = std::chrono::steady_clock;

    clock::time_point now() const noexcept { return clock::now(); }
    std::chrono::sys_seconds wall_clock_now() const noexcept
    {
        return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    }
    double random01() { return std::uniform_real_distribution<double>(0.0, 1.0)(random_); }

    /// `handler(error_code, vector<address>)` on the strand, never from within this function.
    /// Blocks the io_context's destruction until the system resolver answers; it cannot be cancelled.
    template <class Handler>
    void async_resolve(strand_type const& strand, std::string const& host, std::uint16_t port, Handler handler)
    {
        using resolver_type = boost::asio::ip::basic_resolver<tcp, strand_type>;
        auto const resolver = std::make_shared<resolver_type>(strand);
        resolver->async_resolve(host, std::to_string(port), resolver_type::numeric_service,
                                [resolver, handler = std::move(handler)](error_code ec, auto const& results) mutable {
                                    std::vector<address> found;
                                    for (auto const& entry : results)
                                        found.push_back(entry.endpoint());
                                    std::move(handler)(ec, std::move(found));
                                });
    }

    /// A TCP connection that never blocks. What can be done at once is; the asynchronous forms wait.
    class stream {
    public:
        stream(real_env&, strand_type const& strand) : socket_(strand) {}

        template <class Handler>
        void async_connect(address const& to, Handler handler)
        {
            error_code ec;
            socket_.open(to.protocol(), ec);
            if (!ec)
                socket_.set_option(tcp::no_delay(true), ec);
            if (!ec)
                socket_.non_blocking(true, ec);
            socket_.async_connect(to, std::move(handler)); // reports a failed open, too
        }

        template <class Buffer>
        std::size_t read_some(Buffer& into, error_code& ec)
        {
            return socket_.read_some(boost::asio::buffer(into), ec);
        }

        template <class Buffer, class Handler>
        void async_read_some(Buffer& into, Handler handler)
        {
            socket_.async_read_some(boost::asio::buffer(into), std::move(handler));
        }

        template <class Bytes>
        std::size_t write_some(Bytes bytes, error_code& ec)
        {
            return socket_.write_some(boost::asio::const_buffer(bytes.data(), bytes.size()), ec);
        }

        template <class Handler>
        void async_wait_writable(Handler handler)
        {
            socket_.async_wait(socket_type::wait_write, std::move(handler));
        }

        /// Closing drops what was not delivered yet, and resets the connection.
        void reset_on_close()
        {
            error_code ignored;
            socket_.set_option(boost::asio::socket_base::linger(true, 0), ignored);
        }

        void cancel()
        {
            error_code ignored;
            socket_.cancel(ignored);
        }

    private:
        using socket_type = boost::asio::basic_stream_socket<tcp, strand_type>;
        socket_type socket_;
    };

    class timer : public boost::asio::basic_waitable_timer<clock, boost::asio::wait_traits<clock>, strand_type> {
    public:
        timer(real_env&, strand_type const& strand) : basic_waitable_timer(strand) {}
    };

private:
    std::minstd_rand random_{std::random_device{}()};
};

} // namespace twilio_sms::detail
