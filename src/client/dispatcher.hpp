// The heart of a provider: one queue of messages, the workers that carry them, retries and time limits.
#pragma once
#include "client/alarm.hpp"
#include "client/attempt_report.hpp"
#include "client/close_wait.hpp"
#include "client/connector.hpp"
#include "client/message_requests.hpp"
#include "client/operation.hpp"
#include "client/outcomes.hpp"
#include "client/resolver.hpp"
#include "client/restraint.hpp"
#include "client/send_queue.hpp"
#include "client/warm_up.hpp"
#include "client/worker.hpp"
#include "client/worker_pool.hpp"
#include "core/retry.hpp"
#include "twilio/sent_message.hpp"
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace twilio_sms::detail {

/// Everything here runs on the strand, except the constructor, the destructor and `strand`.
template <class Env>
class dispatcher final : public connector<Env>, private resolver_client {
public:
    using job_ptr = operation_ptr;
    using worker_type = worker<Env, dispatcher>;
    using connector<Env>::env;
    using connector<Env>::settings;
    using connector<Env>::strand;
    using connector<Env>::watch;

    dispatcher(asio::any_io_executor executor, dispatcher_settings s, Env e)
        : connector<Env>(std::move(executor), std::move(s), std::move(e)), queue_(watch.count.waiting),
          outcomes_(*this), restraint_(settings.max_connections, watch), resolver_(*this, *this),
          requests_(*this, [this] { close_when_drained(); }), alarm_(env, strand)
    {}

    ~dispatcher() { abandon(); }

    /// The io_context is gone, or nothing was under way: who still waits is told by events only. Handlers are let go,
    /// since what they own may own the provider.
    void abandon()
    {
        auto const ending = abandoned_ ? std::vector<operation_ptr>() : live_operations();
        abandoned_ = true;
        for (auto const& op : ending) {
            auto report = ended_by(breakdown::closed);
            if (auto const* const carrier = carrier_of(op))
                report.end.request = carrier->request_handover();
            outcomes_.report(*op, failure_of(*op, report), env.now());
        }
        for (auto const& op : ending)
            op->let_go();
        requests_.abandon();
    }

    // ---- from the provider ----

    void submit(operation_ptr op)
    {
        auto const now = env.now();
        op->admitted = now;
        op->deadline = now + settings.total_timeout;
        if (op->own_deadline)
            op->deadline = std::min(op->deadline, *op->own_deadline);
        outcomes_.admitted();
        if (op->refused)
            return finish_later(op, *std::move(op->refused));
        if (closing_)
            return finish_later(op, failure_of(*op, ended_by(breakdown::closed)));
        if (op->cancel_requested)
            return finish_later(op, failure_of(*op, ended_by(breakdown::cancelled)));
        if (op->to_resolve && op->doubt->found)
            return finish_later(op, make_receipt(*op, *op->to_resolve, *op->doubt->found));
        if (op->to_resolve)
            return ask_about(op, *std::move(op->to_resolve));
        enqueue(std::move(op), now);
        set_alarm(now);
        bool const outer = std::exchange(initiating_, true);
        pump();
        initiating_ = outer;
    }

    void cancel(operation_ptr const& op, breakdown why = breakdown::cancelled)
    {
        op->cancel_requested = true;
        stop(op, why);
    }

    void submit(message_request_ptr r)
    {
        if (closing_)
            return requests_.refuse(*r);
        requests_.submit(std::move(r));
        set_alarm(env.now());
    }

    void cancel(message_request_ptr const& r) { requests_.cancel(r); }

    /// Opens connections, so many that as many as the wait wants are open.
    void warm_up(std::shared_ptr<warm_up_wait> wait)
    {
        if (closing_)
            return wait->end(strand, failure_of(operation(), ended_by(breakdown::closed)));
        warm_ups_.add(std::move(wait));
        warm_ups_.opened(pool_.connected(), strand);
        pump();
        set_alarm(env.now());
    }

    /// Refuses what is new; ends the wait when what was begun has ended and the connections are closed.
    void close(std::shared_ptr<close_wait> wait)
    {
        closing_ = true;
        close_waits_.push_back(std::move(wait));
        close_when_drained();
    }

    /// Ends everything now.
    void shut_down()
    {
        closing_ = shut_down_ = true;
        for (auto const& op : live_operations())
            cancel(op, breakdown::closed);
        requests_.end_all(breakdown::closed);
        close_when_drained();
    }

    // ---- from the workers ----

    /// The next message for a worker, or null: then the worker is idle until it is woken.
    operation_ptr take(worker_type& w)
    {
        if (std::exchange(w.returning, false))
            --returning_;
        end_late_ones_in_front();
        bool const may_open = w.connected() || opening_ < settings.max_opening;
        if (!queue_.front() || in_flight_ >= restraint_.limit() || !may_open) {
            if (closing_ && outcomes_.live() == 0)
                w.close_connection("closed");
            else if (may_open && !w.connected() && warm_ups_.want_more_than(pool_.connected() + opening_))
                w.open_ahead = true;
            if (!w.open_ahead)
                pool_.rest(w);
            return nullptr;
        }
        auto op = queue_.pop();
        ++in_flight_;
        op->now = operation::state::in_flight;
        return op;
    }

    void attempt_begins(operation& op, bool reused)
    {
        ++op.attempts;
        watch.attempt_begins(op, reused);
    }

    void write_request(secret_string& out, operation const& op)
    {
        settings.request->write_create(out, op.form, op.trace_parent);
    }

    /// Judges the attempt in `w.report()`. True when the same worker is to try the same message again at once.
    bool attempt_ended(worker_type& w)
    {
        auto const op = w.job(); // a copy: the handler may do anything
        auto& report = w.report();
        auto const now = report.ended;
        auto const what = judge(report.end);
        if (report.end.http_status != 0)
            watch.answered(now - report.begun);
        restraint_.learn(report.end, what, in_flight_, now);

        if (what.fate == fate::accepted) {
            report.accepted.attempts = op->attempts;
            report.accepted.request_id = std::move(report.request_id);
            resolver_.attribute(report.accepted.sid, now);
            leave_flight(w, op, std::move(report.accepted));
            return false;
        }
        finished_attempt const attempt{
            report.end,        what, op->attempts, report.reused_connection, this->wait_asked_for(report.retry_after),
            op->deadline - now};
        auto step = after_attempt(settings.retry, attempt, env.random01());
        if (op->cancel_requested)
            step = next_step();
        if (step.what == next_step::kind::replace_connection) {
            --op->attempts; // the same attempt still
            watch.connection_was_stale();
            return true;
        }
        if (report.end.why == breakdown::connect || report.end.why == breakdown::connect_timeout)
            this->addresses().forget(); // they may have moved
        if (what.fate == fate::unknown)
            put_in_doubt(*op, report);
        auto failed = failure_of(*op, report);
        bool const repeats = step.what == next_step::kind::repeat && restraint_.lets_repeat(failed);
        bool const asks = !repeats && what.fate == fate::unknown && can_ask_after(*op, report.end.why);
        watch.attempt_failed(*op, failed, repeats, asks, repeats ? step.delay : duration());
        if ((!repeats && !asks) || op->cancel_requested) { // the observer may have cancelled it
            leave_flight(w, op, std::move(failed));
            return false;
        }
        --in_flight_;
        if (asks)
            ask_about(op, std::move(failed));
        else
            queue_.wait_to_repeat(op, now + step.delay);
        return false;
    }

    bool read_reply(attempt_report& report, reply_parser const& reply, operation const& op)
    {
        bool const ours = read_create_reply(report, reply, op);
        if (ours && (report.end.has_sid || report.end.twilio_code != 0)) // Twilio's own
            this->learn_time_sometimes(report.begun, report.ended, reply.date());
        return ours;
    }

    void opening_begins() noexcept { ++opening_; }
    void opening_ended()
    {
        --opening_;
        if (!warm_ups_.empty())
            warm_ups_.opened(pool_.connected(), strand);
        pump();
    }

    void opened_ahead(worker_type& w)
    {
        if (!w.connected())
            warm_ups_.failed(failure_of(operation(), w.report()), strand);
        opening_ended();
    }

private:
    static constexpr std::chrono::milliseconds busy_tick{25}; // the precision of all time limits
    static constexpr std::chrono::seconds idle_tick{1};

    void enqueue(operation_ptr const& op, time_point now)
    {
        queue_.push(op, op->queue_limited ? now + settings.queue_timeout : time_point::max());
    }

    // Gives waiting messages to workers, as far as the limits let it.
    void pump()
    {
        auto const make = [this] { return std::make_unique<worker_type>(*this, *this); };
        pool_counts c;
        do {
            std::size_t const waiting = watch.count.waiting;
            c.queued = waiting - std::min(waiting, returning_); // a worker just returning takes one by itself
            c.in_flight = in_flight_;
            c.limit = restraint_.limit();
            c.opening = opening_;
            c.max_opening = settings.max_opening;
            c.maximum = settings.max_connections;
        } while (pool_.wake_one(c, make));
        while (!warm_ups_.empty() && warm_ups_.want_more_than(pool_.connected() + opening_) &&
               opening_ < c.max_opening && pool_.wake_cold_one(settings.max_connections, make)) {
        }
    }

    // ---- sends in doubt ----

    void put_in_doubt(operation& op, attempt_report const& report)
    {
        auto const since = op.first_doubt ? op.first_doubt->since : report.begun;
        op.doubt = make_doubt(op, report, this->known_window(since, report.handed_over));
        if (!op.first_doubt)
            op.first_doubt = op.doubt;
        resolver_.remember(op.doubt);
    }

    bool can_ask_after(operation const& op, breakdown why) const
    {
        bool const over = op.cancel_requested || why == breakdown::cancelled || why == breakdown::closed ||
                          why == breakdown::deadline;
        return settings.ask_about_unknown && !over && op.doubt->what &&
               std::max(resolver_.due(*op.doubt), env.now()) < op.deadline;
    }

    void ask_about(operation_ptr const& op, failure attempt)
    {
        op->now = operation::state::asking;
        watch.in_doubt();
        op->tell_parked(true);
        resolver_.park(op, std::move(attempt));
        set_alarm(env.now());
    }

    void resolved(operation_ptr const& op, failure attempt, answer_from_list const& answer) override
    {
        if (answer.what == finding::accepted)
            return found_accepted(op, attempt, *answer.message);
        if (answer.what == finding::ambiguous)
            return cannot_resolve(op, std::move(attempt), "Twilio's list of messages does not tell it from others");
        bool const repeats = !op->only_asks && !op->cancel_requested &&
                             repeats_absent(settings.retry, op->attempts, op->deadline - env.now());
        tell_resolved(*op, fate::not_sent, {}, {}, repeats);
        op->doubt.reset();
        if (repeats && !op->cancel_requested && !shut_down_) { // the observer may have cancelled it
            op->tell_parked(false);
            enqueue(op, env.now());
            return pump();
        }
        attempt.fate = fate::not_sent;
        attempt.unresolved.reset();
        attempt.message += "; Twilio was asked and does not have it";
        finish_later(op, std::move(attempt));
    }

    void found_accepted(operation_ptr const& op, failure const& attempt, listed_message const& m)
    {
        tell_resolved(*op, fate::accepted, m.sid, {}, false);
        finish_later(op, make_receipt(*op, attempt, m));
    }

    void cannot_resolve(operation_ptr const& op, failure attempt, std::string_view why) override
    {
        tell_resolved(*op, fate::unknown, {}, why, false);
        attempt.message.append("; ").append(why);
        finish_later(op, std::move(attempt));
    }

    void tell_resolved(operation const& op, fate found, std::string_view sid, std::string_view why, bool repeats)
    {
        watch.resolved(op, found, sid, why, repeats, env.now() - op.doubt->until);
    }

    // Whatever Twilio shows of them: a message in its list may be theirs.
    void list_under_way(std::string const& to, std::vector<unresolved_send>& into) const override
    {
        auto const add = [&](unresolved_send other, operation const& op) {
            other.what = described(op.form);
            into.push_back(std::move(other));
        };
        for (auto const& w : pool_.all())
            if (auto const& op = w->job(); op && op->now == operation::state::in_flight && op->to == to &&
                                           w->request_handover() != handover::nothing)
                add(*make_doubt(*op, w->report(), {}), *op);
        if (settings.retry.repeat_unknown)
            for (auto const& op : queue_.all())
                if (op->doubt && op->to == to)
                    add(*op->doubt, *op);
    }

    // ---- the ends of messages ----

    // Ends a message that is not being carried just now, or has its worker end it.
    void stop(operation_ptr const& op, breakdown why)
    {
        switch (op->now) {
        case operation::state::queued:
        case operation::state::waiting_to_repeat: queue_.withdraw(op); break;
        case operation::state::in_flight: return carrier_of(op)->abort(why);
        case operation::state::asking: return stop_asking(op, why);
        case operation::state::prepared:
        case operation::state::done: return;
        }
        finish_later(op, failure_of(*op, ended_by(why)));
    }

    void stop_asking(operation_ptr const& op, breakdown why)
    {
        auto attempt = resolver_.withdraw(op);
        if (!attempt)
            return; // it is just being told
        if (why == breakdown::deadline)
            return cannot_resolve(op, *std::move(attempt), "the time for this send was up before Twilio could tell");
        watch.asking_abandoned();
        finish_later(op, failure_of(*op, ended_by(why)));
    }

    // The worker that carries a message, if one does.
    worker_type* carrier_of(operation_ptr const& op) const
    {
        if (op->now == operation::state::in_flight)
            for (auto const& w : pool_.all())
                if (w->job() == op)
                    return w.get();
        return nullptr;
    }

    void end_late_ones_in_front()
    {
        for (auto op = queue_.front(); op && end_if_late(op, env.now()); op = queue_.front()) {
        }
    }

    bool end_if_late(operation_ptr const& op, time_point now)
    {
        auto const late = send_queue::lateness(*op, now);
        if (late && op->now == operation::state::queued)
            stop(op, *late);
        return late.has_value();
    }

    template <class Outcome>
    void leave_flight(worker_type& w, operation_ptr const& op, Outcome&& outcome)
    {
        --in_flight_;
        ++returning_;
        w.returning = true;
        if (initiating_) // a kept connection failed in the moment of writing
            outcomes_.deliver_later(op, std::move(outcome));
        else
            outcomes_.deliver(op, std::move(outcome), w.report().ended);
        close_when_drained();
    }

    template <class Outcome>
    void finish_later(operation_ptr const& op, Outcome&& outcome)
    {
        if (op->now == operation::state::asking)
            op->tell_parked(false);
        outcomes_.deliver_later(op, std::move(outcome));
        close_when_drained();
    }

    failure failure_of(operation const& op, attempt_report const& r) const { return make_failure(op, r, settings); }

    std::vector<operation_ptr> live_operations() const
    {
        auto all = resolver_.parked_sends();
        std::ranges::copy(queue_.all(), std::back_inserter(all));
        for (auto const& w : pool_.all())
            if (w->job() && w->job()->now == operation::state::in_flight)
                all.push_back(w->job());
        return all;
    }

    void close_when_drained()
    {
        if (!closing_ || outcomes_.live() > 0 || requests_.live() > 0)
            return;
        pool_.close_resting("closed");
        for (auto const& w : pool_.all())
            if (!w->job())
                w->abort(breakdown::closed); // it may be opening a connection ahead
        resolver_.stop();
        requests_.stop();
        warm_ups_.failed(failure_of(operation(), ended_by(breakdown::closed)), strand);
        alarm_.cancel();
        for (auto const& wait : std::exchange(close_waits_, {}))
            wait->end(strand);
    }

    // ---- time ----

    void set_alarm(time_point now)
    {
        bool const idle = outcomes_.live() == 0 && opening_ == 0 && !resolver_.busy() && !requests_.busy();
        if (idle && watch.open_connections() == 0)
            return;
        auto const at = now + (idle ? duration(idle_tick) : duration(busy_tick));
        alarm_.set(at, std::static_pointer_cast<dispatcher>(this->shared_from_this()));
    }

    friend class alarm<Env>;
    void rings()
    {
        auto const now = env.now();
        for (auto const& op : queue_.take_due(now))
            enqueue(op, now);
        for (auto const& op : queue_.late(now))
            end_if_late(op, now);
        pool_.sweep(now);
        for (auto const& op : resolver_.tick(now))
            stop_asking(op, breakdown::deadline);
        requests_.tick(now);
        pump();
        set_alarm(now);
    }

    send_queue queue_;
    worker_pool<worker_type> pool_;
    outcomes<Env> outcomes_;
    std::size_t in_flight_ = 0;
    std::size_t returning_ = 0; // workers between a message's end and `take`
    std::size_t opening_ = 0;   // connections being opened for messages

    restraint restraint_;
    resolver<Env> resolver_;
    message_requests<Env> requests_;
    warm_ups warm_ups_;
    bool initiating_ = false; // inside `submit`, where no handler may be called
    bool closing_ = false, shut_down_ = false, abandoned_ = false;
    std::vector<std::shared_ptr<close_wait>> close_waits_;
    alarm<Env> alarm_;
};

} // namespace twilio_sms::detail
