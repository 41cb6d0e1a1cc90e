#include "histogram.hpp"
#include <algorithm>
#include <bit>
#include <cmath>

namespace twilio_sms::load {
namespace {

constexpr unsigned bits = 7; // of a duration that tell its bucket, beside the leading one
constexpr std::uint64_t per_doubling = 1 << bits;

} // namespace

// Below 2 * 128 a bucket for each nanosecond, then 128 for each doubling.
std::size_t histogram::bucket_of(std::chrono::nanoseconds value) noexcept
{
    auto const n = static_cast<std::uint64_t>(std::max<std::int64_t>(value.count(), 0));
    auto const width = static_cast<unsigned>(std::bit_width(n));
    auto const shift = width > bits + 1 ? width - bits - 1 : 0;
    return std::min<std::size_t>(shift * per_doubling + (n >> shift), size - 1);
}

std::chrono::nanoseconds histogram::upper_bound(std::size_t bucket) noexcept
{
    auto const shift = bucket < 2 * per_doubling ? 0 : bucket / per_doubling - 1;
    auto const lower = (bucket - shift * per_doubling) << shift;
    return std::chrono::nanoseconds(lower + (std::uint64_t(1) << shift) - 1);
}

void histogram::add(std::chrono::nanoseconds value) noexcept
{
    ++counts_[bucket_of(value)];
    ++count_;
    max_ = std::max(max_, value);
}

histogram& histogram::operator+=(histogram const& other) noexcept
{
    for (std::size_t i = 0; i < size; ++i)
        counts_[i] += other.counts_[i];
    count_ += other.count_;
    max_ = std::max(max_, other.max_);
    return *this;
}

std::chrono::nanoseconds histogram::quantile(double share) const noexcept
{
    auto const rank = std::max<double>(1, std::ceil(share * static_cast<double>(count_)));
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i + 1 < size; ++i)
        if (seen += counts_[i]; static_cast<double>(seen) >= rank)
            return std::min(upper_bound(i), max_);
    return max_;
}

} // namespace twilio_sms::load
