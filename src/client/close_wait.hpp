// Somebody who waits until a provider is closed.
#pragma once
#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/post.hpp>
#include <optional>
#include <utility>

namespace twilio_sms::detail {

/// Used on the strand.
class close_wait {
public:
    using handler = boost::asio::any_completion_handler<void()>;

    explicit close_wait(handler h) { handler_.emplace(std::move(h)); } // Asio 1.26 must not assign these

    /// Calls the handler on its executor, never from within; later calls do nothing.
    template <class Strand>
    void end(Strand const& strand)
    {
        if (!handler_)
            return;
        auto const executor = boost::asio::get_associated_executor(*handler_, strand);
        boost::asio::post(strand, [executor, h = *std::move(handler_)]() mutable { executor.execute(std::move(h)); });
        handler_.reset();
    }

private:
    std::optional<handler> handler_;
};

} // namespace twilio_sms::detail
