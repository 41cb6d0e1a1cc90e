// Where the outcome of a send is told.
#pragma once
#include <boost/asio/any_completion_executor.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/execution/blocking.hpp>
#include <boost/asio/execution/outstanding_work.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/require.hpp>
#include <concepts>
#include <utility>
#include <variant>

namespace twilio_sms::detail {

/// A handler's executor, which has work as long as this exists.
class caller_executor {
public:
    template <class Executor> // exactly these: with conversions the compiler asks whether this is an executor, too
    requires std::same_as<Executor, boost::asio::any_io_executor> ||
        std::same_as<Executor, boost::asio::any_completion_executor>
    explicit caller_executor(Executor const& e)
        : executor_(boost::asio::prefer(e, boost::asio::execution::outstanding_work.tracked))
    {}

    /// At once when it runs here, else later.
    template <class Function>
    void call(Function&& f) const
    {
        std::visit([&](auto const& e) { e.execute(std::forward<Function>(f)); }, executor_);
    }

    /// Never from within. Precondition: made from an any_io_executor.
    template <class Function>
    void call_later(Function&& f) const
    {
        boost::asio::require(std::get<0>(executor_), boost::asio::execution::blocking.never)
            .execute(std::forward<Function>(f));
    }

private:
    std::variant<boost::asio::any_io_executor, boost::asio::any_completion_executor> executor_;
};

} // namespace twilio_sms::detail
