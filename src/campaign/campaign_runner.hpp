// Sends a checked campaign and writes down what became of every row.
#pragma once
#include "campaign/campaign_summary.hpp"
#include "campaign/input_file.hpp"
#include "campaign/recipients.hpp"
#include "campaign/results_file.hpp"
#include <array>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <twilio_sms/bulk.hpp>
#include <twilio_sms/notification.hpp>
#include <twilio_sms/provider.hpp>
#include <unordered_map>
#include <vector>

namespace twilio_sms::campaign {

struct campaign_options {
    campaign_options() = default;

    std::vector<std::string> media_urls; ///< the same for every row
    bulk_options limits;
};

/// One run over one file. Memory does not grow with the number of rows: only those in flight are known.
/// Thread safety: everything on the provider's executor, which must run on one thread.
class campaign_runner {
public:
    /// `check` is what `check_recipients` found in this file under this plan; it has no problems.
    /// The references must outlive the runner.
    campaign_runner(provider sender, input_file& file, message_plan const& plan, recipients_check const& check,
                    results_file& results, campaign_options options);

    /// Sends every row and returns when each begun message has its outcome, in the results file too. Call once.
    /// Failures of the two files and of the account end the campaign, as do the same 20 failures in a row that concern
    /// every message (no connection, a wrong sender) before anything was accepted: see `campaign_summary::stopped`.
    /// Errors: throws `input_error` or `local_failure` when it could not even start.
    asio::awaitable<campaign_summary> run();

    /// Begins no more messages; `run` returns when those in flight have ended.
    void interrupt();

    /// The same, and cancels those in flight: each ends with its exact fate, and `run` returns soon.
    void cancel();

    campaign_counts const& counts() const noexcept { return counts_; }
    std::size_t in_flight() const noexcept { return in_flight_.size(); }
    std::chrono::steady_clock::duration elapsed() const noexcept;

private:
    struct begun_row {
        std::uint64_t row;
        std::string to;
    };

    std::optional<notification> next_message();
    notification begin_message();
    void skip(std::uint64_t& count, char const* reason);
    void check_unchanged() const;
    void finish_message(bulk_item item);
    void write_down(begun_row const& begun, result<receipt> const& outcome);
    void learn_from(failure const& f);
    void stop(stop_reason reason, std::string why);
    void sync_results();

    std::optional<provider> provider_; // none once cancelled
    input_file& file_;
    recipient_reader rows_;
    results_file& results_;
    campaign_options options_;

    std::optional<bulk_run> bulk_;
    recipient row_;                                        // storage for reuse
    std::size_t begun_ = 0;                                // also the next message's index in the bulk run
    std::unordered_map<std::size_t, begun_row> in_flight_; // by index
    campaign_counts counts_;
    stop_reason stopped_ = stop_reason::none;
    std::string why_;
    std::array<std::string, 4> first_failures_; // by fate
    error_code repeated_;                       // that of the last failures, when it concerns every message
    int repetitions_ = 0;                       // how many they are, in a row
    bool cancelled_ = false;
    std::vector<unrecorded_row> unrecorded_;
    bool results_failed_ = false;
    std::chrono::steady_clock::time_point started_;
};

} // namespace twilio_sms::campaign
