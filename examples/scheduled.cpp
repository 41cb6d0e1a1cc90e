// A message for tomorrow, and a change of mind. Scheduling needs a messaging service as the sender.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <iostream>
#include <twilio_sms/twilio_sms.hpp>

namespace asio = boost::asio;
namespace sms = twilio_sms;

asio::awaitable<void> run(sms::provider& provider)
{
    auto tomorrow = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) + std::chrono::hours(24);
    sms::notification reminder("+15558675310", "Your appointment is in an hour");
    reminder.with_send_at(tomorrow);
    auto receipt = co_await provider.send(reminder);
    std::cout << receipt.status << '\n';

    auto message = co_await provider.messages().try_cancel(receipt.sid); // the appointment was
    std::cout << (message ? message->status : message.error().message) << '\n';
    co_await provider.close();
}

int main()
{
    asio::io_context io;
    auto options = sms::provider_options::from_environment(); // with TWILIO_MESSAGING_SERVICE_SID
    sms::provider provider(io.get_executor(), options);
    asio::co_spawn(io, run(provider), [](std::exception_ptr e) {
        if (e)
            std::rethrow_exception(e);
    });
    io.run();
}
