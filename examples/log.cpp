// The log: silent by default, one line to switch on.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <iostream>
#include <twilio_sms/twilio_sms.hpp>

namespace asio = boost::asio;
namespace sms = twilio_sms;

asio::awaitable<void> run(sms::provider& provider)
{
    co_await provider.send({"+15558675310", "Your order has shipped"});
    co_await provider.close();
}

int main()
{
    auto options = sms::provider_options::from_environment();
    options.observer = sms::make_log_observer(sms::log_level::info, sms::text_sink(std::clog));

    asio::io_context io;
    sms::provider provider(io.get_executor(), options);
    asio::co_spawn(io, run(provider), [](std::exception_ptr e) {
        if (e)
            std::rethrow_exception(e);
    });
    io.run();
}
