// Requests that do not send: they have connections of their own and never take a message's place.
#pragma once
#include "client/attempt_report.hpp"
#include "client/worker.hpp"
#include "client/worker_pool.hpp"
#include "net/reply_parser.hpp"
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace twilio_sms::detail {

/// One that may be made again without harm, and what came of it.
struct inquiry {
    std::string_view method = "GET";
    std::string target;                      ///< path and query
    std::string form;                        ///< a POST's
    time_point deadline = time_point::max(); ///< max: set when its turn comes

    /// Called at the end of each attempt, on the strand, never from within `submit`.
    std::function<void(std::shared_ptr<inquiry> const&)> done;

    attempt_report report; ///< of that attempt; `detail` is the body of a complete reply
    int attempts = 0;      ///< begun
    bool in_doubt = false; ///< an attempt that was made again may have had its effect
};

/// Runs on the strand. One attempt each, apart from kept connections that turn out to be dead.
template <class Env>
class inquiries {
public:
    using job_ptr = std::shared_ptr<inquiry>;
    using worker_type = worker<Env, inquiries>;

    inquiries(connector<Env>& net, std::size_t connections) : net_(net), most_workers_(connections) {}

    void submit(job_ptr question)
    {
        queue_.push_back(std::move(question));
        auto const make = [this] { return std::make_unique<worker_type>(net_, *this); };
        pool_counts c;
        c.queued = 1;
        c.limit = most_workers_;
        c.maximum = most_workers_;
        pool_.wake_one(c, make);
    }

    /// Ends one; with an attempt under way, `done` will be called with this reason. False when it is not here.
    /// Precondition of true: `done` is not called for one that waits.
    bool withdraw(job_ptr const& question, breakdown why)
    {
        for (auto const& w : pool_.all())
            if (w->job() == question)
                return w->abort(why), false;
        return std::erase(queue_, question) != 0;
    }

    /// Those that wait, and those under way.
    std::vector<job_ptr> all() const
    {
        std::vector<job_ptr> found(queue_.begin(), queue_.end());
        for (auto const& w : pool_.all())
            if (w->job())
                found.push_back(w->job());
        return found;
    }

    /// Forgets those whose time was up before their turn came; `done` is not called for them.
    std::vector<job_ptr> take_late(time_point now)
    {
        std::vector<job_ptr> late;
        std::erase_if(queue_, [&](job_ptr const& q) { return now >= q->deadline && (late.push_back(q), true); });
        return late;
    }

    /// True when more would only wait.
    bool full() const noexcept { return queue_.size() >= most_workers_; }

    /// True while something is not answered yet.
    bool busy() const noexcept { return !queue_.empty() || !pool_.all_rest(); }

    void sweep(std::chrono::steady_clock::time_point now) { pool_.sweep(now); }

    /// Nobody wants an answer any more.
    void stop()
    {
        stopped_ = true;
        queue_.clear();
        for (auto const& w : pool_.all())
            if (w->job())
                w->abort(breakdown::closed);
        pool_.close_resting("closed");
    }

    // ---- from the workers ----

    job_ptr take(worker_type& w)
    {
        if (queue_.empty()) {
            if (stopped_)
                w.close_connection("closed");
            pool_.rest(w);
            return nullptr;
        }
        auto next = std::move(queue_.front());
        queue_.pop_front();
        if (next->deadline == time_point::max())
            next->deadline = net_.env.now() + net_.settings.connect_timeout + net_.settings.response_timeout;
        return next;
    }

    void attempt_begins(inquiry& question, bool) noexcept { ++question.attempts; }
    void opening_begins() noexcept {}
    void opening_ended() noexcept {}
    void opened_ahead(worker_type&) noexcept {} // never asked for

    void write_request(secret_string& out, inquiry const& question)
    {
        net_.settings.request->write(out, question.method, question.target, question.form);
    }

    bool read_reply(attempt_report& report, reply_parser const& reply, inquiry const&)
    {
        if (report.end.http_status == 200)
            net_.learn_time(report.begun, report.ended, reply.date());
        report.detail = reply.body();
        return true;
    }

    bool attempt_ended(worker_type& w)
    {
        auto const question = w.job();
        auto& report = w.report();
        bool const died_while_idle = report.reused_connection && report.end.why == breakdown::connection_lost;
        if (died_while_idle && !stopped_) { // asking twice does no harm
            question->in_doubt |= judge(report.end).fate == fate::unknown;
            --question->attempts;
            return true;
        }
        question->report = std::move(report);
        if (!stopped_)
            question->done(question);
        return false;
    }

private:
    connector<Env>& net_;
    std::size_t const most_workers_;
    std::deque<job_ptr> queue_;
    worker_pool<worker_type> pool_;
    bool stopped_ = false;
};

} // namespace twilio_sms::detail
