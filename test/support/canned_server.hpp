// An HTTP server that answers whatever is asked with what the test gives it.
#pragma once
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace twilio_sms::test {

/// On loopback, without TLS, one connection at a time.
class canned_server {
public:
    /// `reply_to(request)` is sent; when it is empty the connection is closed.
    explicit canned_server(std::function<std::string(std::string const&)> reply_to) : reply_to_(std::move(reply_to))
    {
        listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        ::bind(listener_, reinterpret_cast<sockaddr*>(&address), size);
        ::listen(listener_, 8);
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] { serve(); });
    }
    ~canned_server()
    {
        ::shutdown(listener_, SHUT_RDWR); // ends `accept`
        thread_.join();
        ::close(listener_);
    }
    canned_server(canned_server const&) = delete;
    canned_server& operator=(canned_server const&) = delete;

    std::uint16_t port() const noexcept { return port_; }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
    int requests() const noexcept { return requests_; }

    static std::string reply(int status, std::string const& body)
    {
        return "HTTP/1.1 " + std::to_string(status) + " X\r\nContent-Type: application/json\r\n" +
               (status == 204 ? "" : "Content-Length: " + std::to_string(body.size()) + "\r\n") + "\r\n" + body;
    }

private:
    static bool is_whole(std::string const& request)
    {
        auto const end = request.find("\r\n\r\n");
        auto const length = request.find("\r\nContent-Length: ");
        std::size_t const body = length < end ? std::strtoul(request.c_str() + length + 18, nullptr, 10) : 0;
        return end != request.npos && request.size() >= end + 4 + body;
    }

    void serve()
    {
        for (int peer; (peer = ::accept(listener_, nullptr, nullptr)) >= 0; ::close(peer)) {
            std::string got;
            char part[4096];
            for (ssize_t n; (n = ::recv(peer, part, sizeof part, 0)) > 0;) {
                got.append(part, static_cast<std::size_t>(n));
                if (!is_whole(got))
                    continue;
                ++requests_;
                auto const said = reply_to_(got);
                if (said.empty())
                    break;
                got.clear();
                ::send(peer, said.data(), said.size(), MSG_NOSIGNAL);
            }
        }
    }

    std::function<std::string(std::string const&)> const reply_to_;
    std::atomic<int> requests_ = 0;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::thread thread_;
};

} // namespace twilio_sms::test
