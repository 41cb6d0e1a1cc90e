// SIGINT, SIGTERM and SIGHUP as calls on an io_context.
#pragma once
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <functional>
#include <utility>

namespace twilio_sms::cli {

/// From its making until its end, the three signals do not kill the program but call the handler, with 1 for the first.
class interrupts {
public:
    interrupts(boost::asio::io_context& io, std::function<void(int)> on_signal)
        : signals_(io, SIGINT, SIGTERM), on_signal_(std::move(on_signal))
    {
        struct sigaction before = {};
        if (::sigaction(SIGHUP, nullptr, &before) == 0 && before.sa_handler != SIG_IGN) // nohup ignores it
            signals_.add(SIGHUP);
        wait();
    }
    interrupts(interrupts const&) = delete;
    interrupts& operator=(interrupts const&) = delete;

    int count() const noexcept { return count_; }

private:
    void wait()
    {
        signals_.async_wait([this](boost::system::error_code e, int) {
            if (e)
                return;
            ++count_;
            on_signal_(count_);
            wait();
        });
    }

    boost::asio::signal_set signals_;
    std::function<void(int)> on_signal_;
    int count_ = 0;
};

} // namespace twilio_sms::cli
