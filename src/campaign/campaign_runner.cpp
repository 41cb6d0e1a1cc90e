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
        finish_message(*item);
    }

    campaign_summary summary;
    summary.elapsed = elapsed();
    sync_results();
    summary.counts = counts_;
    summary.stopped = stopped_;
    summary.why = why_;
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

void campaign_runner::finish_message(bulk_item const& item)
{
    auto const begun = in_flight_.extract(item.index);
    counts_.add(item.outcome ? fate::accepted : item.outcome.error().fate);
    write_down(begun.mapped(), item.outcome);
    if (!item.outcome && dooms_the_rest(item.outcome.error()))
        stop(stop_reason::account, item.outcome.error().message);
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
