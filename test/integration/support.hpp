// A simulator with a thread of its own, and providers that use it.
#pragma once
#include "canary.hpp"
#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <cstdio>
#include <exception>
#include <fstream>
#include <iostream>
#include <string>
#include <thread>
#include <twilio_sms/simulator.hpp>
#include <twilio_sms/twilio_sms.hpp>
#include <unistd.h>

namespace twilio_sms::test {

using namespace std::chrono_literals;

inline std::string const account_sid = "AC00000000000000000000000000000001";
inline std::string const sender = "+15005550006";

/// A file that goes with its owner.
class temporary_file {
public:
    explicit temporary_file(std::string const& content)
    {
        static std::atomic<int> count = 0;
        path_ = "test-" + std::to_string(getpid()) + "-" + std::to_string(++count) + ".pem";
        std::ofstream(path_) << content;
    }
    ~temporary_file() { std::remove(path_.c_str()); }
    temporary_file(temporary_file const&) = delete;
    temporary_file& operator=(temporary_file const&) = delete;
    std::string const& path() const noexcept { return path_; }

private:
    std::string path_;
};

class local_twilio {
public:
    explicit local_twilio(simulator_options options = {})
        : server_(io_.get_executor(), with_account(std::move(options))), ca_(server_.ca_pem()),
          thread_([this] { io_.run(); })
    {}
    ~local_twilio()
    {
        server_.stop();
        work_.reset();
        thread_.join();
    }
    local_twilio(local_twilio const&) = delete;
    local_twilio& operator=(local_twilio const&) = delete;

    simulator& server() noexcept { return server_; }

    provider_options options() const
    {
        provider_options o;
        o.account_sid = account_sid;
        o.auth_token = ::test::canary_token;
        o.from_number = sender;
        o.base_url = server_.base_url();
        o.ca_file = ca_.path();
        o.retry_delay = 10ms;
        // For test/gates/no-secrets.sh: everything the log has to say, of tests that send secrets.
        o.observer = make_log_observer(log_level::debug, text_sink(std::clog));
        return o;
    }

private:
    static simulator_options with_account(simulator_options o)
    {
        if (o.accounts.empty())
            o.accounts.emplace_back(account_sid, std::string(::test::canary_token));
        return o;
    }

    asio::io_context io_;
    asio::executor_work_guard<asio::io_context::executor_type> work_{io_.get_executor()};
    simulator server_;
    temporary_file ca_;
    std::thread thread_;
};

/// Runs `io` until the coroutine has ended and nothing else is left; rethrows what it threw.
inline void run(asio::io_context& io, asio::awaitable<void> coroutine)
{
    std::exception_ptr thrown;
    asio::co_spawn(io, std::move(coroutine), [&thrown](std::exception_ptr e) { thrown = e; });
    io.run();
    io.restart();
    if (thrown)
        std::rethrow_exception(thrown);
}

/// One send with these options, from a fresh context; the provider is closed afterwards.
inline result<receipt> send_one(provider_options options, notification const& n, send_options how = {})
{
    asio::io_context io;
    provider p(io.get_executor(), std::move(options));
    auto future = p.async_send(n, how, asio::use_future);
    asio::co_spawn(
        io,
        [](provider& closing, std::future<result<receipt>>&) -> asio::awaitable<void> {
            co_await closing.close();
        }(p, future),
        asio::detached);
    io.run();
    return future.get();
}

/// An E.164 number, different for each `i`; test/gates/no-secrets.sh knows this form.
inline std::string number(int i)
{
    return "+1555" + std::to_string(1'000'000 + i);
}

inline std::string text()
{
    return std::string(::test::canary_text);
}

} // namespace twilio_sms::test
