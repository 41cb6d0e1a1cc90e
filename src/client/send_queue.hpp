// Messages that wait: for a worker, or until they are repeated.
#pragma once
#include "client/counters.hpp"
#include "client/operation.hpp"
#include "core/fate.hpp"
#include <algorithm>
#include <cstddef>
#include <deque>
#include <optional>
#include <utility>
#include <vector>

namespace twilio_sms::detail {

/// Runs on the strand.
class send_queue {
public:
    /// `count` follows how many wait for a worker.
    explicit send_queue(tally& count) noexcept : count_(count) {}

    void push(operation_ptr op, time_point give_up)
    {
        op->now = operation::state::queued;
        op->queue_deadline = give_up;
        queue_.push_back(std::move(op));
        ++count_;
    }

    /// The one that has waited longest; null when there is none.
    operation_ptr front()
    {
        while (!queue_.empty() && queue_.front()->now != operation::state::queued)
            queue_.pop_front();
        return queue_.empty() ? nullptr : queue_.front();
    }

    /// Precondition: `front()` has just returned one.
    operation_ptr pop()
    {
        auto op = std::move(queue_.front());
        queue_.pop_front();
        --count_;
        return op;
    }

    void wait_to_repeat(operation_ptr op, time_point due)
    {
        op->now = operation::state::waiting_to_repeat;
        op->due = due;
        waiting_.push_back(std::move(op));
    }

    /// Precondition: it waits here. Its state is to be changed next.
    void withdraw(operation_ptr const& op)
    {
        if (op->now == operation::state::queued)
            --count_; // `front` passes over it
        else
            std::erase(waiting_, op);
    }

    static std::optional<breakdown> lateness(operation const& op, time_point now) noexcept
    {
        if (now >= op.deadline)
            return breakdown::deadline;
        if (now >= op.queue_deadline)
            return breakdown::queue_timeout;
        return std::nullopt;
    }

    /// Those that have waited too long for a worker.
    std::vector<operation_ptr> late(time_point now) const
    {
        std::vector<operation_ptr> found;
        for (auto const& op : queue_)
            if (op->now == operation::state::queued && lateness(*op, now))
                found.push_back(op);
        return found;
    }

    /// Takes those that are to be repeated by now.
    std::vector<operation_ptr> take_due(time_point now)
    {
        std::vector<operation_ptr> found;
        auto const due = std::stable_partition(waiting_.begin(), waiting_.end(),
                                               [now](operation_ptr const& op) { return now < op->due; });
        std::move(due, waiting_.end(), std::back_inserter(found));
        waiting_.erase(due, waiting_.end());
        return found;
    }

    std::vector<operation_ptr> all() const
    {
        std::vector<operation_ptr> found(waiting_);
        std::ranges::copy_if(queue_, std::back_inserter(found),
                             [](operation_ptr const& op) { return op->now == operation::state::queued; });
        return found;
    }

private:
    std::deque<operation_ptr> queue_;    // oldest first; may hold ended ones
    std::vector<operation_ptr> waiting_; // to be repeated
    tally& count_;
};

} // namespace twilio_sms::detail
