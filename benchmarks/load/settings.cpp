#include "settings.hpp"
#include "numbered_text.hpp"
#include <algorithm>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <cctype>
#include <chrono>
#include <cmath>
#include <stdexcept>
#include <twilio_sms/phone_number.hpp>
#include <twilio_sms/segments.hpp>

namespace twilio_sms::load {
namespace {

constexpr auto help_end =
    "Closed loop: --in-flight sends at a time, each next one when one has ended. With --bulk through provider.bulk.\n"
    "Open loop: --rate sends a second, whatever becomes of them; latency counts from when each was meant to begin.\n"
    "Latencies are of accepted sends that began within --seconds; rate, CPU and allocations of what ended within "
    "them.\n"
    "Account, sender, server and CA come from TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_FROM_NUMBER,\n"
    "TWILIO_BASE_URL and TWILIO_CA_BUNDLE; README.md lists them all. Twilio itself is refused: it charges.\n"
    "Exit code: 0 all is well, 1 a send failed or the audit found something, 2 usage.";

std::chrono::milliseconds milliseconds(double seconds)
{
    return std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
}

bool is_twilio(std::string const& base_url)
{
    auto const url = boost::urls::parse_uri(base_url);
    if (!url)
        return false; // the provider says what is wrong with it
    std::string host = url->host();
    std::transform(host.begin(), host.end(), host.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return host == "twilio.com" || host.ends_with(".twilio.com");
}

} // namespace

std::size_t part_of(std::size_t all, std::size_t n, std::size_t parts) noexcept
{
    return all / parts + (n < all % parts);
}

void add_flags(CLI::App& program, settings& s)
{
    program.footer(help_end);
    program.add_option("--in-flight", s.in_flight, "Sends at a time, and connections")
        ->check(CLI::Range(1, 100'000))
        ->capture_default_str();
    program.add_option("--rate", s.rate, "Open loop: sends a second. With --bulk: its max_per_second")
        ->check(CLI::Range(0.001, 1e7));
    program.add_flag("--poisson", s.poisson, "Open loop: exponential distances instead of equal ones");
    program.add_option("--seed", s.seed, "Of --poisson")->capture_default_str();
    program.add_flag("--bulk", s.bulk, "Through provider.bulk");
    program.add_option("--threads", s.threads, "Each has a provider and its part of --in-flight and --rate")
        ->check(CLI::Range(1, 256))
        ->capture_default_str();
    program.add_option("--warm-up", s.warm_up, "Seconds that are not counted")
        ->check(CLI::Range(0.0, 3600.0))
        ->capture_default_str();
    program.add_option("--seconds", s.seconds, "Seconds that are counted, after them")
        ->check(CLI::Range(0.1, 86400.0))
        ->capture_default_str();
    program.add_option("--settle-time", s.settle_time, "Seconds: settle_time of the provider")
        ->check(CLI::Range(0.001, 3600.0));
    program.add_option("--response-timeout", s.response_timeout, "Seconds: response_timeout of the provider")
        ->check(CLI::Range(0.001, 3600.0));
    program.add_flag("--audit", s.audit, "Numbers the texts, and compares with the simulator's truth in the end");
    program.add_flag("--allow-failures", s.allow_failures, "Failed sends do not make the exit code 1");
    program.add_option("--json", s.json, "Writes all figures there; - is standard output, instead of the summary");
    program.add_option("--text", s.text, "Of each message");
    program.add_option("--to", s.to, "Recipient of each message");
    program.add_option("--recipients", s.recipients, "So many numbers in turn, from --to on")
        ->check(CLI::Range(1, 1'000'000))
        ->capture_default_str();
}

std::string problem(settings const& s)
{
    for (double const number :
         {s.rate.value_or(1), s.warm_up, s.seconds, s.settle_time.value_or(1), s.response_timeout.value_or(1)})
        if (std::isnan(number)) // passes every check of a range
            return "nan is neither a rate nor a time";
    if (s.poisson && !s.rate)
        return "--poisson needs --rate: it says how the sends of an open loop are spread";
    if (s.poisson && s.bulk)
        return "--poisson and --bulk exclude each other: bulk sends at equal distances";
    if (s.in_flight < s.threads)
        return "--in-flight " + std::to_string(s.in_flight) + " cannot be divided among " + std::to_string(s.threads) +
               " threads: give each at least 1";
    if (!is_e164(s.to) && !is_channel_address(s.to))
        return "--to: " + mask_phone_number(s.to) + " is not a number like +15558675310";
    auto const first = recipient_of(s.to);
    if (s.recipients > 1 && (!first || *first + s.recipients > 10'000'000))
        return "--recipients " + std::to_string(s.recipients) + ": the last " + std::to_string(recipient_digits) +
               " digits of --to cannot be counted up so far";
    if (s.text.empty() || count_segments(s.text).segments > 10)
        return "--text must have from 1 to 10 segments";
    return {};
}

provider_options options_for(settings const& s)
{
    auto options = provider_options::from_environment();
    if (is_twilio(options.base_url))
        throw std::invalid_argument("this would send real messages, which Twilio charges for: set TWILIO_BASE_URL to "
                                    "a simulator (twilio-sms simulate) or a server of yours");
    options.max_connections = s.in_flight;
    if (s.settle_time)
        options.settle_time = milliseconds(*s.settle_time);
    if (s.response_timeout)
        options.response_timeout = milliseconds(*s.response_timeout);
    return options;
}

} // namespace twilio_sms::load
