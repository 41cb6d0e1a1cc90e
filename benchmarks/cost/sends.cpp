#include "sends.hpp"
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <optional>
#include <stdexcept>
#include <twilio_sms/twilio_sms.hpp>

namespace twilio_sms::benchmarks {
namespace {

constexpr std::size_t warm_up = 1000; // all connections are open, and buffers have grown to their size
constexpr std::size_t measured = 4000;

notification const message = {
    "+15558675310", "Your verification code is 481516. It expires in 10 minutes. Do not share it with anyone"};

// Measures from one outcome to another, with as many sends under way at both.
class progress {
public:
    explicit progress(measurement& m) noexcept : measurement_(m) {}

    /// True until enough were counted.
    bool go_on(result<receipt> const& outcome)
    {
        if (!outcome)
            throw std::runtime_error("a send failed: " + outcome.error().message);
        if (++ended_ == warm_up)
            measurement_.begin();
        if (ended_ == warm_up + measured)
            measurement_.end(measured);
        return ended_ < warm_up + measured;
    }

private:
    measurement& measurement_;
    std::size_t ended_ = 0;
};

provider_options options_for(std::size_t in_flight)
{
    auto options = provider_options::from_environment();
    options.max_connections = in_flight;
    return options;
}

void rethrow(std::exception_ptr const& thrown)
{
    if (thrown)
        std::rethrow_exception(thrown);
}

asio::awaitable<void> send_in_a_loop(provider& p, progress& all, std::size_t& running)
{
    for (bool again = true; again;) {
        auto const outcome = co_await p.try_send(message);
        again = all.go_on(outcome);
    }
    if (--running == 0)
        co_await p.close();
}

asio::awaitable<void> send_in_bulk(provider& p, progress& all, std::size_t in_flight)
{
    bulk_options options;
    options.max_in_flight = in_flight;
    auto run = p.bulk([] { return std::optional(message); }, options);
    while (auto const item = co_await run.next())
        if (!all.go_on(item->outcome))
            run.stop();
    co_await p.close();
}

} // namespace

void cost_of_send(measurement m, std::size_t in_flight)
{
    asio::io_context io(1);
    provider p(io.get_executor(), options_for(in_flight));
    progress all(m);
    std::size_t running = in_flight;
    for (std::size_t i = 0; i < in_flight; ++i)
        asio::co_spawn(io, send_in_a_loop(p, all, running), rethrow);
    io.run();
}

void cost_of_bulk(measurement m, std::size_t in_flight)
{
    asio::io_context io(1);
    provider p(io.get_executor(), options_for(in_flight));
    progress all(m);
    asio::co_spawn(io, send_in_bulk(p, all, in_flight), rethrow);
    io.run();
}

} // namespace twilio_sms::benchmarks
