// One timer for many time limits: it rings at the earliest time somebody asked for.
#pragma once
#include "client/operation.hpp"
#include <memory>
#include <utility>

namespace twilio_sms::detail {

/// Runs on the strand.
template <class Env>
class alarm {
public:
    template <class Strand>
    alarm(Env& env, Strand const& strand) : timer_(env, strand)
    {}

    /// `owner->rings()` is called at this time, unless it is to be called before. A set alarm keeps its owner alive.
    template <class Owner>
    void set(time_point when, std::shared_ptr<Owner> owner)
    {
        if (at_ <= when)
            return;
        at_ = when;
        timer_.expires_at(when);
        timer_.async_wait([this, owner = std::move(owner)](error_code ec) {
            if (ec)
                return;
            at_ = time_point::max();
            owner->rings();
        });
    }

    void cancel()
    {
        timer_.cancel();
        at_ = time_point::max();
    }

private:
    typename Env::timer timer_;
    time_point at_ = time_point::max(); // max: it is not set
};

} // namespace twilio_sms::detail
