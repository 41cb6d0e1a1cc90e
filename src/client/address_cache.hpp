// What the last name look-up found.
#pragma once
#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

namespace twilio_sms::detail {

template <class Address>
class address_cache {
public:
    using time_point = std::chrono::steady_clock::time_point;

    static constexpr std::chrono::seconds lifetime{30};

    bool fresh(time_point now) const noexcept { return now < until_; }
    std::vector<Address> const& list() const noexcept { return addresses_; }

    void set(std::vector<Address> found, time_point now)
    {
        addresses_ = std::move(found);
        until_ = now + lifetime;
    }

    /// The next connection looks the name up again.
    void forget() noexcept { until_ = time_point::min(); }

    /// The address that worked is tried first.
    void prefer(Address const& good)
    {
        if (auto const at = std::find(addresses_.begin(), addresses_.end(), good); at != addresses_.end())
            std::rotate(addresses_.begin(), at, at + 1);
    }

private:
    std::vector<Address> addresses_;
    time_point until_ = time_point::min();
};

} // namespace twilio_sms::detail
