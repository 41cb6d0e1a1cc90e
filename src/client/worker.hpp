// One connection and the coroutine that carries requests over it, one at a time.
#pragma once
#include "client/attempt_report.hpp"
#include "client/connector.hpp"
#include "client/step_task.hpp"
#include "core/pool_step.hpp"
#include "net/wire.hpp"
#include <algorithm>
#include <array>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <coroutine>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace twilio_sms::detail {

/// Runs on the provider's strand. `Env` has the stream and the clock: sockets in life, scripts in tests. `Source` gives
/// it jobs and judges how they ended.
///
/// A worker that waits for the network is kept alive, with all of the provider's state, by the pending operation's
/// handler; one that waits for a job is owned by its source alone.
template <class Env, class Source>
class worker final : public lookup_waiter {
public:
    using job_ptr = typename Source::job_ptr;

    worker(connector<Env>& net, Source& source) : net_(net), source_(source), task_(run()) {}

    /// Starts it, or tells an idle one that there is a job to take.
    void wake()
    {
        if (auto const parked = std::exchange(parked_, nullptr))
            parked.resume();
        else
            task_.resume();
    }

    /// Ends the attempt under way with this reason, unless it has come to its end by itself.
    void abort(breakdown why)
    {
        // An address that took too long is not the end; what comes after it may be.
        if (abort_ == breakdown::none || abort_ == breakdown::connect_timeout)
            abort_ = why;
        if (waiting_ == waiting::network)
            stream_->cancel();
        else if (waiting_ == waiting::lookup) // later: we may be inside a signal or the provider's destructor
            boost::asio::post(net_.strand, [alive = net_.shared_from_this(), this] {
                net_.abandon_lookup(*this);
                lookup_ended({});
            });
    }

    /// The name look-up has ended: with this error, or the connector's addresses are fresh.
    void lookup_ended(std::string const& error) override
    {
        if (waiting_ != waiting::lookup)
            return;
        lookup_error_ = error;
        waiting_ = waiting::nothing;
        std::exchange(parked_, nullptr).resume();
    }

    /// Enforces the time limit of what is under way; closes an unused connection that is too old.
    void sweep(time_point now)
    {
        if (waiting_ == waiting::nothing) {
            if (parked_ && wire_ && !close_if_stale(now) && now - last_used_ >= buffers_kept)
                wire_->release_buffers();
            return;
        }
        if (now >= limit_)
            abort(limit_why_);
        outlived_ = connected() && now - opened_ >= net_.settings.limits.max_age;
    }

    void close_connection(std::string_view reason)
    {
        if (!wire_)
            return;
        wire_->close();
        flush_once();
        drop_connection(reason);
    }

    /// How far the current request got.
    handover request_handover() const noexcept { return wire_ ? wire_->request_handover() : handover::nothing; }

    bool connected() const noexcept { return wire_.has_value() && !wire_->opening(); }
    job_ptr const& job() const noexcept { return job_; }
    attempt_report& report() noexcept { return report_; }

    bool returning = false;  ///< the source's: between a job's end and `take`
    bool open_ahead = false; ///< set by `take` when it has no job, but a connection is wanted
    frame_stack frames;      ///< of its coroutines

private:
    enum class waiting { nothing, network, lookup };

    struct io_result {
        error_code ec;
        std::size_t bytes = 0;
    };

    // Suspends for one asynchronous operation of the stream.
    template <class Initiate>
    struct io_awaiter {
        worker& self;
        Initiate initiate;
        io_result result{};

        io_awaiter(worker& w, Initiate i) : self(w), initiate(std::move(i)) {}
        bool await_ready() noexcept { return false; }
        void await_suspend(std::coroutine_handle<> h)
        {
            self.waiting_ = waiting::network;
            initiate(io_handler<io_awaiter>(*this, h));
        }
        io_result await_resume() noexcept { return result; }
    };

    template <class Awaiter>
    struct io_handler {
        using allocator_type = single_block_allocator<std::byte>;

        std::shared_ptr<connector<Env>> alive;
        Awaiter* awaiter;
        std::coroutine_handle<> coroutine;

        io_handler(Awaiter& a, std::coroutine_handle<> h)
            : alive(a.self.net_.shared_from_this()), awaiter(&a), coroutine(h)
        {}
        allocator_type get_allocator() const noexcept { return allocator_type(awaiter->self.operation_memory_); }
        void operator()(error_code ec, std::size_t bytes = 0)
        {
            auto const keep = std::move(alive); // the coroutine may end the provider
            awaiter->result = io_result{ec, bytes};
            awaiter->self.waiting_ = waiting::nothing;
            coroutine.resume();
        }
    };

    template <class Initiate>
    io_awaiter<Initiate> network(Initiate initiate)
    {
        return io_awaiter<Initiate>(*this, std::move(initiate));
    }

