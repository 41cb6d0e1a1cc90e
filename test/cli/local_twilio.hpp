// A simulator on a thread of its own.
#pragma once
#include "tool.hpp"
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <thread>
#include <twilio_sms/simulator.hpp>

namespace twilio_sms::test {

class local_twilio {
public:
    explicit local_twilio(simulator_options options = plain_http()) : twilio_(io_.get_executor(), std::move(options)) {}
    local_twilio(local_twilio const&) = delete;
    local_twilio& operator=(local_twilio const&) = delete;
    ~local_twilio()
    {
        twilio_.stop();
        io_.stop();
        thread_.join();
    }

    static simulator_options plain_http()
    {
        simulator_options o;
        o.tls = false;
        return o;
    }

    simulator& operator*() noexcept { return twilio_; }
    simulator* operator->() noexcept { return &twilio_; }

    /// What the tool needs to send here.
    environment variables(std::string const& token = std::string(simulator_options::default_auth_token)) const
    {
        return {"TWILIO_ACCOUNT_SID=" + std::string(simulator_options::default_account_sid),
                "TWILIO_AUTH_TOKEN=" + token, "TWILIO_FROM_NUMBER=+15017122661",
                "TWILIO_BASE_URL=" + twilio_.base_url()};
    }

    /// Waits until it has got so many create requests; a failed check when they do not come within 10 s.
    void wait_for_requests(std::uint64_t count) const
    {
        auto const limit = std::chrono::steady_clock::now() + std::chrono::seconds(10);
        while (twilio_.summary().requests < count && std::chrono::steady_clock::now() < limit)
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        BOOST_REQUIRE(twilio_.summary().requests >= count);
    }

private:
    boost::asio::io_context io_{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{io_.get_executor()};
    simulator twilio_;
    std::thread thread_{[this] { io_.run(); }};
};

} // namespace twilio_sms::test
