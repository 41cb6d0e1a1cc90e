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
    std::size_t in_flight = 0;
};

class accounts {
public:
    explicit accounts(std::vector<simulator_account> const& settings);

    /// The account `sid`, for a client with these credentials, the whole Authorization header: its own, its parent's
    /// or an API key of one of the two. Null when they are others.
    account_state* log_in(std::string_view authorization, std::string_view sid) noexcept;

private:
    struct login {
        std::string credentials; // as the Authorization header carries them, without "Basic "
        std::string account_sid;
    };
    std::vector<account_state> accounts_; // never changes in size: others hold pointers
    std::vector<login> logins_;
};

} // namespace twilio_sms::detail::sim
