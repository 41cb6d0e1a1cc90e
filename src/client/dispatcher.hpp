// The heart of a provider: one queue of messages, the workers that carry them, retries and time limits.
#pragma once
#include "client/address_cache.hpp"
#include "client/attempt_report.hpp"
#include "client/completion.hpp"
#include "client/operation.hpp"
#include "client/settings.hpp"
#include "client/worker.hpp"
#include "core/concurrency_limit.hpp"
#include "core/retry.hpp"
#include "core/retry_after.hpp"
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <deque>
#include <memory>
#include <string>
#include <twilio_sms/observer.hpp>
#include <twilio_sms/phone_number.hpp>
#include <utility>
#include <vector>

namespace twilio_sms::detail {

/// Everything here runs on the strand, except the constructor, the destructor and `strand`.
template <class Env>
class dispatcher : public std::enable_shared_from_this<dispatcher<Env>> {
public:
    using strand_type = asio::strand<asio::any_io_executor>;
    using close_handler = asio::any_completion_handler<void()>;

    /// Somebody waits for the end. `handler` is empty when the wait is over.
    struct close_wait {
        std::optional<close_handler> handler;
        explicit close_wait(close_handler h) { handler.emplace(std::move(h)); }
    };

    dispatcher(asio::any_io_executor executor, dispatcher_settings s, Env env)
        : strand_(asio::make_strand(std::move(executor))), settings_(std::move(s)), env_(std::move(env)),
          limit_(settings_.max_connections), timer_(env_, strand_)
    {}

    // The io_context is gone, or nothing was under way. Who still waits is told by events only.
    ~dispatcher()
    {
        for (auto const& op : live_operations()) {
            auto report = ended_by(breakdown::closed);
            if (auto const* const carrier = carrier_of(op))
                report.end.request = carrier->request_handover();
            report_outcome(*op, failure_of(*op, report));
        }
    }

    // ---- from the provider ----

    strand_type const& strand() const noexcept { return strand_; }

    void tell_dropped_media(operation const& op)
    {
        if (settings_.observer)
            for (auto const& media : op.dropped_media)
                settings_.observer->on_media_dropped({mask_phone_number(op.to), media.index, media.reason});
    }

    void submit(operation_ptr op)
    {
        auto const now = env_.now();
        op->admitted = now;
        op->deadline = now + settings_.total_timeout;
        if (op->own_deadline)
            op->deadline = std::min(op->deadline, *op->own_deadline);
        ++live_;
        if (op->refused)
            return finish_later(op, *std::move(op->refused));
        if (closing_)
            return finish_later(op, failure_of(*op, ended_by(breakdown::closed)));
        if (op->cancel_requested)
            return finish_later(op, failure_of(*op, ended_by(breakdown::cancelled)));
        enqueue(std::move(op), now);
        arm_timer(now);
        bool const outer = std::exchange(initiating_, true);
        pump();
        initiating_ = outer;
    }

    void cancel(operation_ptr const& op, breakdown why = breakdown::cancelled)
    {
        op->cancel_requested = true;
        stop(op, why);
    }

    /// Refuses new sends; ends the wait when those begun have ended and the connections are closed.
    void close(std::shared_ptr<close_wait> wait)
    {
        closing_ = true;
        close_waits_.push_back(std::move(wait));
        close_when_drained();
    }

    void end_wait(close_wait& wait)
    {
        if (!wait.handler)
            return;
        auto const executor = asio::get_associated_executor(*wait.handler, strand_);
        asio::post(strand_, [executor, h = *std::move(wait.handler)]() mutable { executor.execute(std::move(h)); });
        wait.handler.reset();
    }

    /// Ends everything now.
    void shut_down()
    {
        closing_ = true;
        for (auto const& op : live_operations())
            cancel(op, breakdown::closed);
        close_when_drained();
    }

    // ---- from the workers ----

    Env& env() noexcept { return env_; }
    dispatcher_settings const& settings() const noexcept { return settings_; }

