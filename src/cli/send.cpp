#include "cli/send.hpp"
#include "campaign/outcome_json.hpp"
#include "cli/exit_code.hpp"
#include "cli/interrupts.hpp"
#include "cli/make_provider.hpp"
#include "cli/media.hpp"
#include "cli/terminal.hpp"
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <optional>
#include <string>

namespace twilio_sms::cli {
namespace {

std::string line_for_people(result<receipt> const& outcome)
{
    if (outcome)
        return coloured_for_stdout("accepted", colour::green) + ": " + outcome->sid + " (" + outcome->status + ')';
    auto const& f = outcome.error();
    std::string const name(f.fate == fate::not_sent ? "not sent" : to_string(f.fate));
    return coloured_for_stdout(name, f.fate == fate::unknown ? colour::yellow : colour::red) + ": " + f.message;
}

int exit_code_of(result<receipt> const& outcome)
{
    if (outcome)
        return exit_all_accepted;
    return outcome.error().fate == fate::unknown ? exit_unknown : exit_not_accepted;
}

} // namespace

int run_send(asio::io_context& io, send_request const& request)
{
    auto sender = make_provider(io.get_executor(), request.options);
    if (request.options.invalid_media == media_policy::drop)
        warn_of_dropped_media(media_problems(request.message.media_urls));
    asio::cancellation_signal cancel;
    interrupts const signals(io, [&cancel](int) { cancel.emit(asio::cancellation_type::all); });

    std::optional<result<receipt>> outcome;
    auto const finish = [&outcome, &io](result<receipt> r) {
        outcome = std::move(r);
        io.stop();
    };
    sender.async_send(request.message, asio::bind_cancellation_slot(cancel.slot(), finish));
    io.run();

    print_result((request.json ? campaign::outcome_json(*outcome) : line_for_people(*outcome)) + '\n');
    return signals.count() > 0 ? exit_interrupted : exit_code_of(*outcome);
}

} // namespace twilio_sms::cli
