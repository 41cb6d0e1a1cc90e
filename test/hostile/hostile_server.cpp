#include "hostile/hostile_server.hpp"
#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace twilio_sms::test {
namespace {

constexpr int longest_wait_ms = 30'000; // only when something is wrong

std::string sid_of(int grant)
{
    std::array<char, 40> text;
    auto const n = std::snprintf(text.data(), text.size(), "SM2222222222222222222222222222%04d", grant);
    return {text.data(), static_cast<std::size_t>(n)};
}

bool wait_for(int socket, short events)
{
    pollfd p{socket, events, 0};
    return ::poll(&p, 1, longest_wait_ms) > 0;
}

// The size of the first request in `plain`, 0 while it is not whole.
std::size_t request_size(std::string_view plain)
{
    auto const head = plain.find("\r\n\r\n");
    if (head == plain.npos)
        return 0;
    std::size_t body = 0;
    constexpr std::string_view name = "\r\nContent-Length: ";
    if (auto const at = plain.find(name); at < head)
        std::from_chars(plain.data() + at + name.size(), plain.data() + head, body);
    auto const size = head + 4 + body;
    return plain.size() < size ? 0 : size;
}

} // namespace

std::string created(std::string const& sid)
{
    return reply("201 Created", "Content-Type: application/json\r\n",
                 R"({"sid":")" + sid + R"(","status":"queued","num_segments":"1"})");
}

std::string reply(std::string_view status, std::string_view headers, std::string_view body)
{
    std::string text = "HTTP/1.1 ";
    text.append(status).append("\r\n").append(headers);
    text.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n\r\n").append(body);
    return text;
}

// ---- one connection ----

peer::peer(int socket, SSL_CTX* context) : socket_(socket), ssl_(SSL_new(context))
{
    auto* const in = BIO_new(BIO_s_mem());
    BIO_set_mem_eof_return(in, -1);
    SSL_set_bio(ssl_.get(), in, BIO_new(BIO_s_mem()));
    SSL_set_accept_state(ssl_.get());
    int const on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

peer::~peer()
{
    if (socket_ >= 0)
        ::close(socket_);
}

bool peer::send_raw(std::string_view bytes)
{
    while (!bytes.empty()) {
        auto const n = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            if (!wait_for(socket_, POLLOUT))
                return false;
            continue;
        }
        if (n <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

bool peer::receive()
{
    std::array<char, 8192> buffer;
    if (socket_ < 0 || !wait_for(socket_, POLLIN))
        return false;
    auto const n = ::recv(socket_, buffer.data(), buffer.size(), 0);
    if (n <= 0)
        return false;
    BIO_write(SSL_get_rbio(ssl_.get()), buffer.data(), static_cast<int>(n));
    return true;
}

void peer::drain()
{
    while (receive())
        if (SSL_is_init_finished(ssl_.get()))
            read_plain();
    while (request_size(plain_) != 0)
        read_request();
}

void peer::half_close()
{
    ::shutdown(socket_, SHUT_WR);
}

void peer::leave(goodbye how)
{
    left_ = true;
    if (how == goodbye::reset) {
        linger const at_once{1, 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
        ::close(std::exchange(socket_, -1));
        return;
    }
    if (how == goodbye::proper) {
        SSL_shutdown(ssl_.get());
        flush();
    }
    half_close();
}

bool peer::shake_hands(std::size_t at_most)
{
    while (!SSL_is_init_finished(ssl_.get())) {
        int const result = SSL_do_handshake(ssl_.get());
        auto out = pending();
        out.resize(std::min(out.size(), at_most - std::min(sent_of_handshake_, at_most)));
        sent_of_handshake_ += out.size();
        if (!send_raw(out) || (at_most != std::string::npos && sent_of_handshake_ >= at_most))
            return false;
        if (result != 1 && (SSL_get_error(ssl_.get(), result) != SSL_ERROR_WANT_READ || !receive()))
            return false;
    }
    return true;
}

bool peer::shake_hands_but_for_the_end()
{
    for (;;) {
        int const result = SSL_do_handshake(ssl_.get());
        if (result == 1)
            return true;
        if (SSL_get_error(ssl_.get(), result) != SSL_ERROR_WANT_READ || !flush() || !receive())
            return false;
    }
}

std::string peer::pending()
{
    auto* const bio = SSL_get_wbio(ssl_.get());
    std::string out(BIO_ctrl_pending(bio), '\0');
    if (!out.empty())
        BIO_read(bio, out.data(), static_cast<int>(out.size()));
    return out;
}

std::string peer::sealed(std::string_view plain)
{
    while (!plain.empty()) {
        std::size_t written = 0;
        if (SSL_write_ex(ssl_.get(), plain.data(), plain.size(), &written) != 1)
            break;
        plain.remove_prefix(written);
    }
    return pending();
}

bool peer::read_plain()
{
    std::array<char, 8192> buffer;
    for (;;) {
        std::size_t size = 0;
        if (int const result = SSL_read_ex(ssl_.get(), buffer.data(), buffer.size(), &size); result != 1)
            return SSL_get_error(ssl_.get(), result) == SSL_ERROR_WANT_READ;
        plain_.append(buffer.data(), size);
    }
}

std::string peer::read_request()
{
    while (request_size(plain_) == 0)
        if (!read_plain() || (request_size(plain_) == 0 && !receive()))
            return {};
    auto const size = request_size(plain_);
    auto request = plain_.substr(0, size);
    plain_.erase(0, size);
    ++requests_;
    return request;
}

// ---- the server ----

hostile_server::hostile_server(certificate const& own, int version, script play)
    : context_(detail::make_server_tls_context(own.certificate_pem, own.key_pem)), play_(std::move(play)),
      listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    SSL_CTX_set_min_proto_version(context_.get(), version);
    SSL_CTX_set_max_proto_version(context_.get(), version);
    SSL_CTX_clear_options(context_.get(), SSL_OP_NO_RENEGOTIATION);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof at;
    auto* const address = reinterpret_cast<sockaddr*>(&at);
    if (::bind(listener_, address, size) != 0 || ::listen(listener_, 16) != 0 ||
        ::getsockname(listener_, address, &size) != 0)
        throw std::runtime_error("cannot listen on 127.0.0.1");
    port_ = ntohs(at.sin_port);
    acceptor_ = std::thread([this] { accept_all(); });
}

hostile_server::~hostile_server()
{
    finish();
    ::close(listener_);
}

void hostile_server::finish()
{
    if (!acceptor_.joinable())
        return;
    ::shutdown(listener_, SHUT_RDWR); // ends `accept`
    acceptor_.join();
    for (auto& t : threads_)
        t.join();
}

bool hostile_server::script_ended()
{
    return script_end_.get_future().wait_for(std::chrono::milliseconds(longest_wait_ms)) == std::future_status::ready;
}

std::string hostile_server::granted_sid() const
{
    return sid_of(granted_);
}

void hostile_server::accept_all()
{
    for (;;) {
        int const socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket < 0)
            return;
        threads_.emplace_back([this, socket, number = connections_++] { serve(socket, number); });
    }
}

void hostile_server::serve(int socket, int number)
{
    peer p(socket, context_.get());
    if (number == 0) {
        play_(p);
        script_end_.set_value();
        if (p.left())
            p.drain();
        scripted_requests_ = p.requests();
        if (p.left())
            return;
    }
    if (!p.shake_hands())
        return;
    while (!p.read_request().empty()) {
        granted_on_ = number;
        auto const sid = sid_of(++granted_);
        if (!p.send(created(sid)))
            return;
    }
}

} // namespace twilio_sms::test
