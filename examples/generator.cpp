// A bulk run whose messages a coroutine makes, one by one, as they are needed.
#include "generator.hpp"
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <iostream>
#include <twilio_sms/twilio_sms.hpp>

namespace asio = boost::asio;
namespace sms = twilio_sms;

generator<sms::notification> invitations(int count)
{
    for (int seat = 1; seat <= count; ++seat) {
        std::string number = "+1555867" + std::to_string(5400 + seat);
        std::string text = "Your seat is number " + std::to_string(seat);
        co_yield sms::notification(std::move(number), std::move(text));
    }
}

asio::awaitable<void> invite(sms::provider& provider, int count)
{
    std::size_t accepted = 0;
    auto run = provider.bulk(invitations(count));
    while (auto item = co_await run.next())
        accepted += item->outcome ? 1 : 0;
    std::cout << "accepted " << accepted << " of " << count << '\n';
    co_await provider.close();
}

int main()
{
    asio::io_context io;
    sms::provider provider(io.get_executor(), sms::provider_options::from_environment());
    asio::co_spawn(io, invite(provider, 100), [](std::exception_ptr e) {
        if (e)
            std::rethrow_exception(e);
    });
    io.run();
}
