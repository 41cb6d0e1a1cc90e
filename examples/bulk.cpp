// Many messages, with limits, in bounded memory.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <fstream>
#include <iostream>
#include <string>
#include <twilio_sms/twilio_sms.hpp>

namespace asio = boost::asio;
namespace sms = twilio_sms;

asio::awaitable<void> invite(sms::provider& provider, std::istream& numbers)
{
    sms::bulk_options limits;
    limits.max_in_flight = 16;
    limits.max_per_second = 50;
    sms::notification_source next = [&numbers]() -> std::optional<sms::notification> { // read as they are needed
        std::string number;
        if (!std::getline(numbers, number))
            return std::nullopt;
        return sms::notification(number, "Doors open at 7 pm");
    };
    std::size_t accepted = 0, others = 0;
    auto run = provider.bulk(next, limits);
    while (auto item = co_await run.next()) { // in the order in which they finish
        ++(item->outcome ? accepted : others);
        if (!item->outcome)
            std::cout << "line " << item->index + 1 << ": " << item->outcome.error().message << '\n';
    }
    std::cout << "accepted " << accepted << ", others " << others << '\n';
    co_await provider.close();
}

int main(int argc, char** argv)
{
    if (argc != 2) {
        std::cerr << "usage: example_bulk FILE (a number in each line)\n";
        return 2;
    }
    std::ifstream numbers(argv[1]);
    asio::io_context io;
    sms::provider provider(io.get_executor(), sms::provider_options::from_environment());
    asio::co_spawn(io, invite(provider, numbers), [](std::exception_ptr e) {
        if (e)
            std::rethrow_exception(e);
    });
    io.run();
}
