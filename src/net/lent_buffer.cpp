#include "net/lent_buffer.hpp"
#include <utility>

namespace twilio_sms::detail {
namespace {

constexpr std::size_t most_spare = 16;
constexpr std::size_t largest_spare = 64 * 1024;

thread_local bool thread_ends = false; // connections of static objects may outlive what is below
thread_local struct spare_memory {
    std::vector<std::vector<char>> pieces;
    spare_memory() { pieces.reserve(most_spare); }
    ~spare_memory() { thread_ends = true; }
} spare;

} // namespace

void lent_buffer::append(std::span<char const> bytes)
{
    if (bytes.empty())
        return;
    if (memory_.capacity() == 0 && !thread_ends && !spare.pieces.empty()) {
        memory_ = std::move(spare.pieces.back());
        spare.pieces.pop_back();
    }
    if (taken_ > memory_.size() / 2) { // one that is never quite empty must not grow for ever
        memory_.erase(memory_.begin(), memory_.begin() + static_cast<std::ptrdiff_t>(taken_));
        taken_ = 0;
    }
    memory_.insert(memory_.end(), bytes.begin(), bytes.end());
}

void lent_buffer::give_back() noexcept
{
    taken_ = 0;
    memory_.clear();
    if (memory_.capacity() == 0)
        return;
    if (!thread_ends && memory_.capacity() <= largest_spare && spare.pieces.size() < most_spare)
        spare.pieces.push_back(std::move(memory_));
    memory_ = std::vector<char>(); // `= {}` would keep its memory
}

} // namespace twilio_sms::detail
