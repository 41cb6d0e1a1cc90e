#include "client/connection_check.hpp"
#include "client/destination.hpp"
#include "client/failure_text.hpp"
#include "core/retry_after.hpp"
#include "core/server_clock.hpp"
#include "net/tls_context.hpp"
#include "net/wire.hpp"
#include "twilio/list_page.hpp"
#include "twilio/reply_decoder.hpp"
#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <memory>

namespace twilio_sms::detail {
namespace {

using boost::asio::ip::tcp;
using clock = std::chrono::steady_clock;
using error_code = boost::system::error_code;

std::chrono::milliseconds since(clock::time_point begun)
{
    return std::chrono::round<std::chrono::milliseconds>(clock::now() - begun);
}

/// How one asynchronous operation ended. Shared with its handler, since it may be left behind.
template <class Result>
struct ended {
    bool is = false;
    error_code ec;
    Result result{};
};

/// Runs the operation that `start` begins; an error of `timed_out` when it has not ended by then.
template <class Result, class Start>
ended<Result> run_until(clock::time_point limit, boost::asio::io_context& io, Start start)
{
    auto const end = std::make_shared<ended<Result>>();
    start([end](error_code ec, Result result) { *end = {true, ec, std::move(result)}; });
    io.restart();
    while (!end->is && clock::now() < limit)
        io.run_one_until(limit);
    if (!end->is)
        return {false, boost::asio::error::timed_out, {}};
    return *end;
}

class checker {
public:
    checker(boost::asio::io_context& io, provider_options const& o)
        : io_(io), options_(o), to_(o), proxy_(to_.proxy_of(o)), writer_(to_.writer_for(login_of(o)))
    {
        seen_.server = to_.server;
        seen_.proxy = proxy_ ? proxy_->server : std::string();
        seen_.tls = to_.url.tls;
        if (to_.url.tls) {
            tls_ = make_client_tls_context(o.ca_file);
            observe_handshakes(tls_.get(), seen_.handshake);
        }
    }

    connection_check run() &&
    {
        limit_ = clock::now() + options_.connect_timeout;
        if (look_up() && connect() && shake_hands())
            ask();
        return std::move(seen_);
    }

private:
    // A server, or somebody on the way, may say back what it was told.
    std::string without_credentials(std::string said) const
    {
        return writer_->credentials_quoted_in(said) ? "its text is not shown, since it repeats the credentials"
                                                    : std::move(said);
    }

    bool fail(breakdown why, std::string const& reason)
    {
        auto const detail = without_credentials(reason);
        seen_.why = why;
        attempt_end end; // nothing was sent, whatever the request for the list came to
        end.why = why;
        seen_.problem = describe_failure(end, verdict{},
                                         {seen_.server, detail, options_.connect_timeout, options_.response_timeout,
                                          options_.total_timeout, options_.queue_timeout, seen_.proxy});
        return false;
    }

    bool look_up()
    {
        auto const begun = clock::now();
        auto const resolver = std::make_shared<tcp::resolver>(io_);
        auto const& host = proxy_ ? proxy_->host : to_.url.host;
        auto const port = std::to_string(proxy_ ? proxy_->port : to_.url.port);
        auto const found = run_until<tcp::resolver::results_type>(limit_, io_, [&](auto handler) {
            resolver->async_resolve(
                host, port, tcp::resolver::numeric_service,
                [resolver, handler](error_code ec, auto results) { handler(ec, std::move(results)); });
        });
        seen_.lookup_time = since(begun);
        if (!found.is)
            return fail(breakdown::name_lookup, "the name service does not answer");
        if (found.ec || found.result.empty())
            return fail(breakdown::name_lookup, found.ec ? found.ec.message() : "the name has no address");
        for (auto const& entry : found.result) {
            endpoints_.push_back(entry.endpoint());
            seen_.addresses.push_back(entry.endpoint().address().to_string());
        }
        return true;
    }

