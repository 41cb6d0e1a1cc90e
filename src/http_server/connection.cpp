#include "http_server/connection.hpp"
#include <boost/asio/post.hpp>
#include <cstdio>

namespace twilio_sms::detail::server {
namespace {

constexpr std::size_t max_buffered_input = 64 * 1024;
constexpr std::size_t max_unsent_output = 256 * 1024; // of pipelined requests; one response may be larger
constexpr std::size_t stream_piece = 64 * 1024;
constexpr int writes_in_a_row = 8; // then the other connections have their turn
constexpr std::chrono::seconds linger_time{2};

std::string_view reason_of(unsigned status) noexcept
{
    switch (status) {
    case 413: return "Content Too Large";
    case 431: return "Request Header Fields Too Large";
    default: return "Bad Request";
    }
}

std::chrono::sys_seconds shown_time(response_head const& head)
{
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now() + head.clock_skew);
}

} // namespace

// What the handler throws, or running out of memory, ends this connection only.
template <class F>
void connection::guarded(F&& work) noexcept
{
    try {
        work();
    } catch (std::exception const& e) {
        std::fprintf(stderr, "http server: a connection failed: %s\n", e.what());
        abort();
    }
}

connection::connection(asio::ip::tcp::socket socket, std::shared_ptr<server_state> server)
    : server_(std::move(server)), socket_(std::move(socket))
{
    if (server_->tls)
        tls_.emplace(tls_engine::server(server_->tls.get()));
    server_->connections.push_back(*this);
}

void connection::start()
{
    error_code ec;
    socket_.set_option(asio::ip::tcp::no_delay(true), ec);
    socket_.non_blocking(true, ec);
    if (!ec) {
        auto const peer = socket_.remote_endpoint(ec);
        if (!ec)
            parser_.get().from_loopback_ = peer.address().is_loopback();
    }
    if (ec)
        return abort();
    read();
}

void connection::abort() noexcept
{
    open_ = false;
    producer_ = nullptr;
    if (linger_limit_)
        linger_limit_->cancel();
    error_code ignored;
    socket_.close(ignored);
}

void connection::reset() noexcept
{
    if (!open_)
        return;
    error_code ignored;
    socket_.set_option(asio::socket_base::linger(true, 0), ignored);
    abort();
}

// --- in ---

void connection::read()
{
    bool const for_nobody = closing_ && !lingering_; // what comes now would be kept, and never served
    if (!open_ || reading_ || ended_ || for_nobody || input_.size() >= max_buffered_input)
        return;
    reading_ = true;
    socket_.async_read_some(asio::buffer(received_), [self = shared_from_this()](error_code ec, std::size_t n) {
        self->reading_ = false;
        if (!self->open_)
            return;
        if (!ec)
            self->guarded([&] { self->on_bytes({self->received_.data(), n}); });
        else if (ec == asio::error::eof)
            self->on_end();
        else
            self->abort();
    });
}

void connection::on_bytes(std::span<char const> bytes)
{
    if (lingering_)
        return read(); // discards
    if (tls_)
        on_tls_bytes(bytes);
    else
        take_plain({bytes.data(), bytes.size()});
    settle();
}

void connection::on_tls_bytes(std::span<char const> bytes)
{
    tls_->received(bytes);
    if (!handshaken_) {
        auto const status = tls_->handshake();
        if (status == tls_engine::status::failed) {
            closing_ = true; // after the alert
            return;
        }
        if (status != tls_engine::status::ok)
            return;
        handshaken_ = true;
    }
    char plain[16 * 1024]; // one TLS record
    while (open_ && !closing_) {
        std::size_t size = 0;
        auto const status = tls_->read(plain, size);
        if (status == tls_engine::status::ok)
            take_plain({plain, size});
        else if (status == tls_engine::status::closed)
            return on_end();
        else if (status == tls_engine::status::failed)
            return abort();
        else
            return;
    }
}

void connection::on_end()
{
    ended_ = true;
    settle();
}

void connection::take_plain(std::string_view plain)
{
    if (input_.empty()) {
        input_.append(plain.substr(serve(plain)));
    } else {
        input_.append(plain);
        serve_buffered();
    }
}

void connection::serve_buffered()
{
    input_.erase(0, serve(input_));
}

std::size_t connection::serve(std::string_view plain)
{
    std::size_t taken = 0;
    // Slow readers get no further request served, so that their output cannot pile up.
    while (open_ && !busy_ && !closing_ && !writing_ && output_.size() < max_unsent_output && taken < plain.size()) {
        std::size_t used = 0;
        auto const status = parser_.feed(plain.substr(taken), used);
        taken += used;
        if (status == request_parser::status::failed) {
            refuse(parser_.error_status());
        } else if (status == request_parser::status::complete) {
            busy_ = true;
            keep_alive_ = parser_.keep_alive();
            head_only_ = parser_.get().method() == "HEAD";
            serving_ = true;
            server_->handler(parser_.get(), responder(shared_from_this()));
            serving_ = false;
            parser_.next();
        } else {
            if (parser_.take_expect_continue())
                output_ += "HTTP/1.1 100 Continue\r\n\r\n";
            break;
        }
    }
    return taken;
}

