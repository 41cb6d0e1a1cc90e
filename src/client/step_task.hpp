// The coroutines of the connection workers. Leaner than asio::awaitable on the send path: no frame for each
// asynchronous operation, and a worker that waits for messages is no outstanding work for the io_context.
#pragma once
#include "client/worker_memory.hpp"
#include <coroutine>
#include <cstddef>
#include <exception>
#include <utility>

namespace twilio_sms::detail {

/// A coroutine of an object that another one of it awaits: `co_await step()`. Starts when awaited. Must not throw.
/// Its frame, which comes and goes with every request, lies in the object's `frames`.
class step_task {
public:
    struct promise_type {
        std::coroutine_handle<> continuation;

        template <class Object, class... Arguments>
        static void* operator new(std::size_t size, Object& object, Arguments const&...)
        {
            return object.frames.allocate(size);
        }
        static void operator delete(void* frame, std::size_t size) noexcept { frame_stack::deallocate(frame, size); }

        struct resume_caller {
            bool await_ready() noexcept { return false; }
            std::coroutine_handle<> await_suspend(std::coroutine_handle<promise_type> h) noexcept
            {
                return h.promise().continuation;
            }
            void await_resume() noexcept {}
        };

        step_task get_return_object() noexcept { return step_task(handle::from_promise(*this)); }
        std::suspend_always initial_suspend() noexcept { return {}; }
        resume_caller final_suspend() noexcept { return {}; }
        void return_void() noexcept {}
        void unhandled_exception() noexcept { std::terminate(); }
    };

    step_task(step_task&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
    step_task& operator=(step_task&&) = delete;
    ~step_task()
    {
        if (handle_)
            handle_.destroy();
    }

    bool await_ready() noexcept { return false; }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> caller) noexcept
    {
        handle_.promise().continuation = caller;
        return handle_;
    }
    void await_resume() noexcept {}

private:
    using handle = std::coroutine_handle<promise_type>;
    explicit step_task(handle h) noexcept : handle_(h) {}
    handle handle_;
};

/// The outermost coroutine of a worker: owned, started by `resume`, never ends before it is destroyed.
class root_task {
public:
    struct promise_type {
        root_task get_return_object() noexcept { return root_task(handle::from_promise(*this)); }
        std::suspend_always initial_suspend() noexcept { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        void return_void() noexcept {}
        void unhandled_exception() noexcept { std::terminate(); }
    };

    root_task(root_task&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
    root_task& operator=(root_task&&) = delete;
    ~root_task()
    {
        if (handle_)
            handle_.destroy();
    }

    void resume() { handle_.resume(); }

private:
    using handle = std::coroutine_handle<promise_type>;
    explicit root_task(handle h) noexcept : handle_(h) {}
    handle handle_;
};

} // namespace twilio_sms::detail
