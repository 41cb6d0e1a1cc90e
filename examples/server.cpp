// In a Beast HTTP server: POST /+15558675310 sends its body, and is answered within two seconds, whatever Twilio does.
#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <iostream>
#include <twilio_sms/twilio_sms.hpp>

namespace asio = boost::asio;
namespace http = boost::beast::http;
namespace sms = twilio_sms;

http::response<http::string_body> answer(sms::result<sms::receipt> const& outcome)
{
    if (outcome)
        return {http::status::accepted, 11, outcome->sid + '\n'};
    auto const fate = outcome.error().fate;
    auto const status = fate == sms::fate::rejected   ? http::status::unprocessable_entity
                        : fate == sms::fate::not_sent ? http::status::service_unavailable // the client may try again
                                                      : http::status::gateway_timeout;    // it may have gone out
    return {status, 11, outcome.error().message + '\n'};
}

asio::awaitable<void> serve(boost::beast::tcp_stream client, sms::provider& provider)
{
    boost::beast::flat_buffer buffer;
    http::request<http::string_body> request;
    client.expires_after(std::chrono::seconds(10));
    co_await http::async_read(client, buffer, request, asio::use_awaitable);
    sms::notification message(std::string(request.target().substr(1)), request.body());
    sms::send_options limits(std::chrono::steady_clock::now() + std::chrono::seconds(2));
    auto outcome = co_await provider.try_send(message, limits);
    auto response = answer(outcome);
    response.prepare_payload();
    co_await http::async_write(client, response, asio::use_awaitable);
}

asio::awaitable<void> listen(asio::ip::tcp::acceptor& acceptor, sms::provider& provider)
{
    std::cout << "http://127.0.0.1:" << acceptor.local_endpoint().port() << std::endl;
    for (;;) { // until the acceptor is closed
        auto socket = co_await acceptor.async_accept(asio::use_awaitable);
        asio::co_spawn(acceptor.get_executor(), serve(boost::beast::tcp_stream(std::move(socket)), provider),
                       asio::detached);
    }
}

int main()
{
    asio::io_context io;
    sms::provider provider(io.get_executor(), sms::provider_options::from_environment());
    asio::ip::tcp::acceptor acceptor(io, {asio::ip::address_v4::loopback(), 0});
    asio::signal_set stop(io, SIGINT, SIGTERM);
    stop.async_wait([&](auto, int) {
        acceptor.close();
        asio::co_spawn(io, provider.close(), asio::detached); // waits for the sends under way
    });
    asio::co_spawn(io, listen(acceptor, provider), asio::detached);
    io.run();
}