    bool connect()
    {
        error_code last;
        for (std::size_t i = 0; i < endpoints_.size(); ++i) {
            // As the provider does: each address has its share of the time.
            auto const begun = clock::now();
            auto const share = (limit_ - begun) / static_cast<int>(endpoints_.size() - i);
            socket_ = tcp::socket(io_);
            auto const connected = run_until<int>(begun + share, io_, [&](auto handler) {
                socket_.async_connect(endpoints_[i], [handler](error_code ec) { handler(ec, 0); });
            });
            last = connected.ec;
            if (last)
                continue;
            seen_.address = seen_.addresses[i];
            seen_.connect_time = since(begun);
            return true;
        }
        return last == boost::asio::error::timed_out ? fail(breakdown::connect_timeout, {})
                                                     : fail(breakdown::connect, last.message());
    }

    bool shake_hands()
    {
        wire_.emplace(to_.url.tls ? wire::secure(tls_.get(), to_.url.host,
                                                 proxy_ ? std::string_view(proxy_->request) : std::string_view())
                                  : wire::plain());
        seen_.open = converse(breakdown::connect_timeout);
        return seen_.open;
    }

    void ask()
    {
        limit_ = clock::now() + options_.response_timeout;
        secret_string request;
        writer_->write(request, "GET", writer_->messages_path() + "?PageSize=1");
        auto const asked = clock::now();
        wire_->start(request);
        if (!converse(breakdown::response_timeout))
            return;
        auto const received = clock::now();
        auto const& reply = wire_->reply();
        seen_.http_status = reply.http_status();
        seen_.is_list = seen_.http_status == 200 && decode_list_page(reply.body());
        if (seen_.http_status >= 300) {
            auto error = decode_error(reply.body(), seen_.http_status);
            seen_.twilio_code = error.code;
            seen_.twilio_text = without_credentials(std::move(error.message));
        }
        if (auto const date = parse_date(reply.date()))
            compare_clocks(asked, received, *date);
    }

    void compare_clocks(clock::time_point asked, clock::time_point received, std::chrono::sys_seconds date)
    {
        auto const own = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
        server_clock servers;
        servers.learn(asked, received, date);
        auto const there = servers.at(received, received, std::chrono::floor<std::chrono::seconds>(own));
        seen_.clock = {own - there.latest, own - there.earliest};
    }

    // Moves bytes until the wire has what it waits for.
    bool converse(breakdown when_late)
    {
        while (wire_->busy()) {
            auto const out = wire_->output();
            auto const moved = run_until<std::size_t>(limit_, io_, [&](auto handler) {
                if (out.empty())
                    socket_.async_read_some(boost::asio::buffer(input_), handler);
                else
                    socket_.async_write_some(boost::asio::const_buffer(out.data(), out.size()), handler);
            });
            if (!moved.is)
                return fail(when_late, {});
            if (!out.empty())
                wire_->consumed(moved.result);
            else if (moved.result > 0)
                wire_->received(std::span<char const>(input_).first(moved.result));
            if (moved.ec == boost::asio::error::eof)
                wire_->end_of_stream();
            else if (moved.ec)
                wire_->lose(moved.ec.message());
        }
        return wire_->now() != wire::state::failed || fail(wire_->why(), wire_->reason());
    }

    boost::asio::io_context& io_;
    provider_options const& options_;
    destination const to_;
    std::optional<proxy_route> const proxy_;
    std::shared_ptr<request_writer> const writer_;
    connection_check seen_;
    tls_context tls_;
    clock::time_point limit_{};
    std::vector<tcp::endpoint> endpoints_;
    std::array<char, 16 * 1024> input_{};
    std::optional<wire> wire_;
    tcp::socket socket_{io_}; // the first to go: operations left behind must not use the rest
};

} // namespace

connection_check check_connection(boost::asio::io_context& io, provider_options const& valid)
{
    return checker(io, valid).run();
}

} // namespace twilio_sms::detail
