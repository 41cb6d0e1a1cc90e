// An MMS, and the files that Twilio keeps of it.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <iostream>
#include <twilio_sms/twilio_sms.hpp>

namespace asio = boost::asio;
namespace sms = twilio_sms;

asio::awaitable<void> run(sms::provider& provider)
{
    sms::notification message("+15558675310", "Look at this");
    message.with_media("https://example.com/cat.png").with_media("https://example.com/cat.mp4");
    auto receipt = co_await provider.send(message);
    std::cout << "sent: " << receipt.sid << '\n';

    auto files = provider.messages().media(receipt.sid);
    while (auto file = co_await files.next())
        std::cout << file->content_type << '\n';
    co_await provider.close();
}

int main()
{
    auto options = sms::provider_options::from_environment();
    options.invalid_media = sms::media_policy::reject; // else a URL that Twilio could not fetch is left out

    asio::io_context io;
    sms::provider provider(io.get_executor(), options);
    asio::co_spawn(io, run(provider), [](std::exception_ptr e) {
        if (e)
            std::rethrow_exception(e);
    });
    io.run();
}
