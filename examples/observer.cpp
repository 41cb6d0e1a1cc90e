// Events for metrics.
#include <array>
#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <iostream>
#include <twilio_sms/twilio_sms.hpp>

namespace asio = boost::asio;
namespace sms = twilio_sms;

class outcome_counts : public sms::observer {
public:
    void on_outcome(sms::outcome_event const& e) noexcept override { ++counts_[static_cast<std::size_t>(e.what())]; }
    int of(sms::fate f) const noexcept { return counts_[static_cast<std::size_t>(f)]; }

private:
    std::array<std::atomic<int>, 4> counts_{};
};

asio::awaitable<void> run(sms::provider& provider)
{
    co_await provider.send({"+15558675310", "Your order has shipped"});
    co_await provider.try_send({"555-0100", "Your order has shipped"}); // not E.164
    co_await provider.close();
}

int main()
{
    auto counts = std::make_shared<outcome_counts>();
    auto options = sms::provider_options::from_environment();
    options.observer = counts;

    asio::io_context io;
    sms::provider provider(io.get_executor(), options);
    asio::co_spawn(io, run(provider), [](std::exception_ptr e) {
        if (e)
            std::rethrow_exception(e);
    });
    io.run();
    std::cout << "accepted " << counts->of(sms::fate::accepted) << ", rejected " << counts->of(sms::fate::rejected)
              << '\n';
}
