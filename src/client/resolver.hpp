// Asks Twilio what became of sends whose outcome is unknown, so that none is guessed.
#pragma once
#include "client/attributed.hpp"
#include "client/inquiries.hpp"
#include "client/operation.hpp"
#include "core/resolution.hpp"
#include "core/retry.hpp"
#include "twilio/list_reading.hpp"
#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace twilio_sms::detail {

/// Whoever parks sends here.
class resolver_client {
public:
    /// What Twilio's list says of a parked send: not `wait`.
    virtual void resolved(operation_ptr const& op, failure attempt, answer_from_list const& answer) = 0;

    /// Twilio's list cannot be had.
    virtual void cannot_resolve(operation_ptr const& op, failure attempt, std::string_view why) = 0;

    /// Appends the sends to this number whose requests are under way.
    virtual void list_under_way(std::string const& to, std::vector<unresolved_send>& into) const = 0;

protected:
    ~resolver_client() = default;
};

/// Runs on the strand. Sends are asked about together with all others to the same number.
template <class Env>
class resolver {
public:
    using time_point = std::chrono::steady_clock::time_point;

    resolver(connector<Env>& net, resolver_client& client)
        : net_(net), client_(client), inquiries_(net, 1 + net.settings.max_connections / 16)
    {}

    /// An accepted message: it is nobody else's.
    void attribute(std::string_view sid, time_point now) { attributed_.add(sid, now); }

    /// When a send is asked about at the earliest.
    time_point due(unresolved_send const& doubt) const { return doubt.until + net_.settings.settle_time; }

    /// Keeps the send until it is resolved, or `withdraw`n. `attempt` is the failure that left it in doubt.
    /// Precondition: `op->doubt->what`.
    void park(operation_ptr op, failure attempt)
    {
        auto const when = std::max(due(*op->doubt), net_.env.now());
        remember(op->doubt);
        auto& at = recipients_[op->doubt->to];
        at.next = at.sends.empty() ? when : std::min(at.next, when);
        wake_at_ = std::min({wake_at_, when, op->deadline});
        at.sends.push_back({std::move(op), when, std::move(attempt)});
        ++parked_;
    }

    /// A failure keeps this for later: what others sent since must not be taken for it.
    void remember(std::shared_ptr<unresolved_send const> const& doubt) { doubts_.push_back(doubt); }

    /// Forgets a parked send; returns the failure that left it in doubt. Nothing when it is no longer parked.
    std::optional<failure> withdraw(operation_ptr const& op)
    {
        auto const at = recipients_.find(op->doubt->to);
        if (at == recipients_.end())
            return std::nullopt; // just being told
        auto const found = std::ranges::find(at->second.sends, op, &parked_send::op);
        if (found == at->second.sends.end())
            return std::nullopt;
        std::optional<failure> attempt = std::move(found->attempt);
        at->second.sends.erase(found);
        --parked_;
        if (at->second.sends.empty() && !at->second.reading)
            recipients_.erase(at);
        return attempt;
    }

    std::size_t parked() const noexcept { return parked_; }
    bool busy() const noexcept { return inquiries_.busy(); }

    std::vector<operation_ptr> parked_sends() const
    {
        std::vector<operation_ptr> all;
        for (auto const& [to, at] : recipients_)
            for (auto const& send : at.sends)
                all.push_back(send.op);
        return all;
    }

    /// Asks what is due. Returns those whose time is up; they are still parked.
    std::vector<operation_ptr> tick(time_point now)
    {
        inquiries_.sweep(now);
        forget_old(now);
        std::vector<operation_ptr> late;
        if (now < wake_at_)
            return late;
        wake_at_ = time_point::max();
        std::vector<std::string> to_ask; // asking may change the map
        for (auto& [to, at] : recipients_) {
            for (auto const& send : at.sends) {
                if (now >= send.op->deadline)
                    late.push_back(send.op);
                else
                    wake_at_ = std::min(wake_at_, send.op->deadline);
            }
            if (at.reading || at.sends.empty())
                continue;
            if (now >= at.next)
                to_ask.push_back(to);
            else
                wake_at_ = std::min(wake_at_, at.next);
        }
        for (auto const& to : to_ask) {
            auto const at = recipients_.find(to); // who was told of a closed connection may have withdrawn it
            if (at == recipients_.end() || at->second.reading || at->second.sends.empty())
                continue;
            if (inquiries_.full()) {
                wake_at_ = now;
                break;
            }
            begin_reading(at->first, at->second, now);
        }
        return late;
    }

    void stop() { inquiries_.stop(); }

private:
    struct parked_send {
        operation_ptr op;
        time_point due;
        failure attempt;
    };
    struct recipient {
        std::vector<parked_send> sends;
        time_point next{};
        std::optional<list_reading> reading;
        time_point reading_begun{};
        int failures = 0; // in a row
    };

    void begin_reading(std::string const& to, recipient& at, time_point now)
    {
        at.reading.emplace(net_.settings.request->messages_path(), to);
        at.reading_begun = now;
        ask(std::string(to), at); // a copy: its owner may go
    }

    void ask(std::string const& to, recipient const& at)
    {
        auto const question = std::make_shared<inquiry>();
        question->target = at.reading->target();
        question->done = [this, to](std::shared_ptr<inquiry> const& answered) { take_answer(to, answered->report); };
        inquiries_.submit(question);
    }

