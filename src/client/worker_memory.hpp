// Memory of a connection worker for what it has at most one of, or what nests. Asio's own cache keeps two blocks a
// thread, which all connections would contend for.
#pragma once
#include <array>
#include <cstddef>
#include <new>

namespace twilio_sms::detail {

/// The frames of coroutines that nest: the one begun last ends first. What does not fit goes to the heap.
class frame_stack {
public:
    void* allocate(std::size_t size)
    {
        auto const whole = rounded(size);
        bool const fits = whole <= memory_.size() - used_;
        auto* const block = fits ? memory_.data() + used_ : static_cast<std::byte*>(::operator new(whole));
        if (fits)
            used_ += whole;
        new (block) header{fits ? this : nullptr};
        return block + header_size;
    }

    static void deallocate(void* frame, std::size_t size) noexcept
    {
        auto* const block = static_cast<std::byte*>(frame) - header_size;
        if (auto* const owner = std::launder(reinterpret_cast<header*>(block))->owner)
            owner->used_ -= rounded(size);
        else
            ::operator delete(block);
    }

private:
    struct header {
        frame_stack* owner; // null: the heap
    };
    static constexpr std::size_t header_size = alignof(std::max_align_t);
    static constexpr std::size_t rounded(std::size_t size) noexcept
    {
        return header_size + (size + header_size - 1) / header_size * header_size;
    }

    alignas(std::max_align_t) std::array<std::byte, 1024> memory_;
    std::size_t used_ = 0;
};

/// One block at a time, for the operation that a connection waits for. What comes meanwhile goes to the heap.
class single_block {
public:
    void* allocate(std::size_t size)
    {
        if (taken_ || size > memory_.size())
            return ::operator new(size);
        taken_ = true;
        return memory_.data();
    }

    void deallocate(void* block) noexcept
    {
        if (block == memory_.data())
            taken_ = false;
        else
            ::operator delete(block);
    }

private:
    alignas(std::max_align_t) std::array<std::byte, 320> memory_;
    bool taken_ = false;
};

/// The same for Asio.
template <class T>
struct single_block_allocator {
    using value_type = T;

    explicit single_block_allocator(single_block& b) noexcept : block(&b) {}
    template <class U>
    single_block_allocator(single_block_allocator<U> const& other) noexcept : block(other.block)
    {}
    T* allocate(std::size_t n) { return static_cast<T*>(block->allocate(n * sizeof(T))); }
    void deallocate(T* p, std::size_t) noexcept { block->deallocate(p); }
    template <class U>
    bool operator==(single_block_allocator<U> const& other) const noexcept
    {
        return block == other.block;
    }

    single_block* block;
};

} // namespace twilio_sms::detail
