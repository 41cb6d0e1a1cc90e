#include "cli/campaign_command.hpp"
#include "campaign/error.hpp"
#include "cli/campaign.hpp"
#include "cli/number_check.hpp"
#include "cli/provider_flags.hpp"
#include <cmath>
#include <memory>

namespace twilio_sms::cli {
namespace {

struct flags {
    campaign_request request;
    bool overwrite = false;
    provider_flags provider;
};

int run(boost::asio::io_context& io, flags const& f)
{
    auto request = f.request;
    if (request.plan.text_template.empty() && request.media_urls.empty())
        throw campaign::input_error("--text is empty and there is no --media: there is nothing to send");
    if (request.results.empty() && !request.dry_run)
        throw campaign::input_error("--results is required: name the file that takes the outcome of every row");
    request.if_results_exist = f.overwrite ? campaign::if_exists::overwrite : campaign::if_exists::refuse;
    request.logs = f.provider.logs();
    request.options = f.provider.options();
    if (request.max_in_flight && !f.provider.has_max_connections())
        request.options.max_connections = *request.max_in_flight;
    if (!request.dry_run) { // before minutes go into a large file
        if (auto problems = request.options.validate(); !problems.empty())
            throw options_error(std::move(problems));
    }
    return run_campaign(io, request);
}

std::string problem_of_rate(std::string const& text)
{
    double rate = 0;
    if (CLI::detail::lexical_cast(text, rate) && std::isfinite(rate) && rate > 0)
        return {};
    return "must be a number above 0";
}

} // namespace

command make_campaign_command(CLI::App& root)
{
    auto const f = std::make_shared<flags>();
    auto* const group = root.add_subcommand("campaign", "Send to everybody in a CSV file");
    group->require_subcommand(1);
    auto* const app = group->add_subcommand("run", "Check the file, send to each row and write down every outcome");
    auto& request = f->request;
    app->add_option("FILE", request.file, "CSV file with a header line")->required();
    app->add_option("--text", request.plan.text_template, "The message, with {{column}} for values of the row")
        ->type_name("TEXT");
    app->add_option("--media", request.media_urls, "URL of a picture or file for every row; can be given 10 times")
        ->type_name("URL")
        ->allow_extra_args(false);
    app->add_option("--to-column", request.plan.to_column,
                    "Column with the numbers; else the first of to, phone, number, mobile")
        ->type_name("NAME");
    app->add_option("--rate", request.max_per_second, "Messages started a second, at most")
        ->type_name("N")
        ->check(CLI::Validator(problem_of_rate, ""));
    app->add_option("--max-in-flight", request.max_in_flight,
                    "Messages at the same time; else --max-connections, which otherwise follows it")
        ->type_name("N")
        ->check(not_empty())
        ->check(CLI::Range(1, 10'000));
    app->add_option("--results", request.results, "File that takes one JSON object for each row; required")
        ->type_name("FILE");
    app->add_flag("--overwrite", f->overwrite, "Empty the results file when it holds something");
    app->add_flag("--dry-run", request.dry_run, "Only check the file: send nothing");
    app->add_flag("--json", request.json, "Print the summary as one JSON object");
    f->provider.add_to(*app);
    app->footer("Numbers that are not E.164, and second rows of a number, are skipped and counted.\n"
                "Exit code: 0 all accepted, 1 something rejected or not sent, 2 usage or file, 3 disk, 4 something\n"
                "unknown, 130 interrupted.\n"
                "Example:\n"
                "  twilio-sms campaign run customers.csv --text 'Hi {{name}}' --rate 50 --results out.jsonl");
    group->footer("Example:\n  twilio-sms campaign run customers.csv --text 'Hi {{name}}' --results out.jsonl");
    return {app, [f](boost::asio::io_context& io) { return run(io, *f); }};
}

} // namespace twilio_sms::cli
