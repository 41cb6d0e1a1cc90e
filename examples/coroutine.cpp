// Sending from coroutines: exceptions or results, a deadline, the end.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <iostream>
#include <twilio_sms/twilio_sms.hpp>

namespace asio = boost::asio;
namespace sms = twilio_sms;

asio::awaitable<void> order_shipped(sms::provider& provider)
{
    auto receipt = co_await provider.send({"+15558675310", "Your order has shipped"}); // throws sms::send_error
    std::cout << "sent: " << receipt.sid << '\n';
}

asio::awaitable<void> one_time_code(sms::provider& provider)
{
    sms::send_options limits(std::chrono::steady_clock::now() + std::chrono::seconds(5));
    auto outcome = co_await provider.try_send({"+15558675310", "Your code is 1234"}, limits); // does not throw
    std::cout << "code: " << (outcome ? outcome->status : outcome.error().message) << '\n';
}

asio::awaitable<void> run(sms::provider& provider)
{
    co_await order_shipped(provider);
    co_await one_time_code(provider);
    co_await provider.close(); // else io.run() goes on until idle_timeout closes the connections
}

int main()
{
    asio::io_context io;
    sms::provider provider(io.get_executor(), sms::provider_options::from_environment());
    asio::co_spawn(io, run(provider), [](std::exception_ptr e) {
        if (e)
            std::rethrow_exception(e);
    });
    io.run();
}
