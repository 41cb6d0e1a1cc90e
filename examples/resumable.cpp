// Many messages that may be interrupted: what becomes of each line decides into which file it goes.
#include <boost/asio.hpp>
#include <fstream>
#include <iostream>
#include <map>
#include <twilio_sms/twilio_sms.hpp>

namespace asio = boost::asio;
namespace sms = twilio_sms;

asio::awaitable<void> invite(sms::provider& provider, std::string name, bool& enough)
{
    std::ifstream guests(name);
    std::ofstream again(name + ".again"), doubtful(name + ".doubtful");
    auto const closing = std::chrono::steady_clock::now() + std::chrono::minutes(30);
    std::map<std::size_t, std::string> begun; // the lines in flight, by their index in the run
    std::size_t lines = 0, accepted = 0, rejected = 0;
    sms::notification_source next = [&]() -> std::optional<sms::notification> {
        std::string line;
        if (enough || std::chrono::steady_clock::now() > closing || !std::getline(guests, line))
            return std::nullopt;
        begun.emplace(lines++, line);
        return sms::notification(line, "Doors open at 7 pm");
    };
    auto run = provider.bulk(next);
    while (auto item = co_await run.next()) {
        std::string const line = begun.extract(item->index).mapped();
        auto const fate = item->outcome ? sms::fate::accepted : item->outcome.error().fate;
        switch (fate) {
        case sms::fate::accepted: ++accepted; break;
        case sms::fate::rejected: ++rejected; break;
        case sms::fate::not_sent: again << line << '\n'; break;
        case sms::fate::unknown: doubtful << line << '\n'; break;
        }
        if (fate == sms::fate::not_sent && item->outcome.error().conditions.contains(sms::condition::account))
            enough = true; // no other message will fare better
    }
    for (std::string line; std::getline(guests, line);)
        again << line << '\n'; // to which it did not come
    std::cout << "begun " << lines << ", accepted " << accepted << ", rejected " << rejected << '\n';
    co_await provider.close();
}

int main(int argc, char** argv)
{
    if (argc != 2)
        return 2; // a file with a number in each line
    bool enough = false;
    asio::io_context io;
    asio::signal_set interrupts(io, SIGINT, SIGTERM);
    interrupts.async_wait([&](auto, int) { enough = true; }); // what is in flight still ends
    sms::provider provider(io.get_executor(), sms::provider_options::from_environment());
    asio::co_spawn(io, invite(provider, argv[1], enough), [&](std::exception_ptr e) {
        interrupts.cancel();
        if (e)
            std::rethrow_exception(e);
    });
    io.run();
}
