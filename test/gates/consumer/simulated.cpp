// Sends one message to a simulator within this program.
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>
#include <iostream>
#include <twilio_sms/simulator.hpp>
#include <twilio_sms/twilio_sms.hpp>

int main()
{
    boost::asio::thread_pool pool(1);
    twilio_sms::simulator_options world;
    world.tls = false;
    twilio_sms::simulator twilio(pool.get_executor(), world);

    twilio_sms::provider_options options;
    options.account_sid = twilio_sms::simulator_options::default_account_sid;
    options.auth_token = twilio_sms::simulator_options::default_auth_token;
    options.from_number = "+15005550006";
    options.base_url = twilio.base_url();
    twilio_sms::provider provider(pool.get_executor(), options);
    auto outcome = provider.async_send({"+15558675310", "hello"}, boost::asio::use_future).get();
    std::cout << (outcome ? "sent" : outcome.error().message) << "; the simulator accepted "
              << twilio.summary().accepted << '\n';
}
