#include "net/wire.hpp"
#include <array>
#include <utility>

namespace twilio_sms::detail {

wire::wire(std::optional<tls_engine> tls, std::string_view connect_request)
    : tls_(std::move(tls)), connect_request_(connect_request), state_(tls_ ? state::handshaking : state::ready)
{
    if (!connect_request_.empty()) {
        state_ = state::tunnelling;
        reply_.restart(reply_parser::expect::head);
    } else if (tls_) {
        advance_handshake();
    }
}

wire wire::secure(SSL_CTX* context, std::string const& host, std::string_view connect_request)
{
    return wire(tls_engine::client(context, host), connect_request);
}

wire wire::plain()
{
    return wire(std::nullopt, {});
}

void wire::start(std::string_view request)
{
    reply_.restart();
    state_ = state::awaiting_reply;
    request_begin_ = bytes_produced();
    if (tls_) {
        one_record_ = request.size() <= SSL3_RT_MAX_PLAIN_LENGTH;
        if (tls_->write(request) != tls_engine::status::ok)
            fail_tls("cannot encrypt");
    } else {
        one_record_ = false;
        plain_out_.append(request);
    }
    request_end_ = bytes_produced();
}

std::span<char const> wire::output() const noexcept
{
    if (state_ == state::tunnelling)
        return connect_request_;
    if (tls_)
        return tls_->output();
    return std::span<char const>(std::string_view(plain_out_)).subspan(plain_taken_);
}

void wire::consumed(std::size_t n) noexcept
{
    if (state_ == state::tunnelling)
        return connect_request_.remove_prefix(n);
    if (tls_)
        return tls_->consumed(n);
    plain_consumed_ += n;
    plain_taken_ += n;
    if (plain_taken_ == plain_out_.size()) {
        plain_out_.clear();
        plain_taken_ = 0;
    }
}

void wire::received(std::span<char const> bytes)
{
    if (state_ == state::failed)
        return;
    if (state_ == state::tunnelling)
        return hear_proxy(bytes);
    if (!tls_)
        return take_plain(bytes);
    tls_->received(bytes);
    if (state_ == state::handshaking)
        advance_handshake();
    if (state_ != state::handshaking)
        read_plain();
}

void wire::hear_proxy(std::span<char const> bytes)
{
    // The parser waits for a whole head, and a server of another protocol may wait for us.
    if (!bytes.empty() && !std::exchange(proxy_heard_, true) && bytes.front() != 'H')
        return fail(breakdown::proxy_failed, "its answer is not HTTP");
    switch (reply_.put(bytes)) {
    case reply_parser::status::need_more: return;
    case reply_parser::status::malformed: return fail(breakdown::proxy_failed, "its answer is not HTTP");
    case reply_parser::status::too_large: return fail(breakdown::proxy_failed, "its answer is too large");
    case reply_parser::status::done: break;
    }
    auto const http_status = reply_.http_status();
    if (auto const why = breakdown_of_proxy(http_status); why != breakdown::none)
        return fail(why, "it answered HTTP " + std::to_string(http_status));
    if (reply_.has_surplus() || !connect_request_.empty()) // a TLS server waits for the client
        return fail(breakdown::proxy_failed, "it sent data that nobody asked for");
    state_ = state::handshaking;
    advance_handshake();
}

void wire::advance_handshake()
{
    switch (tls_->handshake()) {
    case tls_engine::status::ok: state_ = state::ready; break;
    case tls_engine::status::want_input: break;
    case tls_engine::status::closed:
        fail(breakdown::tls, "the server closed the connection during the TLS handshake");
        break;
    case tls_engine::status::failed: fail_tls("TLS handshake failed"); break;
    }
}

void wire::read_plain()
{
    // One buffer a thread, not one a connection: nothing in it is needed between calls.
    static thread_local std::array<char, SSL3_RT_MAX_PLAIN_LENGTH> buffer;
    do {
        std::size_t size = 0;
        switch (tls_->read(buffer, size)) {
        case tls_engine::status::ok: take_plain(std::span(buffer).first(size)); break;
        case tls_engine::status::want_input: return;
        case tls_engine::status::closed: return ended(true);
        case tls_engine::status::failed:
            if (state_ != state::replied)
                return fail_tls("TLS failed");
            tainted_ = true; // what came after the reply takes nothing of it back
            return;
        }
    } while (state_ != state::failed && tls_->input_left());
}

void wire::take_plain(std::span<char const> plain)
{
    switch (state_) {
    case state::awaiting_reply:
        if (request_handover() != handover::whole)
            return fail(breakdown::early_reply, "the server answered before it had the request");
        return on_reply_status(reply_.put(plain));
    case state::replied: tainted_ = true; break; // the reply stands; nothing may follow on this connection
    case state::tunnelling:
    case state::handshaking:
    case state::ready: return fail(breakdown::connection_lost, "the server sent data nobody asked for");
    case state::failed: break;
    }
}

void wire::on_reply_status(reply_parser::status s)
{
    switch (s) {
    case reply_parser::status::need_more: break;
    case reply_parser::status::done: state_ = state::replied; break;
    case reply_parser::status::malformed: fail(breakdown::malformed_reply, "the reply is not HTTP/1.1"); break;
    case reply_parser::status::too_large: fail(breakdown::reply_too_large, "the reply is too large"); break;
    }
}

void wire::end_of_stream()
{
    ended(!tls_);
}

// With TLS only close_notify proves that nothing was cut off; so only then may the end complete a reply.
void wire::ended(bool properly)
{
    tainted_ = true;
    if (properly && state_ == state::awaiting_reply && request_handover() == handover::whole &&
        reply_.end_of_stream() == reply_parser::status::done) {
        state_ = state::replied;
        return;
    }
    if (state_ == state::tunnelling)
        fail(breakdown::proxy_failed, "it closed the connection");
    else if (state_ == state::handshaking)
        fail(breakdown::tls, "the server closed the connection during the TLS handshake");
    else if (state_ != state::replied) // after a complete reply it only means: not reusable
        fail(breakdown::connection_lost, "the server closed the connection");
}

void wire::lose(std::string reason)
{
    auto const why = state_ == state::tunnelling    ? breakdown::proxy_failed
                     : state_ == state::handshaking ? breakdown::tls
                                                    : breakdown::connection_lost;
    fail(why, std::move(reason));
}

void wire::fail(breakdown why, std::string reason)
{
    if (state_ == state::failed)
        return;
    state_ = state::failed;
    why_ = why;
    reason_ = std::move(reason);
}

void wire::fail_tls(std::string_view doing)
{
    if (tls_->certificate_rejected())
        return fail(breakdown::certificate, tls_->error());
    lose(std::string(doing) + ": " + tls_->error());
}

void wire::release_buffers() noexcept
{
    if (tls_)
        tls_->release_buffers();
}

void wire::close()
{
    if (tls_)
        tls_->shutdown();
}

handover wire::request_handover() const noexcept
{
    auto const position = bytes_consumed();
    if (request_end_ == 0 || position <= request_begin_) // 0: there was no request yet
        return handover::nothing;
    if (position >= request_end_)
        return handover::whole;
    return one_record_ ? handover::incomplete_record : handover::some;
}

bool wire::reusable() const noexcept
{
    return state_ == state::replied && !tainted_ && reply_.keep_alive() && !reply_.has_surplus();
}

std::uint64_t wire::bytes_consumed() const noexcept
{
    return tls_ ? tls_->bytes_consumed() : plain_consumed_;
}

std::uint64_t wire::bytes_produced() const noexcept
{
    return bytes_consumed() + output().size();
}

} // namespace twilio_sms::detail
