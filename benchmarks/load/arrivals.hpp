// When the sends of an open loop are meant to begin.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <random>

namespace twilio_sms::load {

/// The part of one of several lanes: each gets the same share, and together they make the whole rate.
class arrivals {
public:
    /// At equal distances; the lanes take turns.
    static arrivals constant(double per_second, std::size_t lane, std::size_t lanes);
    /// At exponential ones, as independent customers come. Each lane draws its own.
    static arrivals poisson(double per_second, std::size_t lane, std::size_t lanes, std::uint64_t seed);

    /// The next one's distance from the beginning; never less than the one before.
    std::chrono::nanoseconds next();

private:
    arrivals(double per_second, std::size_t lane, std::size_t lanes, bool poisson, std::uint64_t seed);

    double per_second_; // of all lanes
    double place_;      // constant: how many came before, in all lanes. Poisson: the sum of the distances, in those
    double lanes_;
    bool poisson_;
    std::mt19937_64 chance_;
};

} // namespace twilio_sms::load
