#include "client/bulk_impl.hpp"
#include "client/context_end.hpp"
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

namespace twilio_sms {

bulk_run::impl::impl(notification_source source, prepare_function prepare, std::size_t max_in_flight,
                     std::shared_ptr<rate_limit> rate)
    : source_(std::move(source)), prepare_(std::move(prepare)), max_in_flight_(max_in_flight), rate_(std::move(rate))
{}

asio::awaitable<std::optional<bulk_item>> bulk_run::impl::next(std::shared_ptr<impl> self)
{
    auto const executor = co_await asio::this_coro::executor;
    std::optional<asio::steady_timer> pause; // in this frame, since each call may have another executor
    asio::use_awaitable_t<> token;
    for (;;) {
        bool const rate_holds = self->begin_what_may();
        if (auto item = self->take_outcome())
            co_return item;
        auto const [reading, room] = self->look();
        if (rate_holds ? !reading : reading && room)
            continue; // it changed meanwhile
        if (!rate_holds && self->unreturned_ == 0)
            co_return std::nullopt;
        if (rate_holds) {
            if (!pause)
                pause.emplace(executor);
            pause->expires_at(self->rate_->next());
            pause->async_wait([weak = std::weak_ptr(self)](error_code ec) {
                if (auto const run = weak.lock(); run && !ec)
                    run->rate_is_due();
            });
        }
        co_await asio::async_initiate<asio::use_awaitable_t<>, void(error_code)>(
            [](auto handler, std::shared_ptr<impl> run, asio::any_io_executor ex) {
                run->wait(wait_handler(std::move(handler)), ex);
            },
            token, self, executor);
        if (rate_holds)
            pause->cancel();
    }
}

bulk_run::impl::sight bulk_run::impl::look()
{
    std::lock_guard const lock(mutex_);
    rate_due_ = false;
    return seen_ = {!ended_, room()};
}

// Begins messages until something holds the next one back. True when that is the rate.
bool bulk_run::impl::begin_what_may()
{
    for (;;) {
        auto const [reading, room] = look();
        if (!ahead_) {
            if (!reading || !room)
                return false;
            if (rate_ && rate_->next() > std::chrono::steady_clock::now())
                return true;
            if (!read_one())
                return false;
        } else if (!reading) {
            give_up_ahead();
            return false;
        }
        if (rate_ && !rate_->take(std::chrono::steady_clock::now()))
            return true; // another run was faster
        auto send = *std::move(ahead_);
        ahead_.reset();
        std::move(send).start([self = shared_from_this(), index = next_index_++](
                                  result<receipt> outcome) { self->outcome_arrived(index, std::move(outcome)); },
                              this);
    }
}

bool bulk_run::impl::read_one()
{
    try {
        if (auto const message = source_()) {
            ahead_.emplace(prepare_(*message));
            ++unreturned_;
            return true;
        }
    } catch (...) {
        stop();
        throw;
    }
    stop();
    return false;
}

void bulk_run::impl::give_up_ahead()
{
    ahead_.reset();
    failure f;
    f.code = errc::cancelled;
    f.fate = fate::not_sent;
    f.conditions = condition::cancelled;
    f.message = "the bulk run was stopped; nothing was sent";
    std::lock_guard const lock(mutex_);
    outcomes_.emplace_back(next_index_++, std::move(f));
}

// Sends in doubt wait for their answer beside the others, so many that memory stays bounded.
bool bulk_run::impl::room() const
{
    constexpr std::size_t most_parked = 1'000; // about as many as can be asked about within `total_timeout`
    return unreturned_ - parked_ < max_in_flight_ && parked_ < most_parked;
}

void bulk_run::impl::parked(bool is)
{
    {
        std::lock_guard const lock(mutex_);
        is ? ++parked_ : --parked_;
    }
    wake({}, when::later);
}

std::optional<bulk_item> bulk_run::impl::take_outcome()
{
    if (next_taken_ == taken_.size()) {
        taken_.clear();
        next_taken_ = 0;
        std::lock_guard const lock(mutex_);
        taken_.swap(outcomes_);
    }
    if (taken_.empty())
        return std::nullopt;
    --unreturned_;
    return std::move(taken_[next_taken_++]);
}

void bulk_run::impl::outcome_arrived(std::size_t index, result<receipt> outcome)
{
    {
        std::lock_guard const lock(mutex_);
        outcomes_.emplace_back(index, std::move(outcome));
    }
    wake({}, when::now_if_it_runs_here);
}

void bulk_run::impl::stop() noexcept
{
    {
        std::lock_guard const lock(mutex_);
        ended_ = true;
    }
    wake({}, when::later);
}

void bulk_run::impl::wait(wait_handler handler, asio::any_io_executor const& executor)
{
    take_seat(asio::query(executor, asio::execution::context));
    auto slot = asio::get_associated_cancellation_slot(handler);
    if (slot.is_connected())
        slot.assign([weak = weak_from_this()](asio::cancellation_type type) {
            if (auto const self = weak.lock(); self && type != asio::cancellation_type::none)
                self->wake(asio::error::operation_aborted, when::later);
        });
    bool ready = false;
    {
        std::lock_guard const lock(mutex_);
        waiter_.emplace(std::move(handler));
        its_executor_.emplace(executor);
        // What came since `next` looked.
        ready = !outcomes_.empty() || (seen_.reading && ended_) || (!seen_.room && room()) || rate_due_;
    }
    if (ready)
        wake({}, when::later);
}

void bulk_run::impl::wake(error_code ec, when how)
{
    std::unique_lock lock(mutex_);
    if (!waiter_)
        return;
    auto call = [waiter = *std::move(waiter_), ec]() mutable {
        if (auto slot = asio::get_associated_cancellation_slot(waiter); slot.is_connected())
            slot.clear(); // before it: what it does next may use the slot again
        std::move(waiter)(ec);
    };
    waiter_.reset();
    auto const executor = *std::exchange(its_executor_, std::nullopt);
    lock.unlock();
    if (how == when::later)
        executor.call_later(std::move(call));
    else
        executor.call(std::move(call));
}

void bulk_run::impl::rate_is_due()
{
    {
        std::lock_guard const lock(mutex_);
        rate_due_ = true;
    }
    wake({}, when::later);
}

// The end of the context in which `next` waits is told to this run; no longer that of another one.
void bulk_run::impl::take_seat(asio::execution_context& context)
{
    std::unique_lock lock(mutex_);
    if (seat_ && &seat_->context == &context)
        return;
    auto const mine = seat_ = std::make_shared<seat>(context, weak_from_this());
    lock.unlock();
    asio::use_service<detail::context_end<seat>>(context).add(mine);
}

void bulk_run::impl::seat::abandon()
{
    if (auto const self = run.lock())
        self->leave(*this);
}

void bulk_run::impl::leave(seat const& its)
{
    std::unique_lock lock(mutex_);
    if (seat_.get() != &its)
        return;
    auto const last_seat = std::exchange(seat_, nullptr);
    auto const last = std::exchange(waiter_, std::nullopt); // destroyed without the lock: it may own this run
    its_executor_.reset();
    lock.unlock();
}

bulk_run::bulk_run(std::shared_ptr<impl> i) noexcept : impl_(std::move(i)) {}
bulk_run::bulk_run(bulk_run&&) noexcept = default;
bulk_run& bulk_run::operator=(bulk_run&&) noexcept = default;
bulk_run::~bulk_run() = default;

asio::awaitable<std::optional<bulk_item>> bulk_run::next()
{
    return impl::next(impl_);
}

void bulk_run::stop() noexcept
{
    impl_->stop();
}

} // namespace twilio_sms
