#include "cli/campaign_report.hpp"
#include "cli/exit_code.hpp"
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

namespace twilio_sms::cli {
namespace {

using campaign::campaign_counts;
using campaign::campaign_summary;
using campaign::recipients_check;
using campaign::stop_reason;

double seconds(std::chrono::steady_clock::duration d) noexcept
{
    return std::chrono::duration<double>(d).count();
}

std::string clock_text(double total_seconds)
{
    auto const s = static_cast<std::uint64_t>(total_seconds + 0.5);
    return s < 3600 ? fmt::format("{}:{:02}", s / 60, s % 60)
                    : fmt::format("{}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60);
}

std::string rate_text(double per_second)
{
    return per_second < 10 ? fmt::format("{:.1f}/s", per_second) : fmt::format("{:.0f}/s", per_second);
}

std::string table_row(std::string_view name, std::uint64_t count)
{
    return fmt::format("  {:<20}{:>12}\n", name, count);
}

std::string text_or_null(std::string_view text)
{
    return text.empty() ? "null" : boost::json::serialize(boost::json::string_view(text.data(), text.size()));
}

} // namespace

std::string progress_line(campaign_counts const& c, std::chrono::steady_clock::duration elapsed)
{
    auto const done = c.finished();
    auto const percent = c.rows == 0 ? 100 : done * 100 / c.rows;
    auto const per_second = seconds(elapsed) > 0 ? static_cast<double>(done) / seconds(elapsed) : 0;
    auto line = fmt::format("{} of {} rows ({}%), {}", done, c.rows, percent, rate_text(per_second));
    if (per_second > 0 && done < c.rows)
        line += ", ETA " + clock_text(static_cast<double>(c.rows - done) / per_second);
    auto const add = [&line](std::string_view name, std::uint64_t count) {
        if (count > 0)
            line += fmt::format(", {} {}", name, count);
    };
    add("accepted", c.accepted);
    add("rejected", c.rejected);
    add("not sent", c.not_sent);
    add("unknown", c.unknown);
    add("skipped", c.skipped_invalid + c.skipped_duplicate);
    return line;
}

std::string summary_table(campaign_summary const& s)
{
    auto const& c = s.counts;
    auto table = table_row("rows", c.rows) + table_row("accepted", c.accepted) + table_row("rejected", c.rejected) +
                 table_row("not sent", c.not_sent) + table_row("unknown", c.unknown) +
                 table_row("skipped: invalid", c.skipped_invalid) +
                 table_row("skipped: duplicate", c.skipped_duplicate);
    if (s.stopped != stop_reason::none)
        table += table_row("not attempted", c.not_attempted());
    table += fmt::format("  {:<20}{:>12}\n", "elapsed", fmt::format("{:.1f} s", seconds(s.elapsed)));
    table += fmt::format("  {:<20}{:>12}\n", "rate", rate_text(s.per_second()));
    return table;
}

std::string summary_json(campaign_summary const& s)
{
    auto const& c = s.counts;
    return fmt::format(R"({{"rows":{},"accepted":{},"rejected":{},"not_sent":{},"unknown":{},"skipped_invalid":{},)"
                       R"("skipped_duplicate":{},"not_attempted":{},"elapsed_seconds":{:.3f},"per_second":{:.1f},)"
                       R"("stopped":{},"why":{}}})"
                       "\n",
                       c.rows, c.accepted, c.rejected, c.not_sent, c.unknown, c.skipped_invalid, c.skipped_duplicate,
                       c.not_attempted(), seconds(s.elapsed), s.per_second(), text_or_null(to_string(s.stopped)),
                       text_or_null(s.why));
}

std::string check_table(recipients_check const& c)
{
    return table_row("rows", c.rows) + table_row("to send", c.to_send) +
           table_row("skipped: invalid", c.invalid_numbers) + table_row("skipped: duplicate", c.duplicates);
}

std::string check_json(recipients_check const& c)
{
    return fmt::format(R"({{"rows":{},"to_send":{},"skipped_invalid":{},"skipped_duplicate":{}}})"
                       "\n",
                       c.rows, c.to_send, c.invalid_numbers, c.duplicates);
}

int exit_code_of(campaign_summary const& s) noexcept
{
    auto const& c = s.counts;
    if (s.stopped == stop_reason::interrupted)
        return exit_interrupted;
    if (s.stopped == stop_reason::local_failure)
        return exit_local_failure;
    if (c.unknown > 0)
        return exit_unknown;
    return c.rejected + c.not_sent + c.not_attempted() > 0 ? exit_not_accepted : exit_all_accepted;
}

} // namespace twilio_sms::cli