    /// The next message for a worker, or null: then the worker is idle until it is woken.
    operation_ptr take(worker<Env>& w)
    {
        if (std::exchange(w.returning, false))
            --returning_;
        drop_ended_and_late();
        if (queue_.empty() || in_flight_ >= limit_.current()) {
            if (closing_ && live_ == 0)
                w.close_connection("closed");
            idle_.push_back(&w);
            return nullptr;
        }
        auto op = std::move(queue_.front());
        queue_.pop_front();
        --queued_;
        ++in_flight_;
        op->now = operation::state::in_flight;
        return op;
    }

    void attempt_begins(operation& op, bool reused)
    {
        ++op.attempts;
        if (settings_.observer)
            settings_.observer->on_attempt({mask_phone_number(op.to), op.attempts, attempts_allowed(), reused});
    }

    void write_request(secret_string& out, operation const& op) { settings_.request->write_create(out, op.form); }

    /// Judges the attempt in `w.report()`. True when the same worker is to try the same message again at once.
    bool attempt_ended(worker<Env>& w)
    {
        auto const op = w.message(); // a copy: the handler may do anything
        auto& report = w.report();
        auto const now = env_.now();
        auto const what = judge(report.end);
        adapt_limit(report, what, now);

        if (what.fate == fate::accepted) {
            report.accepted.attempts = op->attempts;
            report.accepted.request_id = std::move(report.request_id);
            leave_flight(w, op, std::move(report.accepted));
            return false;
        }
        finished_attempt const attempt{
            report.end, what, op->attempts, report.reused_connection, retry_after(report), op->deadline - now};
        auto step = after_attempt(settings_.retry, attempt, env_.random01());
        if (op->cancel_requested)
            step = next_step();
        if (step.what == next_step::kind::replace_connection) {
            --op->attempts; // the same attempt still
            return true;
        }
        if (report.end.why == breakdown::connect || report.end.why == breakdown::connect_timeout)
            addresses_.forget(); // they may have moved
        auto failed = failure_of(*op, report);
        bool const repeats = step.what == next_step::kind::repeat;
        if (settings_.observer)
            settings_.observer->on_attempt_failed(
                {mask_phone_number(op->to), op->attempts, attempts_allowed(), failed, repeats, step.delay});
        op->maybe_sent |= what.fate == fate::unknown;
        if (!repeats || op->cancel_requested) { // the observer may have cancelled it
            leave_flight(w, op, std::move(failed));
            return false;
        }
        --in_flight_;
        op->now = operation::state::waiting_to_repeat;
        op->due = now + step.delay;
        waiting_.push_back(op);
        return false;
    }

    wire make_wire()
    {
        return settings_.tls ? wire::secure(settings_.tls.get(), settings_.host, settings_.connect_request())
                             : wire::plain();
    }

    void connection_opened(bool resumed)
    {
        ++open_connections_;
        if (settings_.observer)
            settings_.observer->on_connection(
                {connection_event::kind::opened, {}, open_connections_, queued_, resumed});
    }

    void connection_closed(std::string_view reason)
    {
        --open_connections_;
        if (settings_.observer)
            settings_.observer->on_connection({connection_event::kind::closed, reason, open_connections_, queued_});
    }

    // ---- name look-ups: one at a time, shared by all workers ----

    address_cache<typename Env::address>& addresses() noexcept { return addresses_; }

    void begin_lookup()
    {
        if (std::exchange(lookup_running_, true))
            return;
        env_.async_resolve(strand_, settings_.dialled_host(), settings_.dialled_port(),
                           [self = this->shared_from_this()](error_code ec, std::vector<typename Env::address> found) {
                               self->lookup_ended(ec, std::move(found));
                           });
    }

private:
    static constexpr std::chrono::milliseconds busy_tick{25}; // the precision of all time limits
    static constexpr std::chrono::seconds idle_tick{1};

    int attempts_allowed() const noexcept { return settings_.retry.max_retries + 1; }

