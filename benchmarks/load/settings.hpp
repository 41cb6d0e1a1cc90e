// What a run is to do.
#pragma once
#include <CLI/CLI.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <twilio_sms/provider_options.hpp>

namespace twilio_sms::load {

struct settings {
    std::size_t in_flight = 64;
    std::optional<double> rate; // sends a second, of all threads
    bool poisson = false;
    std::uint64_t seed = 1;
    bool bulk = false;
    std::size_t threads = 1;
    double warm_up = 1;                                  // seconds
    double seconds = 10;                                 // counted, after them
    std::optional<double> settle_time, response_timeout; // seconds
    bool audit = false;
    bool allow_failures = false;
    std::string json; // a file, or "-"
    std::string text = "Your verification code is 481516. It expires in 10 minutes. Do not share it with anyone";
    std::string to = "+15558675310";
    std::size_t recipients = 1; // that number and those after it

    /// "closed", "open" or "bulk"
    std::string_view loop() const noexcept { return bulk ? "bulk" : rate ? "open" : "closed"; }
};

/// The n-th of `parts` parts of something, which are as equal as they can be.
std::size_t part_of(std::size_t all, std::size_t n, std::size_t parts) noexcept;

/// Gives the program its flags; they end in `into`.
void add_flags(CLI::App& program, settings& into);

/// What is wrong with settings that can each be right: one line, or empty.
std::string problem(settings const& s);

/// Those of the environment, with what the settings say over them; `max_connections` is that of all threads.
/// Errors: throws `std::invalid_argument` when they lead to Twilio itself, which charges for each message.
provider_options options_for(settings const& s);

} // namespace twilio_sms::load
