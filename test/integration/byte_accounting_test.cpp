// The byte accounting against a raw TLS peer over real sockets with small buffers: it reads so much and stops.
// Later it reads what is still to come and tries to make sense of it: that is what the peer could read.
#include "client/dispatcher.hpp"
#include "client/real_env.hpp"
#include "exchange/memory_peer.hpp"
#include "support.hpp"
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <boost/test/unit_test.hpp>

namespace twilio_sms::test {
namespace {

using asio::ip::tcp;

// As in life, but the kernel takes only a few KiB at a time.
class tight_env : public detail::real_env {
public:
    class stream {
    public:
        stream(tight_env&, strand_type const& strand) : socket_(strand) {}

        template <class Handler>
        void async_connect(address const& to, Handler handler)
        {
            socket_.open(to.protocol());
            socket_.set_option(asio::socket_base::send_buffer_size(2048));
            socket_.set_option(tcp::no_delay(true));
            socket_.non_blocking(true);
            socket_.async_connect(to, std::move(handler));
        }
        template <class Buffer>
        std::size_t read_some(Buffer& into, error_code& ec)
        {
            return socket_.read_some(asio::buffer(into), ec);
        }
        template <class Buffer, class Handler>
        void async_read_some(Buffer& into, Handler handler)
        {
            socket_.async_read_some(asio::buffer(into), std::move(handler));
        }
        template <class Bytes>
        std::size_t write_some(Bytes bytes, error_code& ec)
        {
            return socket_.write_some(asio::const_buffer(bytes.data(), bytes.size()), ec);
        }
        template <class Handler>
        void async_wait_writable(Handler handler)
        {
            socket_.async_wait(tcp::socket::wait_write, std::move(handler));
        }
        void reset_on_close() noexcept {} // what was handed over must reach the peer, to be counted
        void cancel()
        {
            error_code ignored;
            socket_.cancel(ignored);
        }

    private:
        asio::basic_stream_socket<tcp, strand_type> socket_;
    };

    class timer : public detail::real_env::timer {
    public:
        timer(tight_env& env, strand_type const& strand) : detail::real_env::timer(env, strand) {}
    };
};

// Accepts one connection, shakes hands, reads `stop_after` bytes more, stops until told, then reads to the end.
// Returns whether a whole request could be read.
class stopping_peer {
public:
    stopping_peer(SSL_CTX* context, std::size_t stop_after) : tls_(context), stop_after_(stop_after)
    {
        acceptor_.open(tcp::v4());
        acceptor_.set_option(asio::socket_base::receive_buffer_size(2048));
        acceptor_.bind({asio::ip::address_v4::loopback(), 0});
        acceptor_.listen();
        thread_ = std::thread([this] { serve(); });
    }
    ~stopping_peer()
    {
        if (thread_.joinable())
            thread_.join();
    }

    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

    /// After the client has given up: what could be read in all.
    std::string const& read_the_rest()
    {
        go_on_.set_value();
        thread_.join();
        return tls_.plain_text();
    }

private:
    void serve()
    {
        tcp::socket socket(io_);
        acceptor_.accept(socket);
        std::array<char, 512> buffer;
        error_code ec;
        while (!tls_.shaken()) {
            auto const n = socket.read_some(asio::buffer(buffer), ec);
            if (ec)
                return;
            tls_.received(std::span(buffer).first(n));
            asio::write(socket, asio::buffer(tls_.output()), ec);
        }
        for (std::size_t left = stop_after_; left > 0 && !ec;) {
            auto const n = socket.read_some(asio::buffer(buffer, std::min(left, buffer.size())), ec);
            tls_.received(std::span(buffer).first(n));
            left -= n;
        }
        go_on_.get_future().wait();
        while (!ec) {
            auto const n = socket.read_some(asio::buffer(buffer), ec);
            tls_.received(std::span(buffer).first(n));
        }
    }

    asio::io_context io_;
    tcp::acceptor acceptor_{io_};
    memory_peer tls_;
    std::size_t stop_after_;
    std::promise<void> go_on_;
    std::thread thread_;
};

fate send_to(stopping_peer& peer, detail::tls_context& client, std::size_t body)
{
    asio::io_context io;
    detail::dispatcher_settings s;
    s.host = "localhost";
    s.port = peer.port();
    s.tls = std::move(client);
    s.connect_timeout = 20s;
    s.response_timeout = 250ms;
    s.total_timeout = 60s;
    s.queue_timeout = 60s;
    s.limits = {60s, 60s};
    s.retry.max_retries = 0;
    auto const d = std::make_shared<detail::dispatcher<tight_env>>(io.get_executor(), std::move(s), tight_env());
    auto const op = std::make_shared<detail::operation>();
    op->form.assign(body, 'x');
    auto outcome = fate::rejected;
    op->caller.emplace(asio::any_io_executor(io.get_executor()));
    op->handler.emplace([&](result<receipt> r) {
        outcome = r ? fate::accepted : r.error().fate;
        d->shut_down();
    });
    asio::post(d->strand, [&] { d->submit(op); });
    io.run();
    return outcome;
}

} // namespace

BOOST_AUTO_TEST_SUITE(byte_accounting)

BOOST_AUTO_TEST_CASE(a_peer_that_stops_reading)
{
    int not_sent = 0;
    int unknown = 0;
    for (int const version : {TLS1_2_VERSION, TLS1_3_VERSION})
        for (std::size_t const body : {100u, 2000u, 15000u})
            for (std::size_t const stop_after : {0u, 1u, 100u, 3000u, 8000u, 12000u}) {
                if (stop_after > body)
                    continue;
                tls_pair tls(version);
                stopping_peer peer(tls.server.get(), stop_after);
                auto const outcome = send_to(peer, tls.client, body);
                auto const& plain = peer.read_the_rest();
                auto const head = plain.find("\r\n\r\n");
                bool const readable = head != std::string::npos && plain.size() == head + 4 + body;
                BOOST_TEST_CONTEXT("TLS " << version << ", body " << body << ", stops after " << stop_after
                                          << ", could read " << plain.size())
                {
                    BOOST_TEST(to_string(outcome) == to_string(readable ? fate::unknown : fate::not_sent));
                    BOOST_TEST((readable || plain.empty()));
                }
                ++(readable ? unknown : not_sent);
            }
    // Both sides of the line were tried.
    BOOST_TEST(not_sent > 0);
    BOOST_TEST(unknown > 0);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