void connection::refuse(unsigned status)
{
    auto const now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    append_response(output_, server_->date.at(now), {status, reason_of(status), {}}, {},
                    {body_framing::content_length, true, false});
    closing_ = true;
}

// --- out ---

bool connection::send(response_head const& head, std::string_view body)
{
    if (!open_ || !busy_ || closing_)
        return false;
    append_response(output_, server_->date.at(shown_time(head)), head, body,
                    {body_framing::content_length, !keep_alive_, head_only_});
    finish();
    return open_;
}

bool connection::stream(response_head const& head, body_producer next)
{
    if (!open_ || !busy_ || closing_)
        return false;
    append_response(output_, server_->date.at(shown_time(head)), head, {},
                    {body_framing::chunked, !keep_alive_, head_only_});
    if (head_only_)
        finish();
    else
        producer_ = std::move(next);
    if (!serving_)
        settle();
    return open_;
}

void connection::send_bytes(std::string_view raw)
{
    if (!open_ || closing_)
        return;
    output_ += raw;
    if (!serving_)
        settle();
}

void connection::close()
{
    if (!open_ || closing_)
        return;
    closing_ = true;
    if (!serving_)
        settle();
}

// The request has its response: on to the next.
void connection::finish()
{
    busy_ = false;
    if (!keep_alive_ || (ended_ && input_.empty()))
        closing_ = true;
    if (!serving_)
        settle();
}

void connection::settle() noexcept
{
    guarded([this] { proceed(); });
}

// Does all that can be done now: sends, serves what waited, reads on.
void connection::proceed()
{
    flush();
    while (open_ && !busy_ && !closing_ && !writing_ && !input_.empty()) {
        auto const before = input_.size();
        serve_buffered();
        flush();
        if (input_.size() == before)
            break; // an incomplete request
    }
    if (ended_ && !busy_ && !closing_ && !writing_ && open_) {
        closing_ = true;
        flush();
    }
    read();
}

std::span<char const> connection::unsent() const noexcept
{
    return tls_ ? tls_->output() : std::span<char const>(output_).subspan(sent_);
}

// Makes the next piece of a streamed body; false when there is none.
bool connection::produce()
{
    if (!producer_)
        return false;
    std::string piece;
    piece.reserve(stream_piece + 4096);
    bool more = true;
    while (more && piece.size() < stream_piece)
        more = producer_(piece);
    if (!piece.empty()) {
        char size[24];
        output_.append(size, static_cast<std::size_t>(std::snprintf(size, sizeof size, "%zx\r\n", piece.size())));
        output_ += piece;
        output_ += "\r\n";
    }
    if (!more) {
        output_ += "0\r\n\r\n";
        producer_ = nullptr;
        busy_ = false;
        if (!keep_alive_)
            closing_ = true;
    }
    return true;
}

void connection::flush()
{
    for (int writes = 0; open_ && !writing_; ++writes) {
        if (tls_ && handshaken_ && !output_.empty()) {
            if (tls_->write(output_) != tls_engine::status::ok)
                return abort();
            output_.clear();
        }
        if (unsent().empty()) {
            if (produce())
                continue;
            if (closing_)
                linger();
            return;
        }
        if (writes == writes_in_a_row) {
            writing_ = true;
            asio::post(socket_.get_executor(), [self = shared_from_this()] {
                self->writing_ = false;
                self->settle();
            });
            return;
        }
        if (!write_once())
            return;
    }
}

// False when the socket takes nothing more for now, or the connection ended.
bool connection::write_once()
{
    auto const bytes = unsent();
    error_code ec;
    std::size_t const n = socket_.write_some(asio::buffer(bytes.data(), bytes.size()), ec);
    if (ec == asio::error::would_block) {
        writing_ = true;
        socket_.async_wait(asio::socket_base::wait_write, [self = shared_from_this()](error_code failed) {
            self->writing_ = false;
            if (failed)
                self->abort();
            else if (self->open_)
                self->settle();
        });
        return false;
    }
    if (ec) {
        abort();
        return false;
    }
    if (tls_) {
        tls_->consumed(n);
    } else if (sent_ + n == output_.size()) {
        output_.clear();
        sent_ = 0;
    } else {
        sent_ += n;
    }
    return true;
}

// Closes our direction and waits for the client to close its own: closing both at once would make the kernel reset
// the connection when unread bytes are left, and the client would lose our last response.
void connection::linger()
{
    if (lingering_)
        return;
    lingering_ = true;
    if (tls_ && handshaken_) {
        tls_->shutdown();
        auto const bytes = unsent();
        error_code ignored;
        socket_.write_some(asio::buffer(bytes.data(), bytes.size()), ignored);
    }
    error_code ec;
    socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ec);
    if (ec || ended_)
        return abort();
    linger_limit_.emplace(socket_.get_executor(), linger_time);
    linger_limit_->async_wait([weak = weak_from_this()](error_code) {
        if (auto const self = weak.lock())
            self->abort();
    });
    read();
}

} // namespace twilio_sms::detail::server
