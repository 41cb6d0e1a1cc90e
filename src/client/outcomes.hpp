// The ends of sends, on their way to callers and observer.
#pragma once
#include "client/completion.hpp"
#include "client/connector.hpp"
#include "client/operation.hpp"
#include <boost/asio/post.hpp>
#include <cstddef>
#include <exception>
#include <utility>

namespace twilio_sms::detail {

/// Runs on the strand. An outcome is a `receipt` or a `failure`, to be moved from.
template <class Env>
class outcomes {
public:
    explicit outcomes(connector<Env>& net) noexcept : net_(net) {}

    void admitted() noexcept { ++live_; }

    /// Sends admitted and not ended.
    std::size_t live() const noexcept { return live_; }

    /// Ends the send and calls its handler. What that throws does not end the worker that carried the message: it comes
    /// out of the io_context's `run`.
    template <class Outcome>
    void deliver(operation_ptr const& op, Outcome&& outcome, time_point now)
    {
        settle(*op, outcome, now);
        completion call(op, result<receipt>(std::move(outcome)));
        try {
            call.run();
        } catch (...) {
            asio::post(net_.strand, [thrown = std::current_exception()] { std::rethrow_exception(thrown); });
        }
    }

    /// For ends that are noticed where the handler must not run: inside an initiating function, a sweep or a signal.
    template <class Outcome>
    void deliver_later(operation_ptr const& op, Outcome&& outcome)
    {
        settle(*op, outcome, net_.env.now());
        asio::post(net_.strand, [call = completion(op, result<receipt>(std::move(outcome)))]() mutable { call.run(); });
    }

    template <class Outcome>
    void report(operation const& op, Outcome const& outcome, time_point now)
    {
        net_.watch.ended(op, outcome, now - op.admitted);
    }

private:
    template <class Outcome>
    void settle(operation& op, Outcome const& outcome, time_point now)
    {
        op.now = operation::state::done;
        --live_;
        report(op, outcome, now);
    }

    connector<Env>& net_;
    std::size_t live_ = 0;
};

} // namespace twilio_sms::detail
