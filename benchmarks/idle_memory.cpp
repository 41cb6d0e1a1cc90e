// What an idle TLS connection that has been used takes of the client's memory.
//   idle_memory CONNECTIONS        options from the environment (TWILIO_BASE_URL, TWILIO_CA_BUNDLE, ...)
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <malloc.h>
#include <twilio_sms/twilio_sms.hpp>
#include <unistd.h>

namespace asio = boost::asio;
namespace sms = twilio_sms;

namespace {

double resident_kib()
{
    malloc_trim(0); // what is only kept for later does not count
    std::ifstream statm("/proc/self/statm");
    double total = 0, resident = 0;
    statm >> total >> resident;
    return resident * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1024;
}

// Connections that have carried a message each, and are idle.
asio::awaitable<double> with(sms::provider& provider, std::size_t connections)
{
    co_await provider.warm_up(connections);
    std::size_t left = connections;
    sms::notification_source const source = [&left]() -> std::optional<sms::notification> {
        if (left == 0)
            return std::nullopt;
        --left;
        return sms::notification("+15558675310", "Your order has shipped");
    };
    sms::bulk_options limits;
    limits.max_in_flight = connections;
    auto run = provider.bulk(source, limits);
    while (auto item = co_await run.next())
        if (!item->outcome)
            throw sms::send_error(item->outcome.error());
    // A connection gives its buffers back after a second without a message, when the provider looks.
    asio::steady_timer rest(co_await asio::this_coro::executor, std::chrono::seconds(4));
    co_await rest.async_wait(asio::use_awaitable);
    co_return resident_kib();
}

asio::awaitable<void> measure(sms::provider& few, sms::provider& many, std::size_t connections)
{
    auto const before = co_await with(few, 10);
    auto const after = co_await with(many, connections);
    auto const open = many.stats().pool.open;
    std::printf("%zu connections: %.1f KiB each\n", open, (after - before) / static_cast<double>(open));
    co_await few.close();
    co_await many.close();
}

} // namespace

int main(int argc, char** argv)
{
    auto const connections = argc == 2 ? std::strtoul(argv[1], nullptr, 10) : 0;
    if (connections == 0) {
        std::fputs("usage: idle_memory CONNECTIONS   (options come from TWILIO_... variables)\n", stderr);
        return 2;
    }
    try {
        auto options = sms::provider_options::from_environment();
        options.max_connections = connections;
        asio::io_context io(1);
        sms::provider few(io.get_executor(), options), many(io.get_executor(), options);
        asio::co_spawn(io, measure(few, many, connections), [](std::exception_ptr failed) {
            if (failed)
                std::rethrow_exception(failed);
        });
        io.run();
        return 0;
    } catch (std::exception const& e) {
        std::fprintf(stderr, "idle_memory: %s\n", e.what());
        return 1;
    }
}
