#include "campaign/campaign_summary.hpp"

namespace twilio_sms::campaign {

std::string_view to_string(stop_reason reason) noexcept
{
    switch (reason) {
    case stop_reason::account: return "account";
    case stop_reason::interrupted: return "interrupted";
    case stop_reason::local_failure: return "local_failure";
    case stop_reason::none: break;
    }
    return {};
}

void campaign_counts::add(fate f) noexcept
{
    switch (f) {
    case fate::accepted: ++accepted; break;
    case fate::rejected: ++rejected; break;
    case fate::not_sent: ++not_sent; break;
    case fate::unknown: ++unknown; break;
    }
}

double campaign_summary::per_second() const noexcept
{
    auto const seconds = std::chrono::duration<double>(elapsed).count();
    return seconds > 0 ? static_cast<double>(counts.tried()) / seconds : 0;
}

} // namespace twilio_sms::campaign
