// The URLs of --media, before anything is sent.
#pragma once
#include <string>
#include <vector>

namespace twilio_sms::cli {

/// One line for each URL that Twilio could not fetch; the URLs are not shown.
std::vector<std::string> media_problems(std::vector<std::string> const& urls);

/// A warning for each of these.
void warn_of_dropped_media(std::vector<std::string> const& problems);

} // namespace twilio_sms::cli
