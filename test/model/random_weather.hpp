// Settings, a Twilio and a network drawn at random, and what they do from one request to the next.
#pragma once
#include "provider_run.hpp"
#include "simulator/random_bits.hpp"
#include <cstdint>
#include <string>

namespace twilio_sms::test {

class dice {
public:
    explicit dice(std::uint64_t seed) noexcept : seed_(seed) {}

    double unit() noexcept { return sim::unit_interval(sim::random_bits(seed_, n_++, 0)); } ///< from 0 to below 1
    bool happens(double probability) noexcept { return unit() < probability; }
    int from(int least, int most) noexcept { return least + static_cast<int>(unit() * (most - least + 1)); }

private:
    std::uint64_t seed_, n_ = 0;
};

/// What a whole episode has in common.
struct climate {
    run_settings settings;
    bool promise_holds = true; ///< Twilio never takes longer than `settle_time`

    double opening_fails = 0, request_breaks = 0, lost = 0, reply_breaks = 0, gateway_answers = 0, ends_after = 0,
           delays = 0;
    milliseconds latency{0}, longest_delay{0};

    lookup_plan next_lookup(dice& chance) const;
    opening_plan next_opening(dice& chance) const;
    request_plan next_request(dice& chance, bool creates) const;
    std::string describe() const;
};

climate draw_climate(dice& chance);

std::string describe(request_plan const& p);

} // namespace twilio_sms::test
