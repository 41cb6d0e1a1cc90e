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
    std::vector<std::string> credentials; ///< as the Authorization header carries them, without "Basic "
    std::size_t in_flight = 0;
};

class accounts {
public:
    explicit accounts(std::vector<simulator_account> const& settings);

    /// The account of that SID, for its own login or its parent's; `authorization` is the whole header.
    /// Null when the credentials are wrong or another account's.
    account_state* log_in(std::string_view authorization, std::string_view sid) noexcept;

private:
    std::vector<account_state> accounts_; // never changes in size: others hold pointers
};

} // namespace twilio_sms::detail::sim
