#include "truth.hpp"
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/json/parse.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <chrono>
#include <exception>
#include <stdexcept>
#include <string>
#include <thread>

namespace twilio_sms::load {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tls_stream = asio::ssl::stream<beast::tcp_stream>;
using line_handler = std::function<void(std::string_view)>;

class lines {
public:
    explicit lines(line_handler const& handle) : handle_(handle) {}

    void add(std::string_view piece)
    {
        for (auto end = piece.find('\n'); end != piece.npos; end = piece.find('\n')) {
            handle_(begun_.empty() ? piece.substr(0, end) : std::string_view(begun_.append(piece, 0, end)));
            begun_.clear();
            piece.remove_prefix(end + 1);
        }
        if (begun_.append(piece).size() > longest)
            throw std::runtime_error("a line of more than 1 MiB");
    }

    void end()
    {
        if (!begun_.empty())
            handle_(begun_);
    }

private:
    static constexpr std::size_t longest = 1024 * 1024;
    line_handler const& handle_;
    std::string begun_; // without its end so far
};

template <class Stream>
asio::awaitable<void> get(Stream& stream, std::string host, std::string target, line_handler const& line)
{
    http::request<http::empty_body> request(http::verb::get, target, 11);
    request.set(http::field::host, host);
    request.set(http::field::connection, "close");
    co_await http::async_write(stream, request, asio::use_awaitable);

    beast::flat_buffer buffer;
    http::response_parser<http::buffer_body> parser;
    parser.body_limit(boost::none);
    co_await http::async_read_header(stream, buffer, parser, asio::use_awaitable);
    if (parser.get().result() != http::status::ok)
        throw std::runtime_error("the answer was " + std::to_string(parser.get().result_int()));
    lines text(line);
    char piece[16 * 1024];
    while (!parser.is_done()) {
        parser.get().body().data = piece;
        parser.get().body().size = sizeof piece;
        beast::get_lowest_layer(stream).expires_after(std::chrono::seconds(30));
        beast::error_code ec;
        co_await http::async_read(stream, buffer, parser, asio::redirect_error(asio::use_awaitable, ec));
        if (ec && ec != http::error::need_buffer)
            throw boost::system::system_error(ec);
        text.add({piece, sizeof piece - parser.get().body().size});
    }
    text.end();
}

asio::awaitable<void> get(provider_options const& server, std::string target, line_handler const& line)
{
    auto const url = boost::urls::parse_uri(server.base_url).value();
    bool const tls = url.scheme_id() == boost::urls::scheme::https;
    std::string const host = url.host_address();
    std::string const port = url.has_port() ? std::string(url.port()) : tls ? "443" : "80";
    auto const executor = co_await asio::this_coro::executor;
    asio::ip::tcp::resolver resolver(executor);
    auto const addresses = co_await resolver.async_resolve(host, port, asio::use_awaitable);
    beast::tcp_stream tcp(executor);
    tcp.expires_after(std::chrono::seconds(30));
    co_await tcp.async_connect(addresses, asio::use_awaitable);
    if (!tls) {
        co_await get(tcp, host, target, line);
        co_return;
    }
    asio::ssl::context context(asio::ssl::context::tls_client);
    if (server.ca_file.empty())
        context.set_default_verify_paths();
    else
        context.load_verify_file(server.ca_file);
    context.set_verify_mode(asio::ssl::verify_peer);
    context.set_verify_callback(asio::ssl::host_name_verification(host));
    tls_stream stream(std::move(tcp), context);
    boost::system::error_code no_address;
    asio::ip::make_address(host, no_address);
    if (no_address) // a name
        SSL_set_tlsext_host_name(stream.native_handle(), host.c_str());
    co_await stream.async_handshake(asio::ssl::stream_base::client, asio::use_awaitable);
    co_await get(stream, host, target, line);
}

void get_all(provider_options const& server, std::string const& target, line_handler const& line)
{
    asio::io_context io(1);
    std::exception_ptr failed;
    asio::co_spawn(io, get(server, target, line), [&failed](std::exception_ptr e) { failed = e; });
    io.run();
    try {
        if (failed)
            std::rethrow_exception(failed);
    } catch (std::exception const& e) {
        throw std::runtime_error("no truth from GET " + target + ": " + e.what() +
                                 "; --audit needs the simulator (twilio-sms simulate) on this machine");
    }
}

std::uint64_t pending(provider_options const& server)
{
    std::string text;
    get_all(server, "/__truth", [&text](std::string_view line) { text += line; });
    boost::json::error_code ec;
    auto const counts = boost::json::parse(text, ec);
    auto const number = ec || !counts.is_object() ? nullptr : counts.get_object().if_contains("pending");
    if (!number || !number->is_number())
        throw std::runtime_error("no truth from GET /__truth: its answer has no \"pending\"");
    return number->to_number<std::uint64_t>();
}

} // namespace

std::uint64_t read_truth(provider_options const& server, line_handler const& line)
{
    auto missing = pending(server);
    for (int waits = 0; missing != 0 && waits < 120; ++waits) {
        std::this_thread::sleep_for(std::chrono::milliseconds(500));
        missing = pending(server);
    }
    get_all(server, "/__truth/messages", line);
    return missing;
}

} // namespace twilio_sms::load
