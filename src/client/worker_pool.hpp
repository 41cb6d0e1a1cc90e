// The workers that share one queue: which rest, and which is woken next.
#pragma once
#include "core/pool_step.hpp"
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace twilio_sms::detail {

template <class Worker>
class worker_pool {
public:
    std::vector<std::unique_ptr<Worker>> const& all() const noexcept { return workers_; }

    /// A worker found nothing to do.
    void rest(Worker& w) { (w.connected() ? warm_ : cold_).push_back(&w); }

    bool all_rest() const noexcept { return warm_.size() + cold_.size() == workers_.size(); }

    /// Wakes a worker, or adds one made by `make`, if there is need for it: `counts` without those of workers at rest.
    /// False when there is not.
    template <class Make>
    bool wake_one(pool_counts counts, Make make)
    {
        for (; !warm_.empty() && !warm_.back()->connected(); warm_.pop_back())
            cold_.push_back(warm_.back());
        counts.idle = warm_.size();
        counts.cold = cold_.size();
        counts.workers = workers_.size();
        switch (next_pool_step(counts)) {
        case pool_step::none: return false;
        case pool_step::wake_idle: wake_last_of(warm_); return true; // used last: its connection is the freshest
        case pool_step::wake_cold:
        case pool_step::add: break;
        }
        return wake_cold_one(counts.maximum, make);
    }

    /// The same where the new connection is what is needed. False when there is no worker for it.
    template <class Make>
    bool wake_cold_one(std::size_t maximum, Make make)
    {
        auto const closed = std::stable_partition(warm_.begin(), warm_.end(), [](auto* w) { return w->connected(); });
        cold_.insert(cold_.end(), closed, warm_.end()); // closed while they rested
        warm_.erase(closed, warm_.end());
        if (!cold_.empty()) {
            wake_last_of(cold_);
            return true;
        }
        if (workers_.size() >= maximum)
            return false;
        workers_.push_back(make());
        workers_.back()->wake();
        return true;
    }

    std::size_t connected() const noexcept
    {
        return static_cast<std::size_t>(std::ranges::count_if(workers_, [](auto const& w) { return w->connected(); }));
    }

    // By index: what a worker does may add others.
    void sweep(std::chrono::steady_clock::time_point now)
    {
        for (std::size_t i = 0; i < workers_.size(); ++i)
            workers_[i]->sweep(now);
    }

    void close_resting(std::string_view reason)
    {
        for (auto* const w : warm_)
            w->close_connection(reason);
    }

private:
    static void wake_last_of(std::vector<Worker*>& resting)
    {
        auto* const w = resting.back();
        resting.pop_back();
        w->wake();
    }

    std::vector<std::unique_ptr<Worker>> workers_;
    std::vector<Worker*> warm_; // connected when they went to rest
    std::vector<Worker*> cold_; // not
};

} // namespace twilio_sms::detail