    struct park_awaiter {
        worker& self;
        explicit park_awaiter(worker& w) noexcept : self(w) {}
        bool await_ready() noexcept { return false; }
        void await_suspend(std::coroutine_handle<> h) noexcept { self.parked_ = h; }
        void await_resume() noexcept {}
    };

    struct lookup_awaiter {
        worker& self;
        explicit lookup_awaiter(worker& w) noexcept : self(w) {}
        bool await_ready() noexcept { return false; }
        void await_suspend(std::coroutine_handle<> h) noexcept
        {
            self.parked_ = h;
            self.waiting_ = waiting::lookup;
        }
        void await_resume() noexcept {}
    };

    root_task run()
    {
        for (;;) {
            job_ = source_.take(*this);
            if (!job_ && std::exchange(open_ahead, false)) {
                abort_ = breakdown::none;
                source_.opening_begins();
                co_await open();
                source_.opened_ahead(*this);
                continue;
            }
            if (!job_) {
                rested_ = true;
                co_await park_awaiter(*this);
                continue;
            }
            abort_ = breakdown::none;
            for (bool again = true; again;) {
                report_.reused_connection = has_usable_connection();
                source_.attempt_begins(*job_, report_.reused_connection);
                if (!wire_) {
                    source_.opening_begins();
                    co_await open();
                    source_.opening_ended();
                }
                if (wire_)
                    co_await exchange();
                again = source_.attempt_ended(*this);
            }
        }
    }

    // Before a request: is the kept connection young, and alive as far as the socket knows? What the server
    // said meanwhile must be read now: later it would pass for the answer to this job's request.
    bool has_usable_connection()
    {
        if (!wire_)
            return false;
        if (std::exchange(rested_, false) && close_if_stale(net_.env.now()))
            return false;
        if (outlived_) {
            close_connection("age");
            return false;
        }
        while (fit_for_a_request() && read_available()) {
        }
        if (fit_for_a_request())
            return true;
        drop_connection("lost");
        return false;
    }

    bool fit_for_a_request() const noexcept { return wire_->now() == wire::state::ready || wire_->reusable(); }

    bool close_if_stale(time_point now)
    {
        auto const reason = reason_to_close({opened_, last_used_}, net_.settings.limits, now);
        if (!reason.empty())
            close_connection(reason);
        return !reason.empty();
    }

    // Connects and shakes hands; `wire_` is set when that worked, else the report says why not.
    step_task open()
    {
        auto const begun = net_.env.now();
        auto const overall = begun + net_.settings.connect_timeout;
        set_limit(overall, breakdown::connect_timeout);

        while (!net_.addresses().fresh(net_.env.now()) && abort_ == breakdown::none) {
            net_.begin_lookup(*this);
            co_await lookup_awaiter(*this);
            if (abort_ == breakdown::none && !lookup_error_.empty()) {
                open_failed(breakdown::name_lookup, lookup_error_);
                co_return;
            }
        }
        auto const addresses = net_.addresses().list(); // a copy: the cache may change meanwhile
        for (std::size_t i = 0; i < addresses.size() && abort_ == breakdown::none && !connected(); ++i) {
            // Each address gets its share of the time, so that one that swallows packets does not use it all.
            auto const now = net_.env.now();
            auto const share = (overall - now) / static_cast<int>(addresses.size() - i);
            set_limit(now + share, breakdown::connect_timeout);
            co_await open(addresses[i]);
            if (abort_ == breakdown::connect_timeout && i + 1 < addresses.size())
                abort_ = breakdown::none;
            if (connected())
                net_.addresses().prefer(addresses[i]);
            else if (report_.end.why == breakdown::certificate || report_.end.why == breakdown::proxy_refused)
                break; // another address of the same host will not say anything else
        }
        if (!connected() && abort_ != breakdown::none)
            open_failed(abort_, {});
    }

    step_task open(typename Env::address const& address)
    {
        stream_.emplace(net_.env, net_.strand);
        auto& stream = *stream_;
        auto connecting =
            network([&stream, &address](auto handler) { stream.async_connect(address, std::move(handler)); });
        auto const connect = co_await connecting;
        if (connect.ec) {
            stream_.reset();
            open_failed(breakdown::connect, connect.ec.message());
            co_return;
        }
        wire_.emplace(net_.make_wire());
        co_await converse();
        if (wire_->now() == wire::state::failed) {
            flush_once(); // the alert that tells the server why
            open_failed(wire_->why(), wire_->reason());
            wire_.reset();
            stream_.reset();
            co_return;
        }
        opened_ = last_used_ = net_.env.now();
        outlived_ = false;
        net_.watch.connection_opened(wire_->resumed());
    }

