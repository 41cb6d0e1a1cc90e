#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <twilio_sms/stats.hpp>

namespace twilio_sms {
namespace {

// Up to 2 * 16 a bucket for each microsecond; above it 16 for each doubling.
constexpr unsigned linear_bits = 4;
constexpr std::size_t per_doubling = 1u << linear_bits;

} // namespace

std::size_t latency_histogram::bucket_of(std::chrono::microseconds value) noexcept
{
    auto const v = static_cast<std::uint64_t>(std::max<std::int64_t>(value.count(), 0));
    if (v < per_doubling)
        return static_cast<std::size_t>(v);
    auto const shift = static_cast<unsigned>(std::bit_width(v)) - 1 - linear_bits;
    return std::min(per_doubling * shift + static_cast<std::size_t>(v >> shift), size - 1);
}

std::chrono::microseconds latency_histogram::lower_bound(std::size_t bucket) noexcept
{
    if (bucket < 2 * per_doubling)
        return std::chrono::microseconds(bucket);
    auto const shift = bucket / per_doubling - 1;
    return std::chrono::microseconds((bucket - per_doubling * shift) << shift);
}

void latency_histogram::add(std::chrono::microseconds value) noexcept
{
    ++counts[bucket_of(value)];
    sum += value;
}

latency_histogram& latency_histogram::operator+=(latency_histogram const& other) noexcept
{
    std::ranges::transform(counts, other.counts, counts.begin(), std::plus());
    sum += other.sum;
    return *this;
}

latency_histogram latency_histogram::since(latency_histogram const& earlier) const noexcept
{
    auto difference = *this;
    std::ranges::transform(counts, earlier.counts, difference.counts.begin(), std::minus());
    difference.sum -= earlier.sum;
    return difference;
}

std::uint64_t latency_histogram::count() const noexcept
{
    return std::reduce(counts.begin(), counts.end());
}

std::chrono::microseconds latency_histogram::quantile(double share) const noexcept
{
    auto const all = count();
    if (all == 0)
        return {};
    auto const wanted =
        std::max<std::uint64_t>(1, static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(all))));
    std::uint64_t seen = 0;
    std::size_t bucket = 0;
    for (; bucket + 1 < size; ++bucket)
        if ((seen += counts[bucket]) >= wanted)
            break;
    return lower_bound(bucket + 1) - std::chrono::microseconds(1);
}

} // namespace twilio_sms
