// Requests about messages that Twilio has: repeated freely, beside the sends and never in their way.
#pragma once
#include "client/message_request.hpp"
#include "core/retry.hpp"
#include "core/retry_budget.hpp"
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace twilio_sms::detail {

/// Runs on the strand. Has connections of its own: however many requests wait here, neither sends nor the resolver
/// wait behind them. Its failures use up no repeats of the sends, and its 429s do not slow them down.
template <class Env>
class message_requests {
public:
    using time_point = std::chrono::steady_clock::time_point;

    /// `drained` is called when nothing is left to do.
    message_requests(connector<Env>& net, std::function<void()> drained)
        : net_(net), drained_(std::move(drained)), policy_(net.settings.retry),
          inquiries_(net, connections_for(net.settings.max_connections))
    {
        policy_.repeat_unknown = true; // these do no harm when made again
    }

    static constexpr std::size_t connections_for(std::size_t max_connections) noexcept
    {
        return 1 + max_connections / 8;
    }

    void submit(message_request_ptr r)
    {
        r->admitted = true;
        ++live_;
        if (r->cancel_requested)
            return end_unsent(*r, breakdown::cancelled);
        r->deadline = net_.env.now() + net_.settings.total_timeout;
        r->done = [this](std::shared_ptr<inquiry> const& ended) {
            attempt_ended(std::static_pointer_cast<message_request>(ended));
        };
        inquiries_.submit(std::move(r));
    }

    /// One that comes too late.
    void refuse(message_request& r)
    {
        ++live_;
        end_unsent(r, breakdown::closed);
    }

    void cancel(message_request_ptr const& r, breakdown why = breakdown::cancelled)
    {
        r->cancel_requested = true;
        if (!r->admitted || r->ended())
            return;
        if (std::erase(waiting_, r) != 0 || inquiries_.withdraw(r, why))
            end_unsent(*r, why);
    }

    void end_all(breakdown why)
    {
        for (auto const& r : std::vector(waiting_))
            cancel(r, why);
        for (auto const& r : inquiries_.all())
            cancel(std::static_pointer_cast<message_request>(r), why);
    }

    std::size_t live() const noexcept { return live_; }
    bool busy() const noexcept { return live_ != 0 || inquiries_.busy(); }

    void tick(time_point now)
    {
        inquiries_.sweep(now);
        for (auto const& late : inquiries_.take_late(now))
            end_unsent(static_cast<message_request&>(*late), breakdown::deadline);
        auto const due = std::stable_partition(waiting_.begin(), waiting_.end(),
                                               [now](message_request_ptr const& r) { return now < r->due; });
        std::vector<message_request_ptr> again(due, waiting_.end());
        waiting_.erase(due, waiting_.end());
        for (auto& r : again)
            inquiries_.submit(std::move(r));
    }

    /// Precondition: nothing is live.
    void stop() { inquiries_.stop(); }

private:
    void attempt_ended(message_request_ptr const& r)
    {
        read_reply(*r);
        auto const& end = r->report.end;
        auto const what = judge_request(end, r->effect);
        if (what.fate == fate::accepted || what.fate == fate::rejected)
            budget_.answered();
        if (what.fate == fate::accepted || (r->removes && r->in_doubt && says_absent(end)))
            return conclude(*r, std::nullopt);
        if (end.why == breakdown::connect || end.why == breakdown::connect_timeout)
            net_.addresses().forget(); // they may have moved
        auto failed = make_failure(*r, net_.settings);
        r->in_doubt |= what.fate == fate::unknown;
        finished_attempt const attempt{
            end, what, r->attempts, false, net_.wait_asked_for(r->report.retry_after), r->deadline - net_.env.now()};
        auto const step = after_attempt(policy_, attempt, net_.env.random01());
        if (step.what != next_step::kind::repeat || r->cancel_requested ||
            !(what.conditions.contains(condition::throttled) || within_budget(failed)))
            return conclude(*r, std::move(failed));
        r->due = net_.env.now() + step.delay;
        waiting_.push_back(r);
    }

    bool within_budget(failure& failed)
    {
        if (budget_.take())
            return true;
        failed.message += "; not repeated, since too many requests are failing just now";
        return false;
    }

    // For one that is not under way just now.
    void end_unsent(message_request& r, breakdown why)
    {
        r.report = ended_by(why);
        conclude(r, make_failure(r, net_.settings));
    }

    void conclude(message_request& r, std::optional<failure> f)
    {
        r.conclude(net_.strand, std::move(f));
        if (--live_ == 0)
            drained_();
    }

    connector<Env>& net_;
    std::function<void()> const drained_;
    retry_policy policy_;
    inquiries<Env> inquiries_;
    std::vector<message_request_ptr> waiting_; // to be repeated
    retry_budget budget_;
    std::size_t live_ = 0;
};

} // namespace twilio_sms::detail
