// What to do with each fate.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <iostream>
#include <twilio_sms/twilio_sms.hpp>

namespace asio = boost::asio;
namespace sms = twilio_sms;

asio::awaitable<void> remind(sms::provider& provider, std::string number)
{
    auto outcome = co_await provider.try_send({number, "Your appointment is tomorrow at 10"});
    if (outcome) {
        std::cout << "accepted: " << outcome->sid << '\n';
        co_return;
    }
    sms::failure const& why = outcome.error();
    switch (why.fate) {
    case sms::fate::rejected: // it will never go out like this
        if (why.conditions.contains(sms::condition::opted_out))
            std::cout << "stop writing to this person\n";
        else
            std::cout << "rejected: " << why.message << '\n';
        break;
    case sms::fate::not_sent: // nobody got it: sending it again cannot make two
        std::cout << "again later: " << why.message << '\n';
        break;
    case sms::fate::unknown: // Twilio could not tell: a repeat may be the second
        std::cout << "ask a person: " << why.message << '\n';
        break;
    case sms::fate::accepted: break;
    }
}

asio::awaitable<void> run(sms::provider& provider)
{
    co_await remind(provider, "+15558675310");
    co_await remind(provider, "555-0100");     // not E.164
    co_await remind(provider, "+15558675311"); // the tests' simulator loses the reply
    co_await provider.close();
}

int main()
{
    asio::io_context io;
    auto options = sms::provider_options::from_environment();
    options.when_unknown = sms::unknown_policy::report; // else Twilio would be asked first, 45 s later
    sms::provider provider(io.get_executor(), options);
    asio::co_spawn(io, run(provider), [](std::exception_ptr e) {
        if (e)
            std::rethrow_exception(e);
    });
    io.run();
}
