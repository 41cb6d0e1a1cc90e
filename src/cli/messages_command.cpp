#include "cli/messages_command.hpp"
#include "cli/messages.hpp"
#include "cli/moment.hpp"
#include "cli/number_check.hpp"
#include "cli/provider_flags.hpp"
#include <memory>
#include <stdexcept>
#include <vector>

namespace twilio_sms::cli {
namespace {

constexpr auto exit_codes =
    "Exit code: 0 done, 1 rejected or not done, 2 usage, 3 standard output, 4 unknown whether a\n"
    "change was made, 130 interrupted.\n";

/// Of one subcommand.
struct flags {
    std::string sid, media_sid, media_to_delete, outcome;
    list_filter filter;
    std::optional<std::size_t> limit;
    bool json = false;
    provider_flags provider;
};
using flags_ptr = std::shared_ptr<flags>;

struct subcommand {
    CLI::App* app;
    flags_ptr its;
    std::function<messages_task(flags const&)> task;
};

class group {
public:
    explicit group(CLI::App& app) : app_(app) {}

    /// A subcommand with the flags that all have.
    CLI::App* add(char const* name, char const* what, std::string const& example,
                  std::function<messages_task(flags const&)> task)
    {
        auto const its = std::make_shared<flags>();
        auto* const app = app_.add_subcommand(name, what);
        app->add_flag("--json", its->json, "Print one JSON object a line");
        its->provider.add_to(*app, provider_flags::sender::none);
        app->footer(exit_codes + ("Example:\n  twilio-sms messages " + example));
        all_.push_back({app, its, std::move(task)});
        return app;
    }

    flags& last() { return *all_.back().its; }
    std::vector<subcommand> const& all() const noexcept { return all_; }

private:
    CLI::App& app_;
    std::vector<subcommand> all_;
};

void add_sid(CLI::App& app, flags& its)
{
    app.add_option("SID", its.sid, "The message, SM... or MM...")->required();
}

template <class Parse, class Target>
void add_moment(CLI::App& app, char const* name, Parse parse, Target& target, char const* help)
{
    app.add_option_function<std::string>(
           name,
           [name, parse, &target](std::string const& text) {
               try {
                   target = parse(text);
               } catch (std::invalid_argument const& e) {
                   throw CLI::ValidationError(name, e.what());
               }
           },
           help)
        ->type_name("DATE");
}

void add_list(group& to)
{
    auto* const app = to.add("list", "Show messages, the newest first", "list --sent-on 2026-11-22 --limit 20",
                             [](flags const& f) { return list_task(f.filter, f.limit); });
    auto& its = to.last();
    app->add_option("--to", its.filter.to, "Only those to this recipient")->type_name("NUMBER");
    app->add_option("--from", its.filter.from, "Only those of this sender")->type_name("NUMBER");
    add_moment(*app, "--sent-on", parse_day, its.filter.sent_on, "Only those sent on this day (UTC)");
    add_moment(
        *app, "--sent-after", [](std::string const& text) { return parse_moment(text, day_edge::begin); },
        its.filter.sent_after, "Only those sent then or later, like 2026-11-22 or 2026-11-22T20:08:00Z");
    add_moment(
        *app, "--sent-before", [](std::string const& text) { return parse_moment(text, day_edge::end); },
        its.filter.sent_before, "Only those sent then or earlier");
    app->add_option("--limit", its.limit, "Show so many at most")->type_name("N")->check(whole_number());
    app->add_option("--page-size", its.filter.page_size, "Messages asked for at a time")
        ->type_name("N")
        ->check(not_empty())
        ->check(CLI::Range(1, 1000))
        ->default_str(std::to_string(list_filter().page_size));
}

void add_media(group& to)
{
    auto* const app = to.add("media", "Show the files of a message, or one of them, or delete one",
                             "media MM8af02b4fd2811b2cf63689cd751d42c7", [](flags const& f) {
                                 if (!f.media_sid.empty())
                                     return fetch_media_task(f.sid, f.media_sid);
                                 if (!f.media_to_delete.empty())
                                     return delete_media_task(f.sid, f.media_to_delete);
                                 return list_media_task(f.sid);
                             });
    auto& its = to.last();
    add_sid(*app, its);
    auto* const fetch =
        app->add_option("--fetch", its.media_sid, "Only this file, ME...")->type_name("SID")->check(not_empty("a SID"));
    app->add_option("--delete", its.media_to_delete, "Delete this file, ME...")
        ->type_name("SID")
        ->check(not_empty("a SID"))
        ->excludes(fetch);
}

void add_feedback(group& to)
{
    auto* const app = to.add("feedback", "Tell Twilio whether the recipient did what the message was about",
                             "feedback SM8af02b4fd2811b2cf63689cd751d42c7 --outcome confirmed", [](flags const& f) {
                                 return feedback_task(f.sid, f.outcome == to_string(feedback_outcome::confirmed)
                                                                 ? feedback_outcome::confirmed
                                                                 : feedback_outcome::unconfirmed);
                             });
    add_sid(*app, to.last());
    app->add_option("--outcome", to.last().outcome, "confirmed or unconfirmed")
        ->check(CLI::IsMember({"confirmed", "unconfirmed"}))
        ->required();
}

} // namespace

command make_messages_command(CLI::App& root)
{
    auto* const app = root.add_subcommand("messages", "Show, cancel, redact or delete messages that Twilio has");
    app->require_subcommand(1);
    app->footer("Example:\n  twilio-sms messages list --to +15558675310 --limit 20");
    group commands(*app);
    std::string const sid = " SM8af02b4fd2811b2cf63689cd751d42c7";
    auto const add_simple = [&](char const* name, char const* what, messages_task (*task)(std::string)) {
        auto* const added = commands.add(name, what, name + sid, [task](flags const& f) { return task(f.sid); });
        add_sid(*added, commands.last());
    };
    add_simple("fetch", "Show one message", fetch_task);
    add_list(commands);
    add_simple("cancel", "Cancel a scheduled message", cancel_task);
    add_simple("redact", "Remove the text of a message that is final", redact_task);
    add_simple("delete", "Delete a message that is final", delete_task);
    add_media(commands);
    add_feedback(commands);
    return {app, [all = commands.all()](boost::asio::io_context& io) {
                for (auto const& c : all)
                    if (c.app->parsed())
                        return run_messages(io, c.its->provider.options(), c.its->json, c.task(*c.its));
                return 2; // not reached: a subcommand is required
            }};
}

} // namespace twilio_sms::cli
