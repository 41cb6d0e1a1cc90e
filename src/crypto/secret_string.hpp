// Text that must not stay in memory after its use.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace twilio_sms::detail {

/// Overwrites memory in a way that the compiler does not leave out.
void cleanse(void* memory, std::size_t size) noexcept;
inline void cleanse(std::string& text) noexcept
{
    cleanse(text.data(), text.size());
}

/// Overwritten when it grows, is replaced or destroyed. Not a std::string, which keeps short texts in itself, out of an
/// allocator's reach; and not a std::vector, which copies byte by byte for an allocator that is not the standard one.
class secret_string {
public:
    secret_string() = default;
    explicit secret_string(std::string_view text) { append(text); }
    secret_string(secret_string const& other) : secret_string(std::string_view(other)) {}
    secret_string(secret_string&& other) noexcept { swap(other); }
    secret_string& operator=(secret_string other) noexcept
    {
        swap(other);
        return *this;
    }
    ~secret_string() { cleanse(bytes_.get(), size_); }

    secret_string& append(std::string_view text)
    {
        if (capacity_ - size_ < text.size())
            reserve(std::max(size_ + text.size(), 2 * capacity_));
        if (!text.empty())
            std::memcpy(bytes_.get() + size_, text.data(), text.size());
        size_ += text.size();
        return *this;
    }

    /// Overwrites it, and keeps the memory for the next text.
    void clear() noexcept
    {
        cleanse(bytes_.get(), size_);
        size_ = 0;
    }

    void reserve(std::size_t n)
    {
        if (n <= capacity_)
            return;
        auto larger = std::make_unique_for_overwrite<char[]>(n);
        if (size_ > 0)
            std::memcpy(larger.get(), bytes_.get(), size_);
        cleanse(bytes_.get(), size_);
        bytes_ = std::move(larger);
        capacity_ = n;
    }

    bool empty() const noexcept { return size_ == 0; }
    std::size_t size() const noexcept { return size_; }
    operator std::string_view() const noexcept { return {bytes_.get(), size_}; }

private:
    void swap(secret_string& other) noexcept
    {
        std::swap(bytes_, other.bytes_);
        std::swap(size_, other.size_);
        std::swap(capacity_, other.capacity_);
    }

    std::unique_ptr<char[]> bytes_;
    std::size_t size_ = 0, capacity_ = 0;
};

} // namespace twilio_sms::detail
