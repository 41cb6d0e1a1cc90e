// Bytes on their way through a connection.
#pragma once
#include <cstddef>
#include <span>
#include <vector>

namespace twilio_sms::detail {

/// A queue of bytes that has memory only while it holds some: the thread keeps it for whoever needs it next, so that it
/// is in the cache, and an idle connection has none. Not for secrets: what was in it is not overwritten. Not
/// thread-safe.
class lent_buffer {
public:
    lent_buffer() = default;
    ~lent_buffer() { give_back(); }
    lent_buffer(lent_buffer const&) = delete;
    lent_buffer& operator=(lent_buffer const&) = delete;

    /// Errors: `std::bad_alloc`.
    void append(std::span<char const> bytes);

    /// Valid until the next call of another member.
    std::span<char const> bytes() const noexcept { return std::span<char const>(memory_).subspan(taken_); }
    bool empty() const noexcept { return taken_ == memory_.size(); }

    std::size_t capacity() const noexcept { return memory_.capacity(); } ///< 0 when it is empty

    /// Drops the first `n`. Precondition: there are so many.
    void consume(std::size_t n) noexcept
    {
        taken_ += n;
        if (empty())
            give_back();
    }

private:
    void give_back() noexcept;

    std::vector<char> memory_;
    std::size_t taken_ = 0;
};

} // namespace twilio_sms::detail
