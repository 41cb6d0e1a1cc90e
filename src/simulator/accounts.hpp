// Who may log in, and how many requests each has in flight.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <twilio_sms/simulator.hpp>
#include <vector>

namespace twilio_sms::detail::sim {

struct account_state {
    simulator_account settings;
    std::string credentials; ///< as the Authorization header carries them, without "Basic "
    std::size_t in_flight = 0;
};

class accounts {
public:
    explicit accounts(std::vector<simulator_account> const& settings);

    /// The account with these credentials, the whole Authorization header; null when they are wrong.
    account_state* log_in(std::string_view authorization) noexcept;

private:
    std::vector<account_state> accounts_; // never changes in size: others hold pointers
};

} // namespace twilio_sms::detail::sim
