// A dispatcher in the virtual world, and what its sends came to.
#pragma once
#include "client/dispatcher.hpp"
#include "virtual_world.hpp"
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <map>
#include <string>
#include <twilio_sms/observer.hpp>
#include <vector>

namespace twilio_sms::test {

using namespace std::chrono_literals;

inline std::string http_reply(int status, std::string const& body, std::string const& fields = {})
{
    return "HTTP/1.1 " + std::to_string(status) + " X\r\n" + fields + "Content-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + body;
}

inline std::string const accepted_reply =
    http_reply(201, R"({"sid":"SM00000000000000000000000000000001","status":"queued"})");

inline std::string error_reply(int status, int code)
{
    return http_reply(status, R"({"code":)" + std::to_string(code) + R"(,"message":"no","status":)" +
                                  std::to_string(status) + "}");
}

inline script answering(std::vector<script::answer> answers)
{
    script s;
    s.answers = std::move(answers);
    return s;
}

inline script::answer replying(std::string reply)
{
    script::answer a;
    a.reply = std::move(reply);
    return a;
}

/// Events as short lines, for exact comparison.
class recording_observer : public observer {
public:
    std::vector<std::string> lines;

    void on_attempt(attempt_event const& e) noexcept override
    {
        add("attempt " + std::to_string(e.number) + "/" + std::to_string(e.of) +
            (e.reused_connection ? " reused" : " new"));
    }
    void on_attempt_failed(attempt_failed_event const& e) noexcept override
    {
        add("failed " + std::to_string(e.number) + " " + std::string(to_string(e.why.fate)) +
            (e.will_repeat
                 ? " repeat in " + std::to_string(std::chrono::floor<std::chrono::milliseconds>(e.delay).count())
             : e.will_ask ? " asks"
                          : " final"));
    }
    void on_resolve(resolve_event const& e) noexcept override
    {
        add("resolved " + std::string(to_string(e.found)) + (e.will_repeat ? " repeats" : ""));
    }
    void on_throttle(throttle_event const& e) noexcept override { add("limit " + std::to_string(e.limit)); }
    void on_outcome(outcome_event const& e) noexcept override
    {
        add("outcome " + std::string(to_string(e.what())) + " after " + std::to_string(e.attempts));
    }
    void on_connection(connection_event const& e) noexcept override
    {
        add(e.what == connection_event::kind::opened
                ? "opened " + std::to_string(e.open)
                : "closed " + std::string(e.reason) + " " + std::to_string(e.open));
    }

private:
    void add(std::string line) { lines.push_back(std::move(line)); }
};

struct fixture {
    using dispatcher = detail::dispatcher<virtual_env>;

    world w;
    std::shared_ptr<recording_observer> events = std::make_shared<recording_observer>();
    std::shared_ptr<dispatcher> d;
    std::map<int, result<receipt>> outcomes; ///< by the number of the send
    std::map<int, asio::cancellation_signal> signals;
    std::map<int, detail::operation_ptr> operations;
    bool closed = false;
    std::string form; ///< of the next sends; empty: one that the server does not look at

    fixture()
    {
        make([](detail::dispatcher_settings&) {});
    }

    template <class Change>
    void make(Change change)
    {
        detail::dispatcher_settings s;
        s.host = "api.test";
        s.server = "api.test:443";
        s.connect_timeout = 5s;
        s.response_timeout = 31s;
        s.total_timeout = 120s;
        s.queue_timeout = 10s;
        s.limits = {45s, 600s};
        s.settle_time = 45s;
        s.max_connections = 4;
        s.max_opening = 4;
        s.retry = {3, 1000ms, false};
        s.observer = events;
        change(s);
        events->lines.clear();
        d = std::make_shared<dispatcher>(w.io.get_executor(), std::move(s), virtual_env(w));
        w.scripts = {answering({replying(accepted_reply)})};
    }

    void send(int number, std::optional<std::chrono::milliseconds> within = {}, bool queue_limited = true)
    {
        auto const op = std::make_shared<detail::operation>();
        op->to = "+15550107391";
        op->form = form.empty() ? "To=x&Number=" + std::to_string(number) : form;
        op->queue_limited = queue_limited;
        if (within)
            op->own_deadline = w.now + *within;
        start(number, op);
    }

    void resolve(int number, failure const& unknown)
    {
        auto const op = std::make_shared<detail::operation>();
        op->to = unknown.unresolved->to;
        op->attempts = unknown.attempts;
        op->doubt = unknown.unresolved;
        op->to_resolve = unknown;
        op->only_asks = true;
        start(number, op);
    }

    void start(int number, detail::operation_ptr const& op)
    {
        auto handler = [this, number](result<receipt> r) {
            if (!outcomes.emplace(number, std::move(r)).second)
                throw std::logic_error("a send ended twice");
        };
        op->caller.emplace(asio::any_io_executor(w.io.get_executor()));
        op->handler.emplace(std::move(handler));
        operations[number] = op;
        asio::dispatch(d->strand, [this, op] { d->submit(op); });
    }

    void cancel(int number)
    {
        asio::dispatch(d->strand, [this, op = operations.at(number)] { d->cancel(op); });
    }

    void close()
    {
        auto const wait = std::make_shared<detail::close_wait>(detail::close_wait::handler([this] { closed = true; }));
        asio::dispatch(d->strand, [this, wait] { d->close(wait); });
    }

    void shut_down()
    {
        asio::dispatch(d->strand, [this] { d->shut_down(); });
    }

    /// "accepted", "not_sent connect_failed", "running", ...
    std::string outcome(int number) const
    {
        auto const at = outcomes.find(number);
        if (at == outcomes.end())
            return "running";
        if (at->second)
            return "accepted after " + std::to_string(at->second->attempts);
        auto const f = at->second.error();
        return std::string(to_string(f.fate)) + " " + f.code.to_string() + " after " + std::to_string(f.attempts);
    }

    std::string const& last_event() const { return events->lines.back(); }
};

inline std::string code(errc e)
{
    return make_error_code(e).to_string();
}

} // namespace twilio_sms::test
