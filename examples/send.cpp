#include <boost/asio.hpp>
#include <iostream>
#include <twilio_sms/twilio_sms.hpp>

int main()
{
    boost::asio::thread_pool pool(1);
    twilio_sms::provider provider(pool.get_executor(), twilio_sms::provider_options::from_environment());
    auto outcome = provider.async_send({"+15558675310", "Your order has shipped"}, boost::asio::use_future).get();
    std::cout << (outcome ? "sent: " + outcome->sid : outcome.error().message) << '\n';
}
