// What is wrong with a simulator's options.
#include "core/notification_check.hpp"
#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <twilio_sms/simulator.hpp>

namespace twilio_sms {
namespace {

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
    for (auto const& key : a.api_keys) {
        if (!detail::is_sid(key.sid, "SK"))
            return "api_keys: '" + key.sid + "' is not the SID of an API key; give SK and 32 hex digits";
        if (key.secret.empty())
            return "api_keys: the secret of " + key.sid + " is empty; give the one that clients shall use";
    }
    return {};
}

std::string accounts_problem(std::vector<simulator_account> const& accounts)
{
    for (auto a = accounts.begin(); a != accounts.end(); ++a) {
        if (auto p = account_problem(*a); !p.empty())
            return p;
        if (std::ranges::find(a + 1, accounts.end(), a->sid, &simulator_account::sid) != accounts.end())
            return "accounts: " + a->sid + " is there twice; keep one of the two";
        if (!a->parent_sid.empty() &&
            (a->parent_sid == a->sid ||
             std::ranges::find(accounts, a->parent_sid, &simulator_account::sid) == accounts.end()))
            return "parent_sid: '" + a->parent_sid + "' is no other account; add it to accounts or leave it out";
    }
    return {};
}

constexpr std::chrono::hours one_hour{1};
constexpr std::chrono::hours one_day{24};

bool is_probability(double p) noexcept
{
    return p >= 0 && p <= 1; // not so for not-a-number
}

template <class Fault>
std::string faults_problem(std::string const& option, std::map<Fault, double> const& faults)
{
    double sum = 0;
    for (auto const& [fault, probability] : faults) {
        if (!is_probability(probability))
            return option + ": the probability of " + std::string(to_string(fault)) + " is not between 0 and 1";
        sum += probability;
    }
    if (sum > 1.0 + 1e-9)
        return option + ": the probabilities add up to more than 1; lower them";
    return {};
}

std::string durations_problem(simulator_options const& o)
{
    struct {
        char const* name;
        std::chrono::milliseconds value;
        std::chrono::hours longest;
        bool signed_;
    } const durations[] = {
        {"latency", o.latency, one_hour, false},
        {"latency_jitter", o.latency_jitter, one_hour, false},
        {"late_acceptance", o.late_acceptance, one_hour, false},
        {"foreign_offset", o.foreign_offset, one_hour, false},
        {"list_lag", o.list_lag, one_hour, false},
        {"delivery_time", o.delivery_time, one_day, false},
        {"clock_skew", o.clock_skew, one_day, true},
    };
    for (auto const& d : durations)
        if (d.value > d.longest || d.value < (d.signed_ ? -d.longest : std::chrono::hours(0)))
            return std::string(d.name) + ": not between " +
                   (d.signed_ ? "-" + std::to_string(d.longest.count()) : "0") + " and " +
                   std::to_string(d.longest.count()) + (d.longest == one_hour ? " hour" : " hours");
    return {};
}

std::string probabilities_problem(simulator_options const& o)
{
    std::pair<char const*, double> const all[] = {{"foreign_equal", o.foreign_equal},
                                                  {"foreign_other", o.foreign_other},
                                                  {"undelivered", o.undelivered},
                                                  {"failed", o.failed},
                                                  {"no_receipt", o.no_receipt}};
    for (auto const& [name, p] : all)
        if (!is_probability(p))
            return std::string(name) + ": not a probability; give a number from 0 to 1";
    if (o.undelivered + o.failed + o.no_receipt > 1.0 + 1e-9)
        return "undelivered, failed and no_receipt add up to more than 1; lower them";
    return {};
}

std::string script_problem(simulator_options const& o)
{
    for (auto const& [to, steps] : o.script)
        for (auto const& step : steps) {
            auto const late = step.late_by.value_or(std::chrono::milliseconds(0));
            if (late.count() < 0 || late > one_hour || (step.late_by && step.fault != simulated_fault::late_acceptance))
                return "script: late_by is for late_acceptance only, from 0 to 1 hour";
            for (auto const& offset : {step.foreign_equal, step.foreign_other})
                if (offset && (*offset > one_hour || *offset < -one_hour))
                    return "script: a foreign message lies more than 1 hour before or after the request; choose less";
        }
    return {};
}

std::string queues_problem(simulator_options const& o)
{
    if (!(o.messages_per_second >= 0 && o.messages_per_second <= 1e6))
        return "messages_per_second: not between 0 and 1000000";
    if (o.queue_limit != 0 && o.messages_per_second == 0)
        return "queue_limit: nothing ever waits without messages_per_second; give that, too";
    if (o.storm_length == 0)
        return "storm_length: 0 requests are no storm; give 1 or more";
    return {};
}

} // namespace

std::string simulator_options::problem() const
{
    std::string const problems[] = {
        address_problem(listen_address),
        accounts_problem(accounts),
        durations_problem(*this),
        faults_problem("faults", faults),
        faults_problem("list_faults", list_faults),
        probabilities_problem(*this),
        script_problem(*this),
        queues_problem(*this),
    };
    auto const first = std::ranges::find_if(problems, [](std::string const& p) { return !p.empty(); });
    return first == std::end(problems) ? std::string() : *first;
}

} // namespace twilio_sms
