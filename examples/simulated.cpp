// A test of your own program, with the simulator inside it.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <iostream>
#include <twilio_sms/simulator.hpp>
#include <twilio_sms/twilio_sms.hpp>

namespace asio = boost::asio;
namespace sms = twilio_sms;

asio::awaitable<void> check(sms::provider& provider, sms::simulator& twilio)
{
    auto outcome = co_await provider.try_send({"+15558675310", "Your order has shipped"});
    if (outcome.has_error() && outcome.error().fate == sms::fate::unknown)
        outcome = co_await provider.resolve(outcome.error());
    auto const fate = outcome ? sms::fate::accepted : outcome.error().fate;
    std::cout << "we say: " << to_string(fate) << "; Twilio accepted: " << twilio.summary().accepted << '\n';
    co_await provider.close();
    twilio.stop();
}

int main()
{
    asio::io_context io;
    sms::simulator_options world;
    world.tls = false;
    world.script["+15558675310"] = {sms::simulated_fault::reply_lost};
    sms::simulator twilio(io.get_executor(), world);

    sms::provider_options options;
    options.account_sid = sms::simulator_options::default_account_sid;
    options.auth_token = sms::simulator_options::default_auth_token;
    options.from_number = "+15005550006";
    options.base_url = twilio.base_url();
    options.when_unknown = sms::unknown_policy::report;   // `check` asks itself
    options.settle_time = std::chrono::milliseconds(100); // this Twilio is quick
    sms::provider provider(io.get_executor(), options);
    asio::co_spawn(io, check(provider, twilio), [](std::exception_ptr e) {
        if (e)
            std::rethrow_exception(e);
    });
    io.run();
}
