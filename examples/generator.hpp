// A generator, until the compiler has std::generator (GCC 14): an input range whose values a coroutine makes.
#pragma once
#include <coroutine>
#include <iterator>
#include <optional>
#include <utility>

template <class T>
class generator {
public:
    struct promise_type {
        std::optional<T> value;
        generator get_return_object() { return generator(handle::from_promise(*this)); }
        std::suspend_always initial_suspend() noexcept { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        std::suspend_always yield_value(T next)
        {
            value = std::move(next);
            return {};
        }
        void return_void() noexcept {}
        void unhandled_exception() { throw; }
    };
    using handle = std::coroutine_handle<promise_type>;

    class iterator {
    public:
        using value_type = T;
        using difference_type = std::ptrdiff_t;
        explicit iterator(handle coroutine) : coroutine_(coroutine) {}
        T& operator*() const { return *coroutine_.promise().value; }
        iterator& operator++()
        {
            coroutine_.resume();
            return *this;
        }
        void operator++(int) { ++*this; }
        bool operator==(std::default_sentinel_t) const { return coroutine_.done(); }

    private:
        handle coroutine_;
    };

    explicit generator(handle coroutine) : coroutine_(coroutine) {}
    generator(generator&& other) noexcept : coroutine_(std::exchange(other.coroutine_, {})) {}
    ~generator()
    {
        if (coroutine_)
            coroutine_.destroy();
    }
    iterator begin() { return ++iterator(coroutine_); }
    std::default_sentinel_t end() const { return {}; }

private:
    handle coroutine_;
};
