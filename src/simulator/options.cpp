// What is wrong with a simulator's options, and the names of their values.
#include "core/notification_check.hpp"
#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <twilio_sms/simulator.hpp>

namespace twilio_sms {
namespace {

constexpr std::string_view fault_names[simulated_fault_count] = {
    "reply_lost",  "reset_before", "reset_after", "stall_before",
    "stall_after", "error_before", "error_after", "throttle",
};
constexpr std::string_view certificate_names[] = {"good", "expired", "not_yet_valid", "self_signed", "wrong_host"};

std::string address_problem(std::string const& text)
{
    boost::system::error_code ec;
    auto const address = asio::ip::make_address(text, ec);
    if (ec)
        return "listen_address: '" + text + "' is not an IP address; give one such as 127.0.0.1 or ::1";
    if (!address.is_loopback())
        return "listen_address: '" + text +
               "' is not a loopback address, and the simulator shows all messages to anybody; use 127.0.0.1 or ::1";
    return {};
}

std::string account_problem(simulator_account const& a)
{
    if (!detail::is_sid(a.sid, "AC"))
        return "account_sid: '" + a.sid + "' is not an account SID; give AC and 32 hex digits";
    if (a.auth_token.empty())
        return "auth_token: empty for account " + a.sid + "; give the token that clients shall use";
    return {};
}

std::string faults_problem(std::map<simulated_fault, double> const& faults)
{
    double sum = 0;
    for (auto const& [fault, probability] : faults) {
        if (!(probability >= 0 && probability <= 1)) // also not-a-number
            return "faults: the probability of " + std::string(to_string(fault)) + " is not between 0 and 1";
        sum += probability;
    }
    if (sum > 1.0 + 1e-9)
        return "faults: the probabilities add up to more than 1; lower them";
    return {};
}

} // namespace

std::string_view to_string(simulated_fault f) noexcept
{
    return fault_names[static_cast<std::size_t>(f)];
}

std::optional<simulated_fault> simulated_fault_from_string(std::string_view name) noexcept
{
    auto const found = std::ranges::find(fault_names, name);
    if (found == std::end(fault_names))
        return std::nullopt;
    return static_cast<simulated_fault>(found - std::begin(fault_names));
}

std::string_view to_string(certificate_kind k) noexcept
{
    return certificate_names[static_cast<std::size_t>(k)];
}

std::optional<certificate_kind> certificate_kind_from_string(std::string_view name) noexcept
{
    auto const found = std::ranges::find(certificate_names, name);
    if (found == std::end(certificate_names))
        return std::nullopt;
    return static_cast<certificate_kind>(found - std::begin(certificate_names));
}

std::string simulator_options::problem() const
{
    if (auto p = address_problem(listen_address); !p.empty())
        return p;
    for (auto a = accounts.begin(); a != accounts.end(); ++a) {
        if (auto p = account_problem(*a); !p.empty())
            return p;
        if (std::ranges::find(a + 1, accounts.end(), a->sid, &simulator_account::sid) != accounts.end())
            return "accounts: " + a->sid + " is there twice; keep one of the two";
    }
    constexpr std::chrono::hours longest{1};
    if (latency.count() < 0 || latency > longest)
        return "latency: not between 0 and 1 hour";
    if (latency_jitter.count() < 0 || latency_jitter > longest)
        return "latency_jitter: not between 0 and 1 hour";
    return faults_problem(faults);
}

} // namespace twilio_sms
