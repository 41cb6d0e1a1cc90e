// What is told when an io_context is destroyed.
#pragma once
#include <boost/asio/execution_context.hpp>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace twilio_sms::detail {

/// Who has handlers of others and must let them go when nothing can run any more: what a handler owns may own the one
/// who has it, and then neither would ever end. Thread-safe.
template <class Told>
class context_end final : public boost::asio::execution_context::service {
public:
    using key_type = context_end;
    static inline boost::asio::execution_context::id id;

    explicit context_end(boost::asio::execution_context& context) : service(context) {}

    /// `told->abandon()` is called at the end, if it is still there.
    void add(std::weak_ptr<Told> told)
    {
        std::scoped_lock const lock(mutex_);
        std::erase_if(all_, [](auto const& one) { return one.expired(); });
        all_.push_back(std::move(told));
    }

private:
    void shutdown() noexcept override
    {
        mutex_.lock();
        auto const all = std::exchange(all_, {});
        mutex_.unlock();
        for (auto const& weak : all)
            if (auto const told = weak.lock())
                told->abandon();
    }

    std::mutex mutex_;
    std::vector<std::weak_ptr<Told>> all_;
};

} // namespace twilio_sms::detail
