// One thread that sends, with a provider of its own.
#pragma once
#include "audit.hpp"
#include "recording.hpp"
#include "settings.hpp"
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <twilio_sms/twilio_sms.hpp>

namespace twilio_sms::load {

namespace asio = boost::asio;

class lane {
public:
    /// The `number`-th of those that the settings ask for. `options` are those of all lanes; `run_id` is empty without
    /// an audit.
    lane(settings const& s, provider_options options, std::size_t number, std::string const& run_id,
         std::shared_ptr<rate_limit> rate);

    /// Sends on this thread, until every send has ended.
    void run(window const& w);

    recording const& measured() const noexcept { return *measured_; }
    told const& outcomes() const noexcept { return told_; } ///< when there is a run ID
    provider_stats stats() const { return provider_.stats(); }
    std::string const& first_failure() const noexcept { return first_failure_; } ///< what to do about it; or empty

private:
    class open_send; // the handler of a send of the open loop

    asio::awaitable<void> send_in_turn(); // one of the closed loop
    asio::awaitable<void> send_in_bulk();
    asio::awaitable<void> send_at_rate(); // the open loop
    void one_less();                      // of what is outstanding; after the last one the provider closes

    /// Makes `n` the next message, and returns its place among those of this lane.
    std::uint64_t begin_next(notification& n);
    void ended(std::uint64_t place, steady::time_point meant, steady::time_point now, result<receipt> const& outcome);

    settings const& settings_;
    std::size_t const number_;
    std::size_t const in_flight_;
    std::shared_ptr<rate_limit> const rate_; // of a bulk run; null: none
    notification const message_;
    bool const audited_;
    std::uint64_t const first_recipient_;
    asio::io_context io_{1};
    provider provider_;
    window window_;
    std::optional<recording> measured_;
    told told_;
    std::uint64_t begun_ = 0; // messages
    std::string first_failure_;
    std::size_t outstanding_ = 0; // sends, or coroutines that send
};

} // namespace twilio_sms::load
