// Sends one message with the settings of the environment.
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>
#include <iostream>
#include <twilio_sms/twilio_sms.hpp>

int main()
{
    boost::asio::thread_pool pool(1);
    twilio_sms::provider provider(pool.get_executor(), twilio_sms::provider_options::from_environment());
    auto outcome = provider.async_send({"+15558675310", "hello"}, boost::asio::use_future).get();
    std::cout << (outcome ? "sent: " + outcome->sid : "not sent: " + outcome.error().message) << '\n';
    try { // an exception of the library must be caught as what it is
        provider.async_send({"555-0100", "hello"}, boost::asio::use_future).get().value();
    } catch (twilio_sms::send_error const& e) {
        std::cout << "refused: " << e.what() << '\n';
    }
}
