// Without coroutines: a callback, and a future. `async_send` takes every completion token of Asio.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>
#include <iostream>
#include <twilio_sms/twilio_sms.hpp>

namespace asio = boost::asio;
namespace sms = twilio_sms;

void with_callback(sms::provider& provider)
{
    // Called on a thread of the pool, exactly once, and never before async_send has returned.
    provider.async_send({"+15558675310", "Your order has shipped"}, [](sms::result<sms::receipt> outcome) {
        std::cout << "callback: " << (outcome ? outcome->sid : outcome.error().message) << '\n';
    });
}

std::future<sms::result<sms::receipt>> with_future(sms::provider& provider)
{
    sms::send_options limits(std::chrono::steady_clock::now() + std::chrono::seconds(5));
    return provider.async_send({"+15558675310", "Your code is 1234"}, limits, asio::use_future);
}

int main()
{
    asio::thread_pool pool(1);
    sms::provider provider(pool.get_executor(), sms::provider_options::from_environment());
    with_callback(provider);
    auto outcome = with_future(provider).get();                     // holds a result: failures do not throw
    asio::co_spawn(pool, provider.close(), asio::use_future).get(); // waits for the other one
    std::cout << "future: " << (outcome ? outcome->sid : outcome.error().message) << '\n';
}
