// A world for the dispatcher without sockets and without waiting: scripted connections, names and chance, and a clock
// that moves only when the test says so.
#pragma once
#include "virtual_clock.hpp"
#include <cstring>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace twilio_sms::test {

/// What the server does with one connection.
struct script {
    enum class connect { accept, refuse, hang } on_connect = connect::accept;

    /// What it does with a request; the last one stands for all that follow.
    struct answer {
        std::string reply; ///< sent once the request is complete
        bool close_after = false;
        bool reset_after = false;
        std::size_t takes = std::string::npos; ///< bytes of the request the socket accepts; then it would block
        bool reset_when_full = false;          ///< with `takes`: reset in place of blocking
        std::chrono::milliseconds delay{0};
    };
    std::vector<answer> answers;
    bool close_when_idle = false; ///< the server closes right after a reply, as the client finds out later
};

class world;

/// One connection's far end; outlives the stream that uses it.
struct connection_state {
    script plan;
    std::size_t requests = 0; ///< complete ones
    std::string received;     ///< of the request under way
    std::size_t taken = 0;    ///< bytes accepted of it
    std::string to_client;
    bool ended = false, was_reset = false, cancelled = false;
    std::function<void(error_code, std::size_t)> reader;
    std::span<char> read_into;
    std::function<void(error_code)> writer, connector;
};

