// Connections opened ahead of need.
#pragma once
#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/post.hpp>
#include <cstddef>
#include <memory>
#include <optional>
#include <twilio_sms/error.hpp>
#include <utility>
#include <vector>

namespace twilio_sms::detail {

/// Somebody who waits until so many connections are open. Used on the strand.
class warm_up_wait {
public:
    using handler = boost::asio::any_completion_handler<void(std::optional<failure>)>;

    warm_up_wait(std::size_t connections, handler h) : wanted(connections) { handler_.emplace(std::move(h)); }

    std::size_t const wanted;

    bool ended() const noexcept { return !handler_; }

    /// Calls the handler on its executor, never from within; later calls do nothing.
    template <class Strand>
    void end(Strand const& strand, std::optional<failure> why)
    {
        if (!handler_)
            return;
        auto const executor = boost::asio::get_associated_executor(*handler_, strand);
        boost::asio::post(strand, [executor, h = *std::move(handler_), why = std::move(why)]() mutable {
            executor.execute([h = std::move(h), why = std::move(why)]() mutable { std::move(h)(std::move(why)); });
        });
        handler_.reset();
    }

private:
    std::optional<handler> handler_;
};

/// Runs on the strand.
class warm_ups {
public:
    void add(std::shared_ptr<warm_up_wait> wait) { waits_.push_back(std::move(wait)); }

    bool empty() const noexcept { return waits_.empty(); }

    /// Is there need for more than these?
    bool want_more_than(std::size_t connections) const noexcept
    {
        for (auto const& wait : waits_)
            if (!wait->ended() && wait->wanted > connections)
                return true;
        return false;
    }

    template <class Strand>
    void opened(std::size_t connections, Strand const& strand)
    {
        std::erase_if(waits_, [&](auto const& wait) {
            if (wait->wanted <= connections)
                wait->end(strand, std::nullopt);
            return wait->ended();
        });
    }

    template <class Strand>
    void failed(failure const& why, Strand const& strand)
    {
        for (auto const& wait : std::exchange(waits_, {}))
            wait->end(strand, why);
    }

private:
    std::vector<std::shared_ptr<warm_up_wait>> waits_;
};

} // namespace twilio_sms::detail
