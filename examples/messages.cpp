// Messages that Twilio has: what became of them, and how to get rid of them.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <iostream>
#include <twilio_sms/twilio_sms.hpp>

namespace asio = boost::asio;
namespace sms = twilio_sms;

asio::awaitable<void> show_latest(sms::provider& provider)
{
    sms::list_filter filter;
    filter.to = "+15558675310";
    auto list = provider.messages().list(filter);
    while (auto message = co_await list.next()) // one page is in memory, however many there are
        std::cout << message->sid << ' ' << message->status << '\n';
}

asio::awaitable<void> forget(sms::message_resource messages, std::string sid)
{
    auto removed = co_await messages.try_remove(sid);
    if (removed)
        std::cout << "removed\n";
    else if (removed.error().conditions.contains(sms::condition::retryable))
        std::cout << "not yet: " << removed.error().message << '\n'; // it is on its way still
    else
        std::cout << "not removed: " << removed.error().message << '\n';
}

asio::awaitable<void> run(sms::provider& provider)
{
    auto receipt = co_await provider.send({"+15558675310", "Your order has shipped"});
    auto message = co_await provider.messages().fetch(receipt.sid); // throws sms::send_error
    std::cout << message.to << ' ' << message.status << '\n';
    co_await show_latest(provider);
    co_await forget(provider.messages(), receipt.sid);
    co_await provider.close();
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