class world : public virtual_clock {
public:
    std::chrono::sys_seconds wall{std::chrono::seconds(1'700'000'000)};
    double random = 0.5;
    std::deque<script> scripts; ///< for the next connections; the last one stands for all that follow
    std::vector<std::shared_ptr<connection_state>> connections;
    std::vector<int> connected_to; ///< addresses, in order
    std::vector<int> addresses{1};
    std::string lookup_failure;
    int lookups = 0;
    bool lookup_hangs = false;
    std::vector<std::string> requests; ///< complete ones, in order

    /// When set, answers complete requests in place of the scripts. Nothing: no answer.
    std::function<std::optional<script::answer>(std::string const& request)> respond;

    ~world()
    {
        drop_all();
        for (auto const& c : connections) {
            std::exchange(c->reader, nullptr);
            std::exchange(c->writer, nullptr);
            std::exchange(c->connector, nullptr);
        }
    }
};

/// The dispatcher's `Env`.
class virtual_env {
public:
    using strand_type = detail::strand_type;
    using address = int;

    explicit virtual_env(world& w) : world_(&w) {}

    steady_time now() const noexcept { return world_->now; }
    std::chrono::sys_seconds wall_clock_now() const noexcept { return world_->wall; }
    double random01() { return world_->random; }

    template <class Handler>
    void async_resolve(strand_type const& strand, std::string const&, std::uint16_t, Handler handler)
    {
        ++world_->lookups;
        if (world_->lookup_hangs)
            return;
        error_code ec;
        if (!world_->lookup_failure.empty())
            ec = asio::error::host_not_found;
        asio::post(strand, [handler, ec, found = ec ? std::vector<int>() : world_->addresses]() mutable {
            handler(ec, std::move(found));
        });
    }

    class stream;

    struct timer : virtual_timer {
        timer(virtual_env& env, strand_type const& strand) : virtual_timer(*env.world_, strand) {}
    };

private:
    world* world_;
};

class virtual_env::stream {
public:
    stream(virtual_env& env, strand_type const& strand)
        : world_(env.world_), strand_(strand), state_(std::make_shared<connection_state>())
    {
        if (world_->scripts.empty())
            return;
        state_->plan = world_->scripts.front();
        if (world_->scripts.size() > 1)
            world_->scripts.pop_front();
    }

    template <class Handler>
    void async_connect(int address, Handler handler)
    {
        world_->connected_to.push_back(address);
        world_->connections.push_back(state_);
        auto done = later1(std::move(handler));
        switch (state_->plan.on_connect) {
        case script::connect::accept: return done({});
        case script::connect::refuse: return done(asio::error::connection_refused);
        case script::connect::hang: state_->connector = done;
        }
    }

    template <class Buffer>
    std::size_t read_some(Buffer& into, error_code& ec)
    {
        return read(std::span<char>(into), ec);
    }

    template <class Buffer, class Handler>
    void async_read_some(Buffer& into, Handler handler)
    {
        state_->read_into = std::span<char>(into);
        state_->reader = later2(std::move(handler));
        try_reader(state_);
    }

    template <class Bytes>
    std::size_t write_some(Bytes bytes, error_code& ec)
    {
        auto& s = *state_;
        if (s.was_reset || s.ended)
            return ec = asio::error::broken_pipe, 0;
        auto const* answer = current_answer(s);
        std::size_t const room = answer ? answer->takes - std::min(answer->takes, s.taken) : std::string::npos;
        std::size_t const n = std::min(bytes.size(), room);
        s.received.append(bytes.data(), n);
        s.taken += n;
        if (n < bytes.size()) {
            if (answer->reset_when_full) {
                s.was_reset = true;
                ec = asio::error::connection_reset;
            } else {
                ec = asio::error::would_block;
            }
        }
        on_bytes(world_, state_);
        return n;
    }

    template <class Handler>
    void async_wait_writable(Handler handler)
    {
        state_->writer = later1(std::move(handler));
    }

    void cancel()
    {
        auto const aborted = error_code(asio::error::operation_aborted);
        if (auto f = std::exchange(state_->reader, nullptr))
            f(aborted, 0);
        if (auto f = std::exchange(state_->writer, nullptr))
            f(aborted);
        if (auto f = std::exchange(state_->connector, nullptr))
            f(aborted);
    }

    void reset_on_close() noexcept {}

    ~stream() { cancel(); }
    stream(stream const&) = delete;
    stream& operator=(stream const&) = delete;

private:
    static script::answer const* current_answer(connection_state const& s)
    {
        if (s.plan.answers.empty())
            return nullptr;
        return &s.plan.answers[std::min(s.requests, s.plan.answers.size() - 1)];
    }

    // Move-only handlers travel in shared pointers; they run on the strand, as a socket's would.
    template <class Handler>
    std::function<void(error_code)> later1(Handler handler)
    {
        auto shared = std::make_shared<Handler>(std::move(handler));
        return [strand = strand_, shared](error_code ec) { asio::post(strand, [shared, ec] { (*shared)(ec); }); };
    }
    template <class Handler>
    std::function<void(error_code, std::size_t)> later2(Handler handler)
    {
        auto shared = std::make_shared<Handler>(std::move(handler));
        return [strand = strand_, shared](error_code ec, std::size_t n) {
            asio::post(strand, [shared, ec, n] { (*shared)(ec, n); });
        };
    }

    std::size_t read(std::span<char> into, error_code& ec) { return read(*state_, into, ec); }

    static std::size_t read(connection_state& s, std::span<char> into, error_code& ec)
    {
        if (s.was_reset)
            return ec = asio::error::connection_reset, 0;
        if (s.to_client.empty())
            return ec = s.ended ? error_code(asio::error::eof) : error_code(asio::error::would_block), 0;
        auto const n = std::min(into.size(), s.to_client.size());
        std::memcpy(into.data(), s.to_client.data(), n);
        s.to_client.erase(0, n);
        return n;
    }

    static void try_reader(std::shared_ptr<connection_state> const& s)
    {
        if (!s->reader)
            return;
        error_code ec;
        auto const n = read(*s, s->read_into, ec);
        if (ec == asio::error::would_block)
            return;
        std::exchange(s->reader, nullptr)(ec, n);
    }

    // The server's side: a complete request is answered as scripted.
    static void on_bytes(world* w, std::shared_ptr<connection_state> const& s)
    {
        auto const head = s->received.find("\r\n\r\n");
        if (head == std::string::npos)
            return;
        auto const field = s->received.find("Content-Length: ");
        auto const length = field < head ? std::stoul(s->received.substr(field + 16)) : 0;
        if (s->received.size() < head + 4 + length)
            return;
        w->requests.push_back(std::exchange(s->received, {}));
        auto const* const scripted = current_answer(*s);
        auto const planned = w->respond ? w->respond(w->requests.back())
                             : scripted ? std::optional(*scripted)
                                        : std::nullopt;
        ++s->requests;
        s->taken = 0;
        if (!planned)
            return;
        auto const reply = [s, a = *planned](error_code) {
            s->to_client += a.reply;
            s->ended = a.close_after || s->plan.close_when_idle;
            s->was_reset = a.reset_after;
            try_reader(s);
        };
        if (planned->delay.count() == 0)
            reply({});
        else
            w->at(w->now + planned->delay, reply);
    }

    world* world_;
    strand_type strand_;
    std::shared_ptr<connection_state> state_;
};

} // namespace twilio_sms::test
