#include "simulator/delayed_answers.hpp"
#include <algorithm>

namespace twilio_sms::detail::sim {

delayed_answers::delayed_answers(asio::any_io_executor executor, deliver_function deliver)
    : timer_(std::move(executor)), deliver_(std::move(deliver))
{}

bool delayed_answers::later(waiting const& a, waiting const& b) noexcept
{
    return a.due != b.due ? a.due > b.due : a.order > b.order;
}

void delayed_answers::add(answer a, server::responder r, clock::duration latency)
{
    // Rounded up, so that answers to requests that came together share one expiry of the timer.
    auto const due =
        std::chrono::ceil<std::chrono::duration<clock::rep, std::ratio<1, 10'000>>>(clock::now() + latency);
    heap_.push_back({due, latency, count_++, std::move(a), std::move(r)});
    std::ranges::push_heap(heap_, later);
    if (heap_.front().due < armed_for_)
        arm();
}

void delayed_answers::arm()
{
    armed_for_ = heap_.front().due;
    timer_.expires_at(armed_for_);
    timer_.async_wait([self = shared_from_this()](boost::system::error_code ec) {
        if (!ec)
            self->deliver_due();
    });
}

void delayed_answers::deliver_due()
{
    armed_for_ = clock::time_point::max();
    auto const now = clock::now();
    while (!heap_.empty() && heap_.front().due <= now) {
        std::ranges::pop_heap(heap_, later);
        waiting w = std::move(heap_.back());
        heap_.pop_back();
        deliver_(w.what, w.who, w.latency); // may add others
    }
    if (!heap_.empty() && heap_.front().due < armed_for_)
        arm();
}

void delayed_answers::stop() noexcept
{
    timer_.cancel();
    heap_.clear();
    deliver_ = nullptr;
}

} // namespace twilio_sms::detail::sim
