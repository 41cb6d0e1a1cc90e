// A peer: the client that one writes with Beast's documentation at hand. A coroutine and a beast::ssl_stream for each
// request in flight, messages with dynamic fields, string bodies, a time-out for each exchange, the answer read into a
// JSON document.
//   beast_client IN_FLIGHT SECONDS
#include "measure.hpp"
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/json.hpp>

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using namespace std::chrono_literals;

namespace {

asio::awaitable<void> send_in_a_loop(asio::ssl::context& tls, peer::request const& wanted, peer::measurement& m)
{
    auto const authority = wanted.url.substr(wanted.url.find("//") + 2);
    auto const colon = authority.find(':');
    auto const host = authority.substr(0, colon), port = authority.substr(colon + 1);

    auto const executor = co_await asio::this_coro::executor;
    beast::ssl_stream<beast::tcp_stream> stream(executor, tls);
    stream.set_verify_callback(asio::ssl::host_name_verification(host));
    SSL_set_tlsext_host_name(stream.native_handle(), host.c_str());
    asio::ip::tcp::resolver resolver(executor);
    auto const addresses = co_await resolver.async_resolve(host, port, asio::use_awaitable);
    beast::get_lowest_layer(stream).expires_after(5s);
    co_await beast::get_lowest_layer(stream).async_connect(addresses, asio::use_awaitable);
    beast::get_lowest_layer(stream).socket().set_option(asio::ip::tcp::no_delay(true));
    co_await stream.async_handshake(asio::ssl::stream_base::client, asio::use_awaitable);

    beast::flat_buffer buffer;
    while (!m.over()) {
        auto const begun = peer::steady::now();
        http::request<http::string_body> request(http::verb::post, wanted.path, 11);
        request.set(http::field::host, authority);
        request.set(http::field::authorization, "Basic " + wanted.basic);
        request.set(http::field::content_type, "application/x-www-form-urlencoded");
        request.set(http::field::accept, "application/json");
        request.set(http::field::user_agent, "beast");
        request.body() = wanted.form;
        request.prepare_payload();
        beast::get_lowest_layer(stream).expires_after(30s);
        co_await http::async_write(stream, request, asio::use_awaitable);
        http::response<http::string_body> response;
        co_await http::async_read(stream, buffer, response, asio::use_awaitable);
        auto const message = boost::json::parse(response.body());
        m.done(begun, response.result() == http::status::created && !message.at("sid").as_string().empty());
    }
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 3) {
        std::fprintf(stderr, "usage: beast_client IN_FLIGHT SECONDS   (compare.sh sets the environment)\n");
        return 2;
    }
    try {
        peer::request const wanted;
        asio::ssl::context tls(asio::ssl::context::tls_client);
        tls.load_verify_file(wanted.ca_file);
        tls.set_verify_mode(asio::ssl::verify_peer);
        asio::io_context io(1);
        peer::measurement m(std::atof(argv[2]));
        for (int i = 0; i < std::atoi(argv[1]); ++i)
            asio::co_spawn(io, send_in_a_loop(tls, wanted, m), [](std::exception_ptr failed) {
                if (failed)
                    std::rethrow_exception(failed);
            });
        io.run();
        return m.report("beast");
    } catch (std::exception const& e) {
        std::fprintf(stderr, "beast_client: %s\n", e.what());
        return 2;
    }
}
