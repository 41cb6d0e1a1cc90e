// The state of a bulk run.
#pragma once
#include "client/caller_executor.hpp"
#include <boost/asio/execution_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <twilio_sms/provider.hpp>
#include <twilio_sms/rate_limit.hpp>
#include <vector>

namespace twilio_sms {

/// `next` runs on the consumer's executor and outcomes arrive on the provider's: hence the mutex.
class bulk_run::impl final : public std::enable_shared_from_this<impl>, private detail::parking_watcher {
public:
    using prepare_function = std::function<detail::prepared_send(notification const&)>;
    using wait_handler = asio::any_completion_handler<void(error_code)>;

    impl(notification_source source, prepare_function prepare, std::size_t max_in_flight,
         std::shared_ptr<rate_limit> rate);

    static asio::awaitable<std::optional<bulk_item>> next(std::shared_ptr<impl> self);
    void stop() noexcept;

private:
    /// Told when an io_context ends on which `next` waits.
    struct seat {
        asio::execution_context& context;
        std::weak_ptr<impl> run;

        seat(asio::execution_context& c, std::weak_ptr<impl> r) : context(c), run(std::move(r)) {}
        void abandon();
    };

    /// What `next` saw when it looked last.
    struct sight {
        bool reading = true;
        bool room = true;
    };

    bool begin_what_may();
    bool read_one();
    void give_up_ahead();
    sight look();
    std::optional<bulk_item> take_outcome();
    void parked(bool is) override;
    bool room() const;
    void outcome_arrived(std::size_t index, result<receipt> outcome);
    void wait(wait_handler handler, asio::any_io_executor const& executor);
    void rate_is_due();
    void take_seat(asio::execution_context& context);
    void leave(seat const& its);

    enum class when { now_if_it_runs_here, later };
    void wake(error_code ec, when how);

    // Touched only within `next`.
    notification_source const source_;
    prepare_function const prepare_;
    std::size_t const max_in_flight_;
    std::shared_ptr<rate_limit> const rate_; // null: no limit
    std::size_t next_index_ = 0;
    std::optional<detail::prepared_send> ahead_; // read, but another run took the start that was due
    std::size_t unreturned_ = 0;                 // read, and not yet returned by `next`
    std::vector<bulk_item> taken_;               // outcomes for `next` to return, from this one on:
    std::size_t next_taken_ = 0;

    std::mutex mutex_;       // guards what follows
    bool ended_ = false;     // nothing more to read
    std::size_t parked_ = 0; // of the unreturned ones: Twilio is being asked about them
    bool rate_due_ = false;  // since `next` looked
    sight seen_;
    std::vector<bulk_item> outcomes_;
    // The consumer; empty when nobody waits. It may own this run, through its frame: hence the seat.
    std::optional<wait_handler> waiter_;
    std::optional<detail::caller_executor> its_executor_;
    std::shared_ptr<seat> seat_;
};

} // namespace twilio_sms
