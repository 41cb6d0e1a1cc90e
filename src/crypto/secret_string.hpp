// Text that must not stay in memory after its use.
#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace twilio_sms::detail {

/// Overwrites memory in a way that the compiler does not leave out.
void cleanse(void* memory, std::size_t size) noexcept;
inline void cleanse(std::string& text) noexcept
{
    cleanse(text.data(), text.size());
}

/// Overwrites what it frees, so also what a growing container leaves behind.
template <class T>
struct cleansing_allocator {
    using value_type = T;

    cleansing_allocator() = default;
    template <class U>
    constexpr cleansing_allocator(cleansing_allocator<U> const&) noexcept
    {}
    T* allocate(std::size_t n) { return std::allocator<T>().allocate(n); }
    void deallocate(T* p, std::size_t n) noexcept
    {
        cleanse(p, n * sizeof(T));
        std::allocator<T>().deallocate(p, n);
    }
    friend bool operator==(cleansing_allocator, cleansing_allocator) noexcept { return true; }
};

/// Overwritten when it is replaced or destroyed. Not a std::string, which keeps short texts in itself, out of an
/// allocator's reach.
class secret_string {
public:
    secret_string() = default;
    explicit secret_string(std::string_view text) { append(text); }

    secret_string& append(std::string_view text)
    {
        bytes_.insert(bytes_.end(), text.begin(), text.end());
        return *this;
    }

    /// Overwrites it, and keeps the memory for the next text.
    void clear() noexcept
    {
        cleanse(bytes_.data(), bytes_.size());
        bytes_.clear();
    }
    void reserve(std::size_t n) { bytes_.reserve(n); }

    bool empty() const noexcept { return bytes_.empty(); }
    std::size_t size() const noexcept { return bytes_.size(); }
    operator std::string_view() const noexcept { return {bytes_.data(), bytes_.size()}; }

private:
    std::vector<char, cleansing_allocator<char>> bytes_;
};

} // namespace twilio_sms::detail
