// What a campaign shows: its progress and its end.
#pragma once
#include "campaign/campaign_summary.hpp"
#include "campaign/recipients.hpp"
#include <chrono>
#include <string>

namespace twilio_sms::cli {

/// `sent 120 of 10000 (1%), 60/s, ETA 2:44, accepted 118, ...`. Categories without rows are left out.
std::string progress_line(campaign::campaign_counts const& counts, std::chrono::steady_clock::duration elapsed);

/// A small table of lines, for people.
std::string summary_table(campaign::campaign_summary const& summary);

/// One JSON object on one line.
std::string summary_json(campaign::campaign_summary const& summary);

/// What the check of the file found, for `--dry-run`.
std::string check_table(campaign::recipients_check const& check);
std::string check_json(campaign::recipients_check const& check);

/// By the rule of exit_code.hpp.
int exit_code_of(campaign::campaign_summary const& summary) noexcept;

} // namespace twilio_sms::cli
