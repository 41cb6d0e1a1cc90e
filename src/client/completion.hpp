// The end of a send, on its way to the caller.
#pragma once
#include "client/operation.hpp"
#include <boost/asio/associated_cancellation_slot.hpp>
#include <utility>

namespace twilio_sms::detail {

/// Calls an operation's handler with its outcome, on the handler's own executor, which has work until then.
class completion {
public:
    completion(operation_ptr op, result<receipt>&& outcome) : op_(std::move(op))
    {
        op_->outcome.emplace(std::move(outcome));
    }

    /// At once when that executor runs here, else later. Once.
    void run()
    {
        auto const caller = *std::move(op_->caller);
        op_->caller.reset();
        caller.call([op = std::move(op_)] {
            auto handler = *std::move(op->handler);
            op->handler.reset();
            if (auto slot = asio::get_associated_cancellation_slot(handler); slot.is_connected())
                slot.clear(); // before it: what it does next may use the slot again
            std::move(handler)(*std::move(op->outcome));
        });
    }

private:
    operation_ptr op_; // kept by nobody else when this waits, since its handler may own the provider
};

} // namespace twilio_sms::detail
