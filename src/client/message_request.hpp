// One request about a message that Twilio has, from its admission to its end.
#pragma once
#include "client/inquiries.hpp"
#include "client/settings.hpp"
#include "core/request_verdict.hpp"
#include <boost/asio/any_completion_executor.hpp>
#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <twilio_sms/error.hpp>
#include <utility>

namespace twilio_sms::detail {

struct message_request final : inquiry {
    using handler = boost::asio::any_completion_handler<void(std::optional<failure>)>;

    request_effect effect = request_effect::asks;
    bool removes = false; ///< 204 says so; what is absent after an attempt in doubt was removed by that one

    /// Takes the body of a 2xx reply, on the strand, unless it removes. False when it is not what was asked for.
    std::function<bool(std::string_view)> take;

    time_point due{};              ///< of the repeat
    bool cancel_requested = false; ///< before admission
    bool admitted = false;

    /// Who waits for the end, on its own executor, which is kept running, or on this one.
    void expect(handler h, boost::asio::any_io_executor const& otherwise)
    {
        work_.emplace(boost::asio::get_associated_executor(h, otherwise));
        handler_.emplace(std::move(h));
    }

    boost::asio::cancellation_slot slot() const { return boost::asio::get_associated_cancellation_slot(*handler_); }

    bool ended() const noexcept { return !handler_; }

    /// Nobody will call the handler.
    void let_go()
    {
        auto const last = std::exchange(handler_, std::nullopt); // what it owns may own this request
        work_.reset();
    }

    /// Calls the handler, never from within. Once.
    template <class Strand>
    void conclude(Strand const& strand, std::optional<failure> f)
    {
        boost::asio::post(strand, [work = *std::move(work_), h = *std::move(handler_), f = std::move(f)]() mutable {
            work.get_executor().execute([h = std::move(h), f = std::move(f)]() mutable { std::move(h)(std::move(f)); });
        });
        handler_.reset();
        work_.reset();
    }

private:
    std::optional<boost::asio::executor_work_guard<boost::asio::any_completion_executor>> work_;
    std::optional<handler> handler_; // optional: Asio 1.26 must not assign these
};

using message_request_ptr = std::shared_ptr<message_request>;

/// Reads the reply of the last attempt, if there is one: the error it tells, or what was asked for.
void read_reply(message_request& request);

/// What the caller is told when the last attempt was the end of it.
failure make_failure(message_request const& request, dispatcher_settings const& settings);

} // namespace twilio_sms::detail
