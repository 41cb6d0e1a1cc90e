#include "cli/messages.hpp"
#include "campaign/outcome_json.hpp"
#include "cli/exit_code.hpp"
#include "cli/interrupts.hpp"
#include "cli/make_provider.hpp"
#include "cli/message_text.hpp"
#include "cli/terminal.hpp"
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <exception>
#include <utility>

namespace twilio_sms::cli {
namespace {

using outcome = std::optional<failure>;

// The tasks are functions, with what they need as arguments: a lambda's captures would have to outlive its coroutine.

outcome shown(result<message> const& found, bool json)
{
    if (!found)
        return found.error();
    print_again(json ? message_json(*found) : message_sheet(*found));
    return std::nullopt;
}

outcome shown(result<media_item> const& found, bool json)
{
    if (!found)
        return found.error();
    print_again(json ? media_json(*found) : media_line(*found));
    return std::nullopt;
}

outcome confirmed(result<void> const& done, std::string const& what, std::string const& sid, bool json)
{
    if (!done)
        return done.error();
    boost::json::object o;
    o["sid"] = sid;
    o["done"] = what;
    print_again(json ? boost::json::serialize(o) + '\n' : coloured_for_stdout(what, colour::green) + ": " + sid + '\n');
    return std::nullopt;
}

asio::awaitable<outcome> fetch(message_resource messages, std::string sid, bool json)
{
    auto const found = co_await messages.try_fetch(sid);
    co_return shown(found, json);
}

asio::awaitable<outcome> cancel(message_resource messages, std::string sid, bool json)
{
    auto const found = co_await messages.try_cancel(sid);
    co_return shown(found, json);
}

asio::awaitable<outcome> redact(message_resource messages, std::string sid, bool json)
{
    auto const found = co_await messages.try_redact(sid);
    co_return shown(found, json);
}

asio::awaitable<outcome> remove(message_resource messages, std::string sid, bool json)
{
    auto const done = co_await messages.try_remove(sid);
    co_return confirmed(done, "deleted", sid, json);
}

asio::awaitable<outcome> fetch_media(message_resource messages, std::string sid, std::string media_sid, bool json)
{
    auto const found = co_await messages.try_fetch_media(sid, media_sid);
    co_return shown(found, json);
}

asio::awaitable<outcome> remove_media(message_resource messages, std::string sid, std::string media_sid, bool json)
{
    auto const done = co_await messages.try_remove_media(sid, media_sid);
    co_return confirmed(done, "deleted", media_sid, json);
}

asio::awaitable<outcome> feedback(message_resource messages, std::string sid, feedback_outcome said, bool json)
{
    auto const done = co_await messages.try_feedback(sid, said);
    co_return confirmed(done, std::string(to_string(said)), sid, json);
}

template <class T>
asio::awaitable<outcome> print_all(paged_list<T> list, std::string (*text)(T const&), std::optional<std::size_t> limit)
{
    for (std::size_t printed = 0; !limit || printed < *limit; ++printed) {
        auto const item = co_await list.try_next();
        if (!item)
            co_return item.error();
        if (!*item)
            break;
        print_again(text(**item));
    }
    co_return std::nullopt;
}

std::string line_for_people(failure const& f)
{
    std::string const name(f.fate == fate::not_sent ? "not done" : to_string(f.fate));
    return coloured_for_stdout(name, f.fate == fate::unknown ? colour::yellow : colour::red) + ": " + f.message + '\n';
}

int tell(failure const& f, bool json)
{
    if (f.code == errc::invalid_parameter) {
        print_error(f.message);
        return exit_usage;
    }
    print_result(json ? campaign::outcome_json(f) + '\n' : line_for_people(f));
    return f.fate == fate::unknown ? exit_unknown : exit_not_accepted;
}

} // namespace

messages_task fetch_task(std::string sid)
{
    return [sid = std::move(sid)](message_resource m, bool json) { return fetch(std::move(m), sid, json); };
}

messages_task list_task(list_filter filter, std::optional<std::size_t> limit)
{
    return [filter = std::move(filter), limit](message_resource const& m, bool json) {
        return print_all(m.list(filter), json ? message_json : message_line, limit);
    };
}

messages_task cancel_task(std::string sid)
{
    return [sid = std::move(sid)](message_resource m, bool json) { return cancel(std::move(m), sid, json); };
}

messages_task redact_task(std::string sid)
{
    return [sid = std::move(sid)](message_resource m, bool json) { return redact(std::move(m), sid, json); };
}

messages_task delete_task(std::string sid)
{
    return [sid = std::move(sid)](message_resource m, bool json) { return remove(std::move(m), sid, json); };
}

messages_task list_media_task(std::string sid)
{
    return [sid = std::move(sid)](message_resource const& m, bool json) {
        return print_all(m.media(sid), json ? media_json : media_line, std::nullopt);
    };
}

messages_task fetch_media_task(std::string sid, std::string media_sid)
{
    return [sid = std::move(sid), media_sid = std::move(media_sid)](message_resource m, bool json) {
        return fetch_media(std::move(m), sid, media_sid, json);
    };
}

messages_task delete_media_task(std::string sid, std::string media_sid)
{
    return [sid = std::move(sid), media_sid = std::move(media_sid)](message_resource m, bool json) {
        return remove_media(std::move(m), sid, media_sid, json);
    };
}

messages_task feedback_task(std::string sid, feedback_outcome outcome)
{
    return [sid = std::move(sid), outcome](message_resource m, bool json) {
        return feedback(std::move(m), sid, outcome, json);
    };
}

int run_messages(asio::io_context& io, provider_options options, bool json, messages_task const& task)
{
    auto asked = make_provider(io.get_executor(), std::move(options));
    asio::cancellation_signal cancel_all;
    interrupts const signals(io, [&cancel_all](int) { cancel_all.emit(asio::cancellation_type::all); });
    std::exception_ptr thrown;
    outcome failed;
    auto const finish = [&](std::exception_ptr e, outcome o) {
        thrown = e;
        failed = std::move(o);
        io.stop();
    };
    asio::co_spawn(io, task(asked.messages(), json), asio::bind_cancellation_slot(cancel_all.slot(), finish));
    io.run();
    if (signals.count() > 0 && (thrown || failed)) {
        if (failed)
            tell(*failed, json);
        return exit_interrupted;
    }
    if (thrown)
        std::rethrow_exception(thrown);
    return failed ? tell(*failed, json) : exit_all_accepted;
}

} // namespace twilio_sms::cli
