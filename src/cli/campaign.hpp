// `twilio-sms campaign run`, after its flags are read.
#pragma once
#include "campaign/recipients.hpp"
#include "campaign/results_file.hpp"
#include <boost/asio/io_context.hpp>
#include <optional>
#include <string>
#include <twilio_sms/provider_options.hpp>
#include <vector>

namespace twilio_sms::cli {

struct campaign_request {
    std::string file;
    campaign::message_plan plan;
    std::vector<std::string> media_urls;
    std::optional<std::size_t> max_in_flight;
    std::optional<double> max_per_second;
    std::string results;
    campaign::if_exists if_results_exist = campaign::if_exists::refuse;
    bool dry_run = false;
    bool json = false;
    bool logs = false; ///< log lines go to standard error: no line is drawn again there
    provider_options options;
};

/// Checks the file, sends, prints the summary and returns the exit code.
/// Errors: throws `campaign::input_error`, `campaign::local_failure`, `options_error`; then nothing was sent.
/// `io` has no other work.
int run_campaign(boost::asio::io_context& io, campaign_request const& request);

} // namespace twilio_sms::cli