    void take_answer(std::string const& to, attempt_report const& answered)
    {
        auto& at = recipients_.at(to);
        if (at.sends.empty()) { // all withdrawn meanwhile
            recipients_.erase(to);
            return;
        }
        int const status = answered.end.why == breakdown::none ? answered.end.http_status : 0;
        if (status == 401 || status == 403 || status == 404)
            return give_up(to, "Twilio does not let these credentials list messages (HTTP " + std::to_string(status) +
                                   "), so it cannot be asked");
        auto page = status == 200 ? decode_list_page(answered.detail) : std::nullopt;
        if (!page)
            return try_later(at, net_.wait_asked_for(answered.retry_after));
        switch (at.reading->take(std::move(*page), oldest_that_matters(at))) {
        case list_reading::state::more: return ask(to, at);
        case list_reading::state::failed: return try_later(at, {});
        case list_reading::state::complete: return conclude(to, at);
        }
    }

    // Asked for with each page: it may be the first reply that tells the server's time.
    std::chrono::sys_seconds oldest_that_matters(recipient const& at) const
    {
        auto oldest = std::chrono::sys_time<std::chrono::milliseconds>::max();
        for (auto const& send : at.sends)
            oldest = std::min(oldest, window_of(*send.op->doubt).from.earliest);
        return std::chrono::floor<std::chrono::seconds>(oldest) - creation_window::slack;
    }

    void try_later(recipient& at, std::optional<duration> asked_for)
    {
        at.reading.reset();
        auto const pause = backoff(++at.failures, net_.settings.retry.retry_delay, net_.env.random01());
        ask_again(at, std::max({pause, shortest_pause(), duration(asked_for.value_or(duration()))}));
    }

    duration shortest_pause() const { return std::min<duration>(net_.settings.settle_time, std::chrono::seconds(1)); }

    void ask_again(recipient& at, duration pause)
    {
        auto const due = std::ranges::min(at.sends, {}, &parked_send::due).due;
        at.next = std::max(net_.env.now() + pause, due);
        wake_at_ = std::min(wake_at_, at.next);
    }

    // A message sent before this one can be within its window, since clocks are only known roughly.
    time_point earliest_look_alike(unresolved_send const& doubt) const
    {
        auto const begun = window_of(doubt).from;
        return doubt.since - (begun.latest - begun.earliest) - creation_window::slack;
    }

    creation_window window_of(unresolved_send const& doubt) const
    {
        auto const now = net_.window(doubt.since, doubt.until);
        return doubt.window ? now.hull(*doubt.window) : now;
    }

    void conclude(std::string const& to, recipient& at)
    {
        std::vector<unresolved_send> under_way;
        client_.list_under_way(to, under_way);
        std::vector<possible_send> sends;
        auto known_since = time_point::max(); // all that was accepted from then on must be known
        for (auto const& send : at.sends) {
            sends.push_back({&*send.op->doubt->what, window_of(*send.op->doubt), send.due <= at.reading_begun});
            known_since = std::min(known_since, earliest_look_alike(*send.op->doubt));
        }
        for (auto const& other : under_way)
            sends.push_back({&*other.what, window_of(other), false});
        auto messages = at.reading->messages();
        std::erase_if(messages, [&](listed_message const& m) { return attributed_.contains(m.sid); });
        auto const answers = judge_by_list(sends, messages, attributed_.complete_since(known_since));

        std::vector<std::pair<parked_send, answer_from_list>> decided;
        std::vector<parked_send> rest;
        for (std::size_t i = 0; i < at.sends.size(); ++i) {
            if (answers[i].what == finding::wait)
                rest.push_back(std::move(at.sends[i]));
            else
                decided.emplace_back(std::move(at.sends[i]), answers[i]);
        }
        at.sends = std::move(rest);
        at.reading.reset();
        at.failures = 0;
        parked_ -= decided.size();
        if (at.sends.empty())
            recipients_.erase(to);
        else
            ask_again(at, shortest_pause());
        for (auto const& [send, answer] : decided)
            if (answer.message)
                attribute(answer.message->sid, net_.env.now());
        for (auto& [send, answer] : decided) // may park and withdraw others
            client_.resolved(send.op, std::move(send.attempt), answer);
    }

    // The settled ones; the others will ask again, when things may have changed.
    void give_up(std::string const& to, std::string const& why)
    {
        auto& at = recipients_.at(to);
        std::vector<parked_send> ended;
        std::vector<parked_send> rest;
        for (auto& send : at.sends)
            (send.due <= at.reading_begun ? ended : rest).push_back(std::move(send));
        at.sends = std::move(rest);
        at.reading.reset();
        parked_ -= ended.size();
        if (at.sends.empty())
            recipients_.erase(to);
        else
            ask_again(at, shortest_pause());
        for (auto& send : ended)
            client_.cannot_resolve(send.op, std::move(send.attempt), why);
    }

    // What was attributed is needed as long as an attempt can last, and as long as somebody keeps a doubt of then.
    void forget_old(time_point now)
    {
        if (now < forget_at_)
            return;
        forget_at_ = now + std::chrono::seconds(1);
        std::erase_if(doubts_, [](auto const& doubt) { return doubt.expired(); });
        auto needed_since = now - net_.settings.response_timeout;
        for (auto const& weak : doubts_)
            if (auto const doubt = weak.lock())
                needed_since = std::min(needed_since, earliest_look_alike(*doubt));
        constexpr std::chrono::seconds margin(5); // see `earliest_look_alike`: a second of doubt and the slack
        attributed_.forget_before(needed_since - margin);
    }

    connector<Env>& net_;
    resolver_client& client_;
    inquiries<Env> inquiries_;
    std::unordered_map<std::string, recipient> recipients_;
    std::size_t parked_ = 0;
    time_point wake_at_ = time_point::max(); // nothing is due before
    attributed_sids attributed_;
    std::vector<std::weak_ptr<unresolved_send const>> doubts_;
    time_point forget_at_ = time_point::min();
};

} // namespace twilio_sms::detail
