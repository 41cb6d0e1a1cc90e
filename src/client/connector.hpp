// What all connections of a provider share: where they lead, what is known of that place, and how many there are.
#pragma once
#include "client/address_cache.hpp"
#include "client/io_executor.hpp"
#include "client/monitor.hpp"
#include "client/settings.hpp"
#include "core/resolution.hpp"
#include "core/retry_after.hpp"
#include "core/server_clock.hpp"
#include "crypto/secret_string.hpp"
#include "net/wire.hpp"
#include <boost/asio/any_io_executor.hpp>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace twilio_sms::detail {

/// Somebody who waits for the addresses.
class lookup_waiter {
public:
    /// With an error text when there are none. It may ask again at once.
    virtual void lookup_ended(std::string const& error) = 0;

protected:
    ~lookup_waiter() = default;
};

/// Everything here runs on the strand, except the constructor and `strand`. A pending network operation keeps it alive.
template <class Env>
class connector : public std::enable_shared_from_this<connector<Env>> {
public:
    using time_point = std::chrono::steady_clock::time_point;
    using strand_type = detail::strand_type;
    using address = typename Env::address;

    connector(boost::asio::any_io_executor executor, dispatcher_settings s, Env e)
        : env(std::move(e)), settings(std::move(s)), strand(io_executor(std::move(executor))),
          watch(settings.observer, settings.retry.max_retries + 1)
    {}

    Env env;
    dispatcher_settings settings;
    strand_type const strand;

    monitor watch;

    secret_string request; ///< while one is being written and encrypted; one for all keeps it in the cache

    wire make_wire()
    {
        return settings.tls ? wire::secure(settings.tls.get(), settings.host, settings.connect_request())
                            : wire::plain();
    }

    // ---- name look-ups: one at a time, shared by all workers ----

    address_cache<address>& addresses() noexcept { return addresses_; }

    /// Tells all workers' `lookup_ended` when there is an answer, never from within this function.
    void begin_lookup(lookup_waiter& who)
    {
        waiting_.push_back(&who);
        if (std::exchange(lookup_running_, true))
            return;
        env.async_resolve(strand, settings.dialled_host(), settings.dialled_port(),
                          [this, alive = this->shared_from_this()](error_code ec, std::vector<address> found) {
                              lookup_ended(ec, std::move(found));
                          });
    }

    /// It waits no longer.
    void abandon_lookup(lookup_waiter& who) { std::erase(waiting_, &who); }

    // ---- the server's clock ----

    /// Of replies that are Twilio's own: what is between may have another clock.
    void learn_time(time_point asked, time_point received, std::string_view date)
    {
        constexpr std::chrono::years absurd(50); // a clock that this machine's cannot be compared with
        auto const parsed = parse_date(date);
        if (parsed && std::chrono::abs(*parsed - env.wall_clock_now()) < absurd) {
            clock_.learn(asked, received, *parsed);
            next_lesson_ = received + std::chrono::seconds(1);
        }
    }

    /// The same where replies are many: more than one a second teach little.
    void learn_time_sometimes(time_point asked, time_point received, std::string_view date)
    {
        if (received >= next_lesson_)
            learn_time(asked, received, date);
    }

    /// What a Retry-After header asks for, if there is one that can be read.
    std::optional<std::chrono::seconds> wait_asked_for(std::string_view retry_after) const
    {
        return retry_after.empty() ? std::nullopt : parse_retry_after(retry_after, env.wall_clock_now());
    }

    /// When Twilio may have created a message whose request was begun at `since` and handed over by `until`.
    creation_window window(time_point since, time_point until) const
    {
        auto const handed_over = server_time(until);
        auto const settle = std::chrono::ceil<std::chrono::milliseconds>(settings.settle_time);
        return {server_time(since), {handed_over.earliest + settle, handed_over.latest + settle}};
    }

    /// The same, if a reply has told the time.
    std::optional<creation_window> known_window(time_point since, time_point until) const
    {
        return clock_.known() ? std::optional(window(since, until)) : std::nullopt;
    }

    server_span server_time(time_point when) const { return clock_.at(when, env.now(), env.wall_clock_now()); }

protected:
    ~connector() = default;

private:
    void lookup_ended(error_code ec, std::vector<address> found)
    {
        lookup_running_ = false;
        std::string error; // the same for all: the first of them may begin another look-up at once
        if (ec || found.empty())
            error = ec ? ec.message() : "the name has no address";
        else
            addresses_.set(std::move(found), env.now());
        for (auto* const who : std::exchange(waiting_, {}))
            who->lookup_ended(error);
    }

    address_cache<address> addresses_;
    std::vector<lookup_waiter*> waiting_;
    bool lookup_running_ = false;
    server_clock clock_;
    time_point next_lesson_ = time_point::min();
};

} // namespace twilio_sms::detail
