// The executor that a provider's strand runs on.
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/execution/blocking.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/query.hpp>
#include <boost/asio/require.hpp>
#include <boost/asio/strand.hpp>
#include <concepts>
#include <type_traits>
#include <utility>

namespace twilio_sms::detail {

/// The user's executor, except that it answers one question itself: a strand asks it whether it may block for every
/// function that it is given, and any_io_executor answers with a heap allocation.
class io_executor {
    using inner = boost::asio::any_io_executor;

public:
    template <std::same_as<inner> Inner> // exactly this: with conversions the compiler goes in circles
    explicit io_executor(Inner e) : io_executor(std::move(e), boost::asio::execution::blocking_t())
    {
        blocking_ = boost::asio::query(inner_, boost::asio::execution::blocking);
    }

    boost::asio::execution::blocking_t query(boost::asio::execution::blocking_t) const noexcept { return blocking_; }
    io_executor require(boost::asio::execution::blocking_t::never_t p) const
    {
        return {boost::asio::require(inner_, p), p};
    }
    io_executor prefer(boost::asio::execution::blocking_t::possibly_t p) const
    {
        return {boost::asio::prefer(inner_, p), p};
    }

    template <class Property, std::enable_if_t<boost::asio::can_query<inner const&, Property>::value, int> = 0>
    decltype(auto) query(Property p) const
    {
        return boost::asio::query(inner_, p);
    }
    template <class Property, std::enable_if_t<boost::asio::can_require<inner const&, Property>::value, int> = 0>
    io_executor require(Property p) const
    {
        return {boost::asio::require(inner_, p), blocking_};
    }
    template <class Property, std::enable_if_t<boost::asio::can_prefer<inner const&, Property>::value, int> = 0>
    io_executor prefer(Property p) const
    {
        return {boost::asio::prefer(inner_, p), blocking_};
    }

    template <class Function>
    void execute(Function&& f) const
    {
        inner_.execute(std::forward<Function>(f));
    }

    friend bool operator==(io_executor const& a, io_executor const& b) noexcept { return a.inner_ == b.inner_; }
    friend bool operator!=(io_executor const& a, io_executor const& b) noexcept { return a.inner_ != b.inner_; }

private:
    io_executor(inner e, boost::asio::execution::blocking_t blocking) : inner_(std::move(e)), blocking_(blocking) {}

    inner inner_;
    boost::asio::execution::blocking_t blocking_;
};

using strand_type = boost::asio::strand<io_executor>;

} // namespace twilio_sms::detail
