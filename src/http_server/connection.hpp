// One connection of the server: bytes in, requests to the handler, responses out.
#pragma once
#include "http_server/request_parser.hpp"
#include "http_server/responder.hpp"
#include "net/tls_context.hpp"
#include "net/tls_engine.hpp"
#include <array>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/intrusive/list.hpp>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace twilio_sms::detail::server {

namespace asio = boost::asio;
using boost::system::error_code;
using request_handler = std::function<void(request const&, responder)>;

class connection;

/// What the connections of one server share. Outlives them all.
struct server_state {
    using connection_hook =
        boost::intrusive::list_base_hook<boost::intrusive::link_mode<boost::intrusive::auto_unlink>>;
    using connection_list = boost::intrusive::list<connection, boost::intrusive::base_hook<connection_hook>,
                                                   boost::intrusive::constant_time_size<false>>;

    request_handler handler;
    tls_context tls; // null: plain HTTP
    date_cache date;
    connection_list connections;
    bool stopped = false;
};

/// Requests are handled one after the other; pipelined ones wait in memory, within limits. Everything runs on the
/// socket's executor, which must not run two handlers at once.
class connection final : public std::enable_shared_from_this<connection>, public server_state::connection_hook {
public:
    connection(asio::ip::tcp::socket socket, std::shared_ptr<server_state> server);

    void start();

    /// Ends it at once, without a word.
    void abort() noexcept;

    // For the responder.
    bool send(response_head const& head, std::string_view body);
    bool stream(response_head const& head, body_producer next);
    void send_bytes(std::string_view raw);
    void close();
    void reset() noexcept;
    bool is_open() const noexcept { return open_; }

private:
    void read();
    void on_bytes(std::span<char const> bytes);
    void on_tls_bytes(std::span<char const> bytes);
    void on_end();
    void take_plain(std::string_view plain);
    std::size_t serve(std::string_view plain);
    void serve_buffered();
    void refuse(unsigned status);
    void settle() noexcept;
    void proceed();
    template <class F>
    void guarded(F&& work) noexcept;
    bool produce();
    void finish();
    void flush();
    bool write_once();
    void linger();
    std::span<char const> unsent() const noexcept;

    std::shared_ptr<server_state> server_;
    asio::ip::tcp::socket socket_;
    std::optional<tls_engine> tls_;
    request_parser parser_;
    std::string input_;  // plain bytes not yet parsed
    std::string output_; // plain bytes not yet encrypted or sent
    std::size_t sent_ = 0;
    body_producer producer_;
    std::optional<asio::steady_timer> linger_limit_;
    std::array<char, 8192> received_;

    bool open_ = true;
    bool handshaken_ = false;
    bool busy_ = false;    // a request waits for its response
    bool serving_ = false; // inside the handler
    bool keep_alive_ = true;
    bool head_only_ = false;
    bool reading_ = false;
    bool writing_ = false; // waiting until the socket takes more
    bool ended_ = false;   // the client sends nothing more
    bool closing_ = false; // nothing more to say after the output
    bool lingering_ = false;
};

} // namespace twilio_sms::detail::server
