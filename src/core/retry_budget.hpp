// How much a provider repeats while nearly everything fails: a limit over all its sends.
#pragma once
#include <algorithm>

namespace twilio_sms::detail {

/// Each repeat takes one from a balance that answered requests fill up again. In good times it is never felt; when the
/// upstream is down, sends soon end after their first attempt, so that its recovery is not met by a wall of repeats.
class retry_budget {
public:
    static constexpr double capacity = 100;            ///< repeats in a row without any success between them
    static constexpr double earned_by_an_answer = 0.2; ///< so in the long run at most one repeat in five requests

    /// False when there is nothing left; then no repeat may be made.
    bool take() noexcept
    {
        if (balance_ < 1)
            return false;
        balance_ -= 1;
        return true;
    }

    void answered() noexcept { balance_ = std::min(capacity, balance_ + earned_by_an_answer); }

private:
    double balance_ = capacity;
};

} // namespace twilio_sms::detail
