#include "cli/campaign.hpp"
#include "campaign/campaign_runner.hpp"
#include "campaign/error.hpp"
#include "cli/campaign_report.hpp"
#include "cli/exit_code.hpp"
#include "cli/interrupts.hpp"
#include "cli/make_provider.hpp"
#include "cli/media.hpp"
#include "cli/progress.hpp"
#include "cli/terminal.hpp"
#include "core/notification_check.hpp"
#include <boost/asio/co_spawn.hpp>
#include <exception>
#include <fmt/format.h>

namespace twilio_sms::cli {
namespace {

using campaign::campaign_runner;
using campaign::campaign_summary;
using campaign::stop_reason;

void check_media(campaign_request const& request)
{
    auto const& urls = request.media_urls;
    if (urls.size() > detail::max_media_urls)
        throw campaign::input_error(
            fmt::format("--media: given {} times; Twilio takes at most {}", urls.size(), detail::max_media_urls));
    // The same for every row: better said once, before the start.
    auto const problems = media_problems(urls);
    if (!problems.empty() && request.options.invalid_media == media_policy::reject)
        throw campaign::input_error(problems.front());
    if (!problems.empty() && problems.size() == urls.size() && request.plan.text_template.empty())
        throw campaign::input_error(problems.front() + "; without --text there is nothing to send");
    warn_of_dropped_media(problems);
}

void print_problems(campaign::recipients_check const& check)
{
    for (auto const& problem : check.problems)
        print_error(problem);
    if (check.problem_count > check.problems.size())
        print_error(fmt::format("and {} more rows with problems", check.problem_count - check.problems.size()));
}

void explain_failures(campaign_summary const& s)
{
    auto const explain = [&s](fate f, std::uint64_t count, std::string_view what) {
        if (count > 0)
            print_error(fmt::format("{} {} {}, the first because: {}", count, count == 1 ? "row" : "rows", what,
                                    s.first_failure(f)));
    };
    explain(fate::rejected, s.counts.rejected, "rejected");
    explain(fate::not_sent, s.counts.not_sent, "not sent");
    explain(fate::unknown, s.counts.unknown, "unknown");
}

// Usually the wrong column or another spelling of numbers: it must not look like a success.
void warn_of_nothing_sent(campaign_summary const& s)
{
    auto const& c = s.counts;
    if (c.tried() > 0 || s.stopped != stop_reason::none)
        return;
    if (c.rows == 0)
        return print_warning("no row was sent: the file has no rows");
    print_warning(
        fmt::format("no row was sent: {} not E.164, like +15558675310",
                    c.skipped_invalid == 1 ? "1 number is" : fmt::format("{} numbers are", c.skipped_invalid)));
}

void explain_stop(campaign_summary const& s)
{
    auto const left = fmt::format("; {} of {} rows were not attempted", s.counts.not_attempted(), s.counts.rows);
    bool const all_tried = s.counts.not_attempted() == 0; // then it came to its end, and the reason has been told
    switch (s.stopped) {
    case stop_reason::none: break;
    case stop_reason::interrupted: print_warning("interrupted" + left); break;
    case stop_reason::account:
        if (!all_tried)
            print_error("the campaign was stopped: " + s.why + left);
        break;
    case stop_reason::local_failure:
        print_error(
            fmt::format("the campaign was stopped: {}; {} messages were sent{}", s.why, s.counts.accepted, left));
        break;
    }
    if (s.unrecorded.empty())
        return;
    std::string rows;
    for (auto const& r : s.unrecorded)
        rows += fmt::format("{}{} ({})", rows.empty() ? "" : ", ", r.row, to_string(r.fate));
    print_error("tried, but not in the results file: rows " + rows);
}

class campaign_session {
public:
    campaign_session(asio::io_context& io, campaign_request const& request)
        : io_(io), request_(request), signals_(io_, [this](int count) { interrupted(count); }),
          progress_(io_, !request.logs)
    {}

    int run()
    {
        check_media(request_);
        campaign::input_file file(request_.file);
        if (!request_.results.empty() && file.is_same_file(request_.results))
            throw campaign::input_error(request_.results + ": is the input file; results need a file of their own");

        auto const check = check_file(file);
        if (signals_.count() > 0) {
            print_warning("interrupted before anything was sent");
            return exit_interrupted;
        }
        if (check.problem_count > 0) {
            print_problems(check);
            return exit_usage;
        }
        if (request_.dry_run) {
            print_result(request_.json ? check_json(check) : check_table(check));
            return exit_all_accepted;
        }
        return send(file, check);
    }

private:
    campaign::recipients_check check_file(campaign::input_file& file)
    {
        auto const keep_going = [this](std::uint64_t rows) {
            io_.poll(); // signals
            progress_.show_if_due([rows] { return fmt::format("checked {} rows", rows); });
            return signals_.count() == 0;
        };
        auto result = campaign::check_recipients(file, request_.plan, keep_going);
        io_.poll();
        progress_.clear();
        return result;
    }

    int send(campaign::input_file& file, campaign::recipients_check const& check)
    {
        auto sender = make_provider(io_.get_executor(), request_.options);
        campaign::results_file results(request_.results, request_.if_results_exist);
        campaign::campaign_options options;
        options.media_urls = request_.media_urls;
        options.limits.max_in_flight = request_.max_in_flight;
        options.limits.max_per_second = request_.max_per_second;
        campaign_runner runner(std::move(sender), file, request_.plan, check, results, std::move(options));
        runner_ = &runner;

        campaign_summary summary;
        std::exception_ptr failed;
        auto const finish = [&](std::exception_ptr e, campaign_summary s) {
            failed = e;
            summary = std::move(s);
            io_.stop();
        };
        asio::co_spawn(io_, runner.run(), finish);
        progress_.start([&runner] { return progress_line(runner.counts(), runner.elapsed()); });
        io_.restart();
        io_.run();
        progress_.stop();
        runner_ = nullptr;
        if (failed)
            std::rethrow_exception(failed);

        explain_failures(summary);
        explain_stop(summary);
        warn_of_nothing_sent(summary);
        print_result(request_.json ? summary_json(summary) : summary_table(summary));
        return exit_code_of(summary);
    }

    void interrupted(int count)
    {
        if (!runner_)
            return; // the check of the file asks for the count
        progress_.clear();
        if (count == 1) {
            runner_->interrupt();
            print_warning(fmt::format("stopping: waiting for {} messages in flight; once more to cancel them",
                                      runner_->in_flight()));
        } else {
            runner_->cancel();
        }
    }

    asio::io_context& io_;
    campaign_request const& request_;
    interrupts signals_;
    progress progress_;
    campaign_runner* runner_ = nullptr;
};

} // namespace

int run_campaign(asio::io_context& io, campaign_request const& request)
{
    return campaign_session(io, request).run();
}

} // namespace twilio_sms::cli
