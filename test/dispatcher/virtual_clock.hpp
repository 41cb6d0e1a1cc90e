// Time that moves only when the test says so, and what is to happen at some time.
#pragma once
#include "client/io_executor.hpp"
#include <algorithm>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/system/error_code.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <utility>

namespace twilio_sms::test {

namespace asio = boost::asio;
using boost::system::error_code;
using steady_time = std::chrono::steady_clock::time_point;

class virtual_clock {
public:
    using action = std::function<void(error_code)>;
    using ticket = std::pair<steady_time, std::uint64_t>; ///< when, and in which order

    asio::io_context io;
    steady_time now{std::chrono::hours(1)};

    /// Runs what is ready, then moves the clock step by step, running what comes due.
    void advance(std::chrono::milliseconds by = std::chrono::milliseconds(0))
    {
        auto const until = now + by;
        poll();
        while (!due_.empty() && due_.begin()->first.first <= until)
            step();
        now = until;
    }

    /// Moves on to what comes due next. Precondition: there is something.
    void step()
    {
        auto const moment = due_.begin()->first.first;
        now = std::max(now, moment);
        while (!due_.empty() && due_.begin()->first.first == moment) { // what is due together is ready together
            auto const what = std::move(due_.begin()->second);
            due_.erase(due_.begin());
            what({});
        }
        poll();
    }

    bool idle() const noexcept { return due_.empty(); }
    steady_time next() const { return due_.begin()->first.first; } ///< Precondition: not `idle`.

    ticket at(steady_time when, action what)
    {
        ticket const t{when, ++serial_};
        due_.emplace(t, std::move(what));
        return t;
    }

    /// Takes back what was to happen; empty when it has happened.
    action forget(ticket const& t)
    {
        auto const found = due_.find(t);
        if (found == due_.end())
            return nullptr;
        auto what = std::move(found->second);
        due_.erase(found);
        return what;
    }

    void poll()
    {
        io.restart();
        io.poll();
    }

protected:
    /// The end of the io_context: what is pending is dropped, uncalled. What goes with it may look into it.
    void drop_all() { std::exchange(due_, {}); }

private:
    std::map<ticket, action> due_;
    std::uint64_t serial_ = 0;
};

/// An `Env`'s timer.
class virtual_timer {
public:
    using strand_type = detail::strand_type;

    virtual_timer(virtual_clock& clock, strand_type const& strand) : clock_(&clock), strand_(strand) {}
    ~virtual_timer() { clock_->forget(ticket_); }
    virtual_timer(virtual_timer const&) = delete;
    virtual_timer& operator=(virtual_timer const&) = delete;

    void expires_at(steady_time when)
    {
        cancel();
        when_ = when;
    }
    template <class Handler>
    void async_wait(Handler handler)
    {
        auto shared = std::make_shared<Handler>(std::move(handler));
        ticket_ = clock_->at(
            when_, [strand = strand_, shared](error_code ec) { asio::post(strand, [shared, ec] { (*shared)(ec); }); });
    }
    void cancel()
    {
        if (auto const f = clock_->forget(ticket_))
            f(asio::error::operation_aborted);
    }

private:
    virtual_clock* clock_;
    strand_type strand_;
    steady_time when_{};
    virtual_clock::ticket ticket_{};
};

} // namespace twilio_sms::test