    void open_failed(breakdown why, std::string reason)
    {
        report_.end = attempt_end{};
        report_.end.why = why;
        report_.ended = net_.env.now();
        report_.detail = std::move(reason);
        report_.request_id.clear();
        report_.retry_after.clear();
    }

    step_task exchange()
    {
        auto const begun = net_.env.now();
        report_.begun = report_.handed_over = begun;
        confused_ = false;
        set_limit(begun + net_.settings.response_timeout, breakdown::response_timeout);
        if (begun >= limit_ && abort_ == breakdown::none)
            abort_ = limit_why_; // too late to send it
        source_.write_request(net_.request, *job_);
        wire_->start(net_.request);
        net_.request.clear(); // it has the credentials; the wire needs it no more
        ++net_.watch.count.busy;
        co_await converse();
        --net_.watch.count.busy;
        report_.ended = last_used_ = net_.env.now();
        report_exchange();
        if (confused_)
            drop_connection("confused");
        else if (!wire_->reusable())
            drop_connection(wire_->now() == wire::state::failed ? "lost" : "closed by server");
    }

    void report_exchange()
    {
        auto& end = report_.end;
        end = attempt_end{};
        end.request = wire_->request_handover();
        report_.detail.clear();
        if (wire_->now() == wire::state::failed) {
            end.why = wire_->why();
            report_.detail = wire_->reason();
            report_.request_id.clear();
            report_.retry_after.clear();
            return;
        }
        auto const& reply = wire_->reply();
        end.http_status = reply.http_status();
        report_.request_id = reply.request_id();
        report_.retry_after = reply.retry_after();
        confused_ = !source_.read_reply(report_, reply, *job_);
    }

    // Moves bytes until the handshake or the exchange is over, one way or the other.
    step_task converse()
    {
        auto& stream = *stream_;
        while (wire_->busy()) {
            if (abort_ != breakdown::none) {
                wire_->fail(abort_, {});
                break;
            }
            if (auto const out = wire_->output(); !out.empty()) {
                error_code ec;
                wire_->consumed(stream.write_some(out, ec));
                if (ec == boost::asio::error::would_block) {
                    // A server that answers, or closes, before it has read everything is heard at once.
                    if (read_available())
                        continue;
                    auto writable =
                        network([&stream](auto handler) { stream.async_wait_writable(std::move(handler)); });
                    co_await writable;
                    report_.handed_over = net_.env.now(); // what is left goes now
                } else if (ec) {
                    wire_->lose(ec.message());
                }
                continue;
            }
            auto reading =
                network([this, &stream](auto handler) { stream.async_read_some(input_, std::move(handler)); });
            auto const got = co_await reading;
            took(got.ec, got.bytes);
        }
    }

    // Reads without waiting; false when there was nothing.
    bool read_available()
    {
        error_code ec;
        auto const bytes = stream_->read_some(input_, ec);
        if (ec == boost::asio::error::would_block)
            return false;
        took(ec, bytes);
        return true;
    }

    void took(error_code ec, std::size_t bytes)
    {
        if (bytes > 0)
            wire_->received(std::span<char const>(input_).first(bytes));
        if (ec == boost::asio::error::eof)
            wire_->end_of_stream();
        else if (ec && ec != boost::asio::error::operation_aborted)
            wire_->lose(ec.message());
    }

    void flush_once()
    {
        error_code ignored;
        if (auto const out = wire_->output(); !out.empty())
            wire_->consumed(stream_->write_some(out, ignored));
    }

    void drop_connection(std::string_view reason)
    {
        // What the kernel still holds of a request must not be delivered after we gave it up.
        if (wire_->now() == wire::state::failed)
            stream_->reset_on_close();
        wire_.reset();
        stream_.reset();
        net_.watch.connection_closed(reason);
    }

    // No later than the job's own deadline.
    void set_limit(time_point when, breakdown why)
    {
        bool const job_first = job_ && job_->deadline <= when;
        limit_ = job_first ? job_->deadline : when;
        limit_why_ = job_first ? breakdown::deadline : why;
    }

    connector<Env>& net_;
    Source& source_;
    std::optional<typename Env::stream> stream_;
    std::optional<wire> wire_;
    job_ptr job_;
    std::array<char, 4096> input_;
    single_block operation_memory_; // of what it waits for

    waiting waiting_ = waiting::nothing;
    std::coroutine_handle<> parked_;
    breakdown abort_ = breakdown::none;
    time_point limit_;
    breakdown limit_why_ = breakdown::none;
    time_point opened_, last_used_;
    bool rested_ = false;   // waited for a job since its last exchange
    bool outlived_ = false; // older than `max_connection_age`
    bool confused_ = false; // the server answered something else
    attempt_report report_;
    std::string lookup_error_;

    root_task task_; // last: its frame refers to the others
};

} // namespace twilio_sms::detail
