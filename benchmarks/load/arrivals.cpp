#include "arrivals.hpp"
#include <cmath>
#include <utility>

namespace twilio_sms::load {

arrivals::arrivals(double per_second, std::size_t lane, std::size_t lanes, bool poisson, std::uint64_t seed)
    : per_second_(per_second), place_(poisson ? 0 : static_cast<double>(lane)), lanes_(static_cast<double>(lanes)),
      poisson_(poisson), chance_(seed + lane)
{}

arrivals arrivals::constant(double per_second, std::size_t lane, std::size_t lanes)
{
    return {per_second, lane, lanes, false, 0};
}

arrivals arrivals::poisson(double per_second, std::size_t lane, std::size_t lanes, std::uint64_t seed)
{
    return {per_second, lane, lanes, true, seed};
}

std::chrono::nanoseconds arrivals::next()
{
    // Not std::exponential_distribution: a seed must mean the same with every standard library.
    if (poisson_)
        place_ -= std::log1p(-static_cast<double>(chance_() >> 11) * 0x1p-53) * lanes_;
    double const place = poisson_ ? place_ : std::exchange(place_, place_ + lanes_);
    return std::chrono::nanoseconds(std::llround(place / per_second_ * 1e9));
}

} // namespace twilio_sms::load
