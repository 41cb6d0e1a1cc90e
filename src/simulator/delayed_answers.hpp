// Answers that wait for their time: one timer for all of them.
#pragma once
#include "http_server/responder.hpp"
#include "simulator/api.hpp"
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <vector>

namespace twilio_sms::detail::sim {

namespace asio = boost::asio;

/// Runs on its executor; not thread-safe.
class delayed_answers : public std::enable_shared_from_this<delayed_answers> {
public:
    using clock = std::chrono::steady_clock;
    using deliver_function = std::function<void(answer&, server::responder&, clock::duration latency)>;

    delayed_answers(asio::any_io_executor executor, deliver_function deliver);

    void add(answer a, server::responder r, clock::duration latency);

    /// Drops all answers; none is delivered from then on.
    void stop() noexcept;

private:
    struct waiting {
        clock::time_point due;
        clock::duration latency;
        std::uint64_t order; // the first come among those that are due at once
        answer what;
        server::responder who;
    };
    static bool later(waiting const& a, waiting const& b) noexcept;
    void arm();
    void deliver_due();

    asio::steady_timer timer_;
    deliver_function deliver_;
    std::vector<waiting> heap_; // the soonest first
    std::uint64_t count_ = 0;
    clock::time_point armed_for_ = clock::time_point::max();
};

} // namespace twilio_sms::detail::sim
