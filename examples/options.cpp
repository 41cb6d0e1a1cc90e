// Settings, and what is wrong with them.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <iostream>
#include <twilio_sms/twilio_sms.hpp>

namespace asio = boost::asio;
namespace sms = twilio_sms;

asio::awaitable<void> run(sms::provider& provider)
{
    auto receipt = co_await provider.send(
        sms::notification("+15558675310", "Look at this").with_media("https://example.com/a.png"));
    std::cout << "sent: " << receipt.sid << '\n';
    co_await provider.close();
}

int main()
{
    auto options = sms::provider_options::from_environment();
    options.max_retries = 1;
    options.response_timeout = std::chrono::seconds(10);
    options.when_unknown = sms::unknown_policy::report;
    for (auto const& problem : options.validate())
        std::cerr << problem.option << ": " << problem.what << "; " << problem.fix << '\n';

    asio::io_context io;
    sms::provider provider(io.get_executor(), options); // throws sms::options_error when there are problems
    asio::co_spawn(io, run(provider), [](std::exception_ptr e) {
        if (e)
            std::rethrow_exception(e);
    });
    io.run();
}