    void lookup_ended(error_code ec, std::vector<typename Env::address> found)
    {
        lookup_running_ = false;
        std::string error; // the same for all: the first of them may begin another look-up at once
        if (ec || found.empty()) {
            error = ec ? ec.message() : "the name has no address";
        } else {
            addresses_.set(std::move(found), env_.now());
        }
        for (std::size_t i = 0; i < workers_.size(); ++i)
            workers_[i]->lookup_ended(error);
    }

    void enqueue(operation_ptr op, time_point now)
    {
        op->now = operation::state::queued;
        op->queue_deadline = op->queue_limited ? now + settings_.queue_timeout : time_point::max();
        queue_.push_back(std::move(op));
        ++queued_;
    }

    // Gives waiting messages to workers, as far as the limits let it.
    void pump()
    {
        for (;;) {
            // A worker that is just returning will take one by itself.
            auto const unclaimed = queued_ - std::min(queued_, returning_);
            switch (next_pool_step(
                {unclaimed, in_flight_, limit_.current(), idle_.size(), workers_.size(), settings_.max_connections})) {
            case pool_step::none: return;
            case pool_step::wake_idle: {
                auto* const w = idle_.back(); // the one used last: its connection is the freshest
                idle_.pop_back();
                w->wake();
                break;
            }
            case pool_step::add:
                workers_.push_back(std::make_unique<worker<Env>>(*this));
                workers_.back()->wake();
                break;
            }
        }
    }

    void adapt_limit(attempt_report const& report, verdict const& what, time_point now)
    {
        if (what.conditions.contains(condition::throttled)) {
            if (limit_.on_throttled(in_flight_, now) && settings_.observer)
                settings_.observer->on_throttle({limit_.current()});
        } else if (report.end.http_status != 0) {
            limit_.on_answered();
        }
    }

    std::optional<duration> retry_after(attempt_report const& report) const
    {
        if (report.retry_after.empty())
            return std::nullopt;
        return parse_retry_after(report.retry_after, env_.wall_clock_now());
    }

    // ---- the ends of messages ----

    // Ends a message that is not being carried just now, or has its worker end it.
    void stop(operation_ptr const& op, breakdown why)
    {
        switch (op->now) {
        case operation::state::queued: --queued_; break; // `take` passes over it
        case operation::state::waiting_to_repeat: std::erase(waiting_, op); break;
        case operation::state::in_flight: return carrier_of(op)->abort(why);
        case operation::state::prepared:
        case operation::state::done: return;
        }
        finish_later(op, failure_of(*op, ended_by(why)));
    }

    // The worker that carries a message, if one does.
    worker<Env>* carrier_of(operation_ptr const& op) const
    {
        if (op->now == operation::state::in_flight)
            for (auto const& w : workers_)
                if (w->message() == op)
                    return w.get();
        return nullptr;
    }

    // Takes those that have ended off the front of the queue, and ends those whose time is up.
    void drop_ended_and_late()
    {
        if (queue_.empty())
            return;
        auto const now = env_.now();
        while (!queue_.empty()) {
            end_if_late(queue_.front(), now);
            if (queue_.front()->now == operation::state::queued)
                return;
            queue_.pop_front();
        }
    }

    void end_if_late(operation_ptr const& op, time_point now)
    {
        if (op->now != operation::state::queued)
            return;
        if (now >= op->deadline)
            stop(op, breakdown::deadline);
        else if (now >= op->queue_deadline)
            stop(op, breakdown::queue_timeout);
    }

    template <class Outcome> // receipt or failure
    void leave_flight(worker<Env>& w, operation_ptr const& op, Outcome outcome)
    {
        --in_flight_;
        ++returning_;
        w.returning = true;
        settle(*op, outcome);
        completion call(*op, std::move(outcome));
        if (initiating_) // a kept connection failed in the moment of writing
            asio::post(strand_, [c = std::move(call)]() mutable { c.run(); });
        else
            run_now(call);
        close_when_drained();
    }

    // For ends that are noticed where the handler must not run: inside an initiating function, a sweep or a signal.
    void finish_later(operation_ptr const& op, failure f)
    {
        settle(*op, f);
        asio::post(strand_, [call = completion(*op, std::move(f))]() mutable { call.run(); });
        close_when_drained();
    }

