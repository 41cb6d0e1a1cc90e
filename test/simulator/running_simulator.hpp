// A simulator on a thread of its own, and a client that says exactly what happened to its connection.
#pragma once
#include "net/tls_context.hpp"
#include "net/tls_engine.hpp"
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/test/unit_test.hpp>
#include <cstdio>
#include <memory>
#include <netinet/in.h>
#include <optional>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <twilio_sms/simulator.hpp>
#include <unistd.h>

namespace twilio_sms::test {

class running_simulator {
public:
    explicit running_simulator(simulator_options const& options)
        : io_(1), work_(io_.get_executor()), twilio(io_.get_executor(), options), thread_([this] { io_.run(); })
    {}
    ~running_simulator()
    {
        twilio.stop();
        work_.reset(); // ends by itself: nothing is left to do
        thread_.join();
    }

private:
    asio::io_context io_;
    asio::executor_work_guard<asio::io_context::executor_type> work_;

public:
    simulator twilio;

private:
    std::thread thread_;
};

inline simulator_options plain_options()
{
    simulator_options o;
    o.tls = false;
    return o;
}

/// A request as text. `account` and `token` default to the simulator's default account.
inline std::string api_text(std::string_view method, std::string_view path, std::string_view body = {})
{
    // base64 of the default account's SID and token
    static constexpr std::string_view credentials =
        "QUMwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZjowMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZg==";
    std::string text(method);
    text += " ";
    text += path;
    text += " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic ";
    text += credentials;
    text += "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + std::to_string(body.size()) +
            "\r\n\r\n";
    text += body;
    return text;
}

inline std::string const messages_path =
    "/2010-04-01/Accounts/" + std::string(simulator_options::default_account_sid) + "/Messages.json";

inline std::string create_text(std::string_view to_digits = "15551230001", std::string_view body = "hello")
{
    return api_text("POST", messages_path,
                    "To=%2B" + std::string(to_digits) + "&From=%2B15005550006&Body=" + std::string(body));
}

enum class wire_end { reply, closed, reset, silence };
inline std::ostream& operator<<(std::ostream& out, wire_end e)
{
    static constexpr char const* names[] = {"reply", "closed", "reset", "silence"};
    return out << names[static_cast<int>(e)];
}

class wire_client {
public:
    explicit wire_client(std::uint16_t port, SSL_CTX* tls = nullptr)
    {
        socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        BOOST_TEST_REQUIRE(::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
        set_patience(std::chrono::milliseconds(5000));
        if (tls) {
            tls_.emplace(detail::tls_engine::client(tls, "127.0.0.1"));
            while (tls_->handshake() == detail::tls_engine::status::want_input && pump())
                ;
            flush();
        }
    }
    ~wire_client() { ::close(socket_); }
    wire_client(wire_client const&) = delete;

    void set_patience(std::chrono::milliseconds t)
    {
        timeval const v{t.count() / 1000, static_cast<suseconds_t>(t.count() % 1000 * 1000)};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &v, sizeof v);
    }

    void send(std::string_view text)
    {
        if (tls_) {
            tls_->write(text);
            flush();
        } else {
            send_raw(text);
        }
    }

    /// Bytes without meaning, under TLS too, until `limit` or until the server takes no more; how many it took.
    std::size_t send_noise(std::size_t limit)
    {
        timeval const patience{0, 300'000};
        ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
        std::string const piece(64 * 1024, 'x');
        std::size_t sent = 0;
        while (sent < limit) {
            auto const n = ::send(socket_, piece.data(), piece.size(), MSG_NOSIGNAL);
            if (n <= 0)
                break;
            sent += static_cast<std::size_t>(n);
        }
        return sent;
    }

    void set_linger(linger l) { ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &l, sizeof l); }
    void shut_down() { ::shutdown(socket_, SHUT_WR); }

    /// The next reply's head and body in `head` and `body`, or how the wait ended.
    wire_end receive()
    {
        for (;;) {
            auto const end = input_.find("\r\n\r\n");
            if (end != std::string::npos) {
                head = input_.substr(0, end + 2);
                auto const length = head.find("Content-Length: ");
                std::size_t const size = length == std::string::npos ? 0 : std::stoul(head.substr(length + 16));
                if (input_.size() >= end + 4 + size) {
                    body = input_.substr(end + 4, size);
                    input_.erase(0, end + 4 + size);
                    return wire_end::reply;
                }
            }
            if (!pump())
                return ended_;
        }
    }

    wire_end exchange(std::string_view text)
    {
        send(text);
        return receive();
    }

    int status() const { return head.size() > 12 ? std::stoi(head.substr(9, 3)) : 0; }

    /// All until the connection ends.
    std::string receive_all()
    {
        while (pump())
            ;
        return input_;
    }

    std::string head;
    std::string body;

private:
    void send_raw(std::string_view bytes)
    {
        while (!bytes.empty()) {
            auto const n = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (n <= 0)
                return; // `receive` tells why
            bytes.remove_prefix(static_cast<std::size_t>(n));
        }
    }

    void flush()
    {
        auto const bytes = tls_->output();
        std::string const copy(bytes.data(), bytes.size());
        tls_->consumed(bytes.size());
        send_raw(copy);
    }

    // Reads once; false at the end of the connection or of patience.
    bool pump()
    {
        if (tls_)
            flush();
        char bytes[16384];
        auto const n = ::recv(socket_, bytes, sizeof bytes, 0);
        if (n <= 0) {
            ended_ = n == 0 ? wire_end::closed : errno == ECONNRESET ? wire_end::reset : wire_end::silence;
            return false;
        }
        if (!tls_) {
            input_.append(bytes, static_cast<std::size_t>(n));
            return true;
        }
        tls_->received({bytes, static_cast<std::size_t>(n)});
        std::size_t size = 0;
        char plain[16384];
        while (tls_->bytes_consumed() != 0 && tls_->read(plain, size) == detail::tls_engine::status::ok)
            input_.append(plain, size);
        return true;
    }

    int socket_ = -1;
    std::optional<detail::tls_engine> tls_;
    std::string input_;
    wire_end ended_ = wire_end::silence;
};

/// A client's TLS settings that trust the simulator's CA only.
inline detail::tls_context trusting(std::string const& ca_pem)
{
    char path[] = "/tmp/simulator_test_ca_XXXXXX";
    int const file = ::mkstemp(path);
    BOOST_TEST_REQUIRE(file >= 0);
    BOOST_TEST_REQUIRE(::write(file, ca_pem.data(), ca_pem.size()) == static_cast<ssize_t>(ca_pem.size()));
    ::close(file);
    auto context = detail::make_client_tls_context(path);
    ::unlink(path);
    return context;
}

} // namespace twilio_sms::test
