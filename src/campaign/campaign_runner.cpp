#include "campaign/campaign_runner.hpp"
#include "campaign/error.hpp"
#include "campaign/outcome_json.hpp"
#include <utility>

namespace twilio_sms::campaign {
namespace {

// Turned away for what is not about this message: every other one would be, too. Rejections are not meant: Twilio
// names the account also for single destinations (21408, 21608).
bool dooms_the_rest(failure const& f) noexcept
{
    return f.fate == fate::not_sent &&
           (f.conditions.contains(condition::account) || f.conditions.contains(condition::configuration) ||
            f.conditions.contains(condition::daily_limit));
}

// One of these may pass; when nothing else happens, the network or the sender is wrong.
bool may_doom_the_rest(failure const& f) noexcept
{
    if (f.fate == fate::rejected)
        return f.code == errc::redirected || f.conditions.contains(condition::configuration);
    return f.fate == fate::not_sent && (f.code == errc::connect_failed || f.code == errc::connect_timeout ||
                                        f.code == errc::name_lookup_failed || f.code == errc::tls_failed);
}

constexpr int hopeless = 20; // such failures in a row

// What a cancelled campaign's messages end with: its provider is gone, of which the user knows nothing.
failure as_cancelled(failure f)
{
    f.code = errc::cancelled;
    f.message = f.fate == fate::unknown ? "cancelled; the message may have been sent" : "cancelled; nothing was sent";
    return f;
}

} // namespace

campaign_runner::campaign_runner(provider sender, input_file& file, message_plan const& plan,
                                 recipients_check const& check, results_file& results, campaign_options options)
    : provider_(std::move(sender)), file_(file), rows_(file, plan), results_(results), options_(std::move(options))
{
    counts_.rows = check.rows;
    check_unchanged();
}

asio::awaitable<campaign_summary> campaign_runner::run()
{
    started_ = std::chrono::steady_clock::now();
    notification_source source = [this] { return next_message(); };
    if (provider_)
        bulk_.emplace(provider_->bulk(std::move(source), options_.limits));

    while (bulk_) {
        std::optional<bulk_item> item;
        try {
            item = co_await bulk_->next();
        } catch (std::runtime_error const& e) {
            // Only the source fails so; the next calls return what is in flight.
            if (!dynamic_cast<input_error const*>(&e) && !dynamic_cast<local_failure const*>(&e))
                throw;
            stop(stop_reason::local_failure, e.what());
            continue;
        }
        if (!item)
            break;
        finish_message(std::move(*item));
    }

    campaign_summary summary;
    summary.elapsed = elapsed();
    sync_results();
    summary.counts = counts_;
    summary.stopped = stopped_;
    summary.why = why_;
    summary.first_failures = first_failures_;
    summary.unrecorded = std::move(unrecorded_);
    co_return summary;
}

void campaign_runner::interrupt()
{
    stop(stop_reason::interrupted, "interrupted");
}

void campaign_runner::cancel()
{
    interrupt();
    cancelled_ = true;
    // The stopped run asks the provider for nothing any more; its end is what cancels.
    provider_.reset();
}

std::chrono::steady_clock::duration campaign_runner::elapsed() const noexcept
{
    return std::chrono::steady_clock::now() - started_;
}

std::optional<notification> campaign_runner::next_message()
{
    constexpr std::uint64_t rows_between_looks = 1000;
    while (stopped_ == stop_reason::none) {
        if (!rows_.next(row_)) {
            check_unchanged();
            break;
        }
        if (row_.row % rows_between_looks == 0)
            check_unchanged();
        switch (row_.verdict) {
        case row_verdict::send: return begin_message();
        case row_verdict::invalid_number: skip(counts_.skipped_invalid, "invalid_number"); break;
        case row_verdict::duplicate: skip(counts_.skipped_duplicate, "duplicate"); break;
        case row_verdict::problem: throw input_error(row_.problem); // the check had found none
        }
    }
    return std::nullopt;
}

notification campaign_runner::begin_message()
{
    notification n(row_.to, row_.text);
    n.media_urls = options_.media_urls;
    in_flight_.emplace(begun_, begun_row{row_.row, row_.to});
    ++begun_;
    return n;
}

void campaign_runner::skip(std::uint64_t& count, char const* reason)
{
    try {
        results_.write_line(skipped_line(row_.row, row_.to, reason));
    } catch (local_failure const&) {
        results_failed_ = true;
        throw;
    }
    ++count;
}

void campaign_runner::check_unchanged() const
{
    if (file_.changed())
        throw local_failure(file_.path() + ": somebody changed it after it was checked");
}

void campaign_runner::finish_message(bulk_item item)
{
    auto const begun = in_flight_.extract(item.index);
    if (cancelled_ && !item.outcome && item.outcome.error().code == errc::closed)
        item.outcome = as_cancelled(item.outcome.error());
    counts_.add(item.outcome ? fate::accepted : item.outcome.error().fate);
    write_down(begun.mapped(), item.outcome);
    if (!item.outcome)
        learn_from(item.outcome.error());
}

void campaign_runner::learn_from(failure const& f)
{
    auto& first = first_failures_[static_cast<std::size_t>(f.fate)];
    if (first.empty())
        first = f.message;
    if (dooms_the_rest(f))
        stop(stop_reason::account, f.message);

    if (!may_doom_the_rest(f))
        repetitions_ = 0;
    else if (f.code == repeated_)
        ++repetitions_;
    else
        repetitions_ = 1;
    repeated_ = f.code;
    if (counts_.accepted == 0 && repetitions_ == hopeless)
        stop(stop_reason::account,
             "nothing was accepted and " + std::to_string(hopeless) + " rows in a row failed alike: " + f.message);
}

void campaign_runner::write_down(begun_row const& begun, result<receipt> const& outcome)
{
    if (!results_failed_) {
        try {
            results_.write_line(result_line(begun.row, begun.to, outcome));
            return;
        } catch (local_failure const& e) {
            results_failed_ = true;
            stop(stop_reason::local_failure, e.what());
        }
    }
    unrecorded_.push_back({begun.row, outcome ? fate::accepted : outcome.error().fate});
}

void campaign_runner::stop(stop_reason reason, std::string why)
{
    // The first reason is the cause; but that a file failed must be known in any case.
    if (stopped_ == stop_reason::none || (reason == stop_reason::local_failure && stopped_ != reason)) {
        stopped_ = reason;
        why_ = std::move(why);
    }
    if (bulk_)
        bulk_->stop();
}

void campaign_runner::sync_results()
{
    if (results_failed_)
        return;
    try {
        results_.sync();
    } catch (local_failure const& e) {
        stop(stop_reason::local_failure, e.what());
    }
}

} // namespace twilio_sms::campaign