    // A handler that throws does not end the worker that calls it: the exception comes out of the io_context's `run`.
    void run_now(completion& call)
    {
        try {
            call.run();
        } catch (...) {
            asio::post(strand_, [thrown = std::current_exception()] { std::rethrow_exception(thrown); });
        }
    }

    template <class Outcome>
    void settle(operation& op, Outcome const& outcome)
    {
        op.now = operation::state::done;
        --live_;
        report_outcome(op, outcome);
    }

    void report_outcome(operation const& op, receipt const& r) const { report_outcome(op, &r, nullptr); }
    void report_outcome(operation const& op, failure const& f) const { report_outcome(op, nullptr, &f); }
    void report_outcome(operation const& op, receipt const* accepted, failure const* failed) const
    {
        if (settings_.observer)
            settings_.observer->on_outcome(
                {mask_phone_number(op.to), accepted, failed, op.attempts, env_.now() - op.admitted});
    }

    failure failure_of(operation const& op, attempt_report const& report) const
    {
        return make_failure(op, report, settings_);
    }

    std::vector<operation_ptr> live_operations() const
    {
        std::vector<operation_ptr> all(waiting_);
        for (auto const& op : queue_)
            if (op->now == operation::state::queued)
                all.push_back(op);
        for (auto const& w : workers_)
            if (w->message() && w->message()->now == operation::state::in_flight)
                all.push_back(w->message());
        return all;
    }

    void close_when_drained()
    {
        if (!closing_ || live_ > 0)
            return;
        for (auto const& w : idle_)
            w->close_connection("closed");
        timer_.cancel();
        timer_at_ = time_point::max();
        for (auto const& wait : std::exchange(close_waits_, {}))
            end_wait(*wait);
    }

    // ---- time ----

    void arm_timer(time_point now)
    {
        if (live_ == 0 && open_connections_ == 0)
            return;
        auto const at = now + (live_ > 0 ? duration(busy_tick) : duration(idle_tick));
        if (timer_at_ <= at)
            return;
        timer_at_ = at;
        timer_.expires_at(at);
        timer_.async_wait([self = this->shared_from_this()](error_code ec) {
            if (!ec)
                self->tick();
        });
    }

    void tick()
    {
        timer_at_ = time_point::max();
        auto const now = env_.now();
        // By index: an observer may send from within an event.
        for (std::size_t i = 0; i < queue_.size(); ++i) {
            auto const op = queue_[i];
            end_if_late(op, now);
        }
        for (std::size_t i = 0; i < waiting_.size();) {
            if (now < waiting_[i]->due) {
                ++i;
                continue;
            }
            auto op = std::move(waiting_[i]);
            waiting_.erase(waiting_.begin() + static_cast<std::ptrdiff_t>(i));
            enqueue(std::move(op), now);
        }
        for (std::size_t i = 0; i < workers_.size(); ++i)
            workers_[i]->sweep(now);
        pump();
        arm_timer(now);
    }

    strand_type strand_;
    dispatcher_settings settings_;
    Env env_;
    concurrency_limit limit_;

    std::deque<operation_ptr> queue_;    // oldest first; may hold ended ones
    std::size_t queued_ = 0;             // of them waiting
    std::vector<operation_ptr> waiting_; // to be repeated
    std::vector<std::unique_ptr<worker<Env>>> workers_;
    std::vector<worker<Env>*> idle_;
    std::size_t in_flight_ = 0;
    std::size_t returning_ = 0; // workers between a message's end and `take`
    std::size_t live_ = 0;      // messages admitted and not ended
    std::size_t open_connections_ = 0;

    address_cache<typename Env::address> addresses_;
    bool lookup_running_ = false;

    bool initiating_ = false; // inside `submit`, where no handler may be called
    bool closing_ = false;
    std::vector<std::shared_ptr<close_wait>> close_waits_;
    typename Env::timer timer_;
    time_point timer_at_ = time_point::max(); // when it is set to fire; max: it is not
};

} // namespace twilio_sms::detail
