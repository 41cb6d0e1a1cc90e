// Unit tests of your own code, with a Twilio inside them that fails when it is told to.
#define BOOST_TEST_MODULE shop
#include <boost/asio.hpp>
#include <boost/test/unit_test.hpp>
#include <twilio_sms/simulator.hpp>
#include <twilio_sms/twilio_sms.hpp>

namespace asio = boost::asio;
namespace sms = twilio_sms;

// The code under test.
asio::awaitable<bool> tell_shipped(sms::provider& provider, std::string number, int order)
{
    sms::notification message(number, "Order " + std::to_string(order) + " has shipped");
    auto outcome = co_await provider.try_send(message);
    co_return outcome.has_value();
}

// A Twilio, and a shop that sends through it.
struct shop {
    asio::thread_pool pool{1};
    sms::simulator twilio;
    sms::provider provider{pool.get_executor(), settings()};

    explicit shop(sms::simulator_options world = {}) : twilio(pool.get_executor(), plain(std::move(world))) {}
    ~shop() { asio::co_spawn(pool, provider.close(), asio::use_future).get(), twilio.stop(), pool.join(); }

    static sms::simulator_options plain(sms::simulator_options world) { return world.tls = false, world; }
    sms::provider_options settings() const
    {
        sms::provider_options options;
        options.account_sid = sms::simulator_options::default_account_sid;
        options.auth_token = sms::simulator_options::default_auth_token;
        options.from_number = "+15005550006";
        options.base_url = twilio.base_url();
        options.settle_time = std::chrono::milliseconds(100); // this Twilio is quick
        return options;
    }
    bool tells(int order)
    {
        return co_spawn(pool, tell_shipped(provider, "+15558675310", order), asio::use_future).get();
    }
};

BOOST_AUTO_TEST_CASE(the_text_names_the_order)
{
    shop s;
    BOOST_TEST(s.tells(7));
    BOOST_TEST(s.twilio.messages().at(0).body == "Order 7 has shipped");
}

BOOST_AUTO_TEST_CASE(a_lost_reply_makes_no_second_message)
{
    sms::simulator_options world;
    world.script["+15558675310"] = {sms::simulated_fault::reply_lost};
    shop s(world);
    BOOST_TEST(s.tells(8));
    BOOST_TEST(s.twilio.summary().accepted == 1);
}
