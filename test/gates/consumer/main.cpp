#include <boost/asio/io_context.hpp>
#include <iostream>
#include <twilio_sms/twilio_sms.hpp>

int main()
{
    boost::asio::io_context io;
    twilio_sms::provider_options options;
    options.account_sid = "AC0123456789abcdef0123456789abcdef";
    options.auth_token = "0123456789abcdef0123456789abcdef";
    options.from_number = "+15005550006";
    twilio_sms::provider provider(io.get_executor(), options);
    provider.async_send({"555-0100", "hello"}, [](auto outcome) { std::cout << outcome.error().message << '\n'; });
    io.run(); // not E.164: rejected here, without a connection
}
