// The end of a send, on its way to the caller.
#pragma once
#include "client/operation.hpp"
#include <boost/asio/associated_cancellation_slot.hpp>
#include <utility>

namespace twilio_sms::detail {

/// Calls a handler with its outcome, on the handler's own executor, which has work until then.
class completion {
public:
    /// Takes handler and executor from the operation.
    completion(operation& op, result<receipt>&& outcome)
        : handler_(*std::move(op.handler)), caller_(*std::move(op.caller)), outcome_(std::move(outcome))
    {
        op.handler.reset();
        op.caller.reset();
    }

    /// At once when that executor runs here, else later. Once.
    void run()
    {
        caller_.call([handler = std::move(handler_), outcome = std::move(outcome_)]() mutable {
            if (auto slot = asio::get_associated_cancellation_slot(handler); slot.is_connected())
                slot.clear(); // before it: what it does next may use the slot again
            std::move(handler)(std::move(outcome));
        });
    }

private:
    send_handler handler_;
    caller_executor caller_;
    result<receipt> outcome_;
};

} // namespace twilio_sms::detail
