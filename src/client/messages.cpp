#include "client/request_port.hpp"
#include "core/notification_check.hpp"
#include "core/twilio_codes.hpp"
#include "twilio/message_decoder.hpp"
#include "twilio/paging.hpp"
#include <boost/asio/async_result.hpp>
#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <twilio_sms/messages.hpp>

namespace twilio_sms {
namespace {

using detail::message_request;
using detail::message_request_ptr;
using detail::paging;
using detail::request_effect;
using detail::wanted_state;

// Weak: a request that is under way keeps the coroutine that waits for it, which must not keep the provider.
using port_ptr = std::weak_ptr<detail::request_port>;

template <class T>
using decoder = std::function<std::optional<T>(std::string_view body)>;

failure refused(std::string message)
{
    failure f;
    f.code = errc::invalid_parameter;
    f.fate = fate::rejected;
    f.message = std::move(message);
    return f;
}

failure closed()
{
    failure f;
    f.code = errc::closed;
    f.conditions = condition::cancelled;
    f.message = "the provider was closed; nothing was sent";
    return f;
}

std::optional<failure> problem_of_sid(std::string_view sid)
{
    if (detail::is_message_sid(sid))
        return std::nullopt;
    return refused("sid: is not SM or MM and 32 hex digits; give the SID of a message, as in its receipt");
}

std::optional<failure> problem_of_sids(std::string_view sid, std::string_view media_sid)
{
    if (auto problem = problem_of_sid(sid))
        return problem;
    if (detail::is_sid(media_sid, "ME"))
        return std::nullopt;
    return refused("media_sid: is not ME and 32 hex digits; give the SID of a file, as in the message's media list");
}

// The path of the account's messages, or of what is below them ("/SM...", "/SM.../Media"). "" without a provider.
std::string path_of(port_ptr const& port, std::string_view below = {}, std::string_view sid = {},
                    std::string_view part = {})
{
    constexpr std::string_view suffix = ".json";
    auto const alive = port.lock();
    if (!alive)
        return {};
    auto path = alive->settings().request->messages_path();
    path.resize(path.size() - suffix.size());
    return path.append(below).append(sid).append(part).append(suffix);
}

std::string path_of_media(port_ptr const& port, std::string_view sid, std::string_view media_sid)
{
    return path_of(port, "/", sid, "/Media/" + std::string(media_sid));
}

// What is to be asked for; with a problem nobody is asked.
struct asked {
    asked(std::string_view m, std::string t, std::optional<failure> p, std::string f = {})
        : method(m), target(std::move(t)), form(std::move(f)), problem(std::move(p))
    {}

    std::string_view method;
    std::string target, form;
    std::optional<failure> problem;
};

// What the forms that throw have in common.
template <class T>
asio::awaitable<T> value_of(asio::awaitable<result<T>> outcome)
{
    auto found = co_await std::move(outcome);
    co_return std::move(found).value();
}

// Starts the request and waits for its end.
asio::awaitable<std::optional<failure>> run(port_ptr port, message_request_ptr request)
{
    auto const executor = co_await asio::this_coro::executor;
    asio::use_awaitable_t<> token;
    co_return co_await asio::async_initiate<asio::use_awaitable_t<>, void(std::optional<failure>)>(
        [](auto handler, port_ptr to, message_request_ptr r, asio::any_io_executor ex) {
            r->expect(message_request::handler(std::move(handler)), ex);
            if (auto const alive = to.lock())
                alive->start(std::move(r));
            else
                r->conclude(ex, closed());
        },
        token, std::move(port), std::move(request), executor);
}

// Nothing but that it was done.
asio::awaitable<result<void>> perform(port_ptr port, asked what, std::function<bool(std::string_view body)> take)
{
    if (what.problem)
        co_return *std::move(what.problem);
    auto request = std::make_shared<message_request>();
    request->method = what.method;
    request->target = std::move(what.target);
    request->form = std::move(what.form);
    request->effect = what.method == "GET" ? request_effect::asks : request_effect::changes;
    request->removes = what.method == "DELETE";
    request->take = std::move(take);
    auto failed = co_await run(std::move(port), std::move(request));
    if (failed)
        co_return *std::move(failed);
    co_return result<void>();
}

// What does not remove ends without a failure only after its answer was taken.
template <class T>
asio::awaitable<result<T>> perform(port_ptr port, asked what, decoder<T> decode)
{
    auto const found = std::make_shared<std::optional<T>>();
    std::function<bool(std::string_view)> take = [found, decode = std::move(decode)](std::string_view body) {
        *found = decode(body);
        return found->has_value();
    };
    auto ended = co_await perform(std::move(port), std::move(what), std::move(take));
    if (!ended)
        co_return std::move(ended).error();
    co_return std::move(*found).value();
}

asio::awaitable<result<void>> remove_at(port_ptr port, asked what)
{
    return perform(std::move(port), std::move(what), nullptr);
}

decoder<message> message_that_is(std::string_view sid, wanted_state wanted)
{
    return
        [sid = std::string(sid), wanted](std::string_view body) { return detail::decode_message(body, sid, wanted); };
}

// One that is cancelled already is what was wanted.
asio::awaitable<result<message>> cancel_or_look(port_ptr port, std::string sid, asked cancelling, asked looking)
{
    co_await asio::this_coro::throw_if_cancelled(false);
    auto canceled = message_that_is(sid, wanted_state::canceled), as_it_is = message_that_is(sid, wanted_state::any);
    auto outcome = co_await perform<message>(port, std::move(cancelling), std::move(canceled));
    if (outcome || outcome.error().twilio_code != detail::code_not_scheduled)
        co_return outcome;
    auto const state = co_await asio::this_coro::cancellation_state;
    if (state.cancelled() != asio::cancellation_type::none)
        co_return outcome;
    auto found = co_await perform<message>(std::move(port), std::move(looking), std::move(as_it_is));
    if (found && found->status == "canceled")
        co_return found;
    co_return outcome;
}

failure wrong_page(paging const& pages)
{
    failure f;
    f.code = errc::malformed_reply;
    f.conditions = condition::configuration;
    f.http_status = 200;
    if (pages.now() == paging::state::astray)
        f.message = "the list's next page is not one of " + pages.path() +
                    ", so it was not asked for: credentials go nowhere else; check base_url";
    else
        f.message = "the list leads in a circle: its next page was read before; check base_url";
    return f;
}

} // namespace

template <class T>
class paged_list<T>::impl {
public:
    impl(port_ptr port, std::string path, std::string_view query, std::optional<failure> problem)
        : port_(std::move(port)), pages_(std::move(path), query), problem_(std::move(problem))
    {}

    static asio::awaitable<result<std::optional<T>>> next(std::shared_ptr<impl> self)
    {
        while (self->read_ == self->items_.size() && self->pages_.now() != paging::state::ended)
            if (auto failed = co_await read_page(self))
                co_return *std::move(failed);
        co_return self->take();
    }

private:
    static asio::awaitable<std::optional<failure>> read_page(std::shared_ptr<impl> self)
    {
        self->items_ = std::vector<T>(); // before the next page: one is in memory
        self->read_ = 0;
        if (self->pages_.now() != paging::state::more)
            co_return wrong_page(self->pages_);
        asked what("GET", self->pages_.target(), self->problem_);
        decoder<detail::resource_page<T>> decode(detail::decode_resource_page<T>);
        auto page = co_await perform<detail::resource_page<T>>(self->port_, std::move(what), std::move(decode));
        if (!page)
            co_return std::move(page).error();
        self->items_ = std::move(page->items);
        self->pages_.turn(std::move(page->next));
        co_return std::nullopt;
    }

    std::optional<T> take()
    {
        if (read_ == items_.size())
            return std::nullopt;
        return std::move(items_[read_++]);
    }

    port_ptr const port_;
    paging pages_;
    std::optional<failure> const problem_;
    std::vector<T> items_;
    std::size_t read_ = 0;
};

template <class T>
paged_list<T>::paged_list(std::shared_ptr<impl> i) noexcept : impl_(std::move(i))
{}
template <class T>
paged_list<T>::paged_list(paged_list&&) noexcept = default;
template <class T>
paged_list<T>& paged_list<T>::operator=(paged_list&&) noexcept = default;
template <class T>
paged_list<T>::~paged_list() = default;

template <class T>
asio::awaitable<result<std::optional<T>>> paged_list<T>::try_next()
{
    return impl::next(impl_);
}

template <class T>
asio::awaitable<std::optional<T>> paged_list<T>::next()
{
    return value_of(try_next());
}

template class paged_list<message>;
template class paged_list<media_item>;

message_resource::message_resource(std::weak_ptr<detail::request_port> port) noexcept : port_(std::move(port)) {}

asio::awaitable<result<message>> message_resource::try_fetch(std::string_view sid) const
{
    return perform<message>(port_, asked("GET", path_of(port_, "/", sid), problem_of_sid(sid)),
                            message_that_is(sid, wanted_state::any));
}

message_list message_resource::list(list_filter const& filter) const
{
    auto wrong = detail::problem_of(filter);
    auto problem = wrong.empty() ? std::nullopt : std::optional(refused(std::move(wrong)));
    return message_list(
        std::make_shared<message_list::impl>(port_, path_of(port_), detail::query_of(filter), std::move(problem)));
}

asio::awaitable<result<message>> message_resource::try_cancel(std::string_view sid) const
{
    auto const path = path_of(port_, "/", sid);
    return cancel_or_look(port_, std::string(sid), asked("POST", path, problem_of_sid(sid), "Status=canceled"),
                          asked("GET", path, std::nullopt));
}

asio::awaitable<result<message>> message_resource::try_redact(std::string_view sid) const
{
    return perform<message>(port_, asked("POST", path_of(port_, "/", sid), problem_of_sid(sid), "Body="),
                            message_that_is(sid, wanted_state::redacted));
}

asio::awaitable<result<void>> message_resource::try_remove(std::string_view sid) const
{
    return remove_at(port_, asked("DELETE", path_of(port_, "/", sid), problem_of_sid(sid)));
}

media_list message_resource::media(std::string_view sid) const
{
    return media_list(std::make_shared<media_list::impl>(port_, path_of(port_, "/", sid, "/Media"), "PageSize=50",
                                                         problem_of_sid(sid)));
}

asio::awaitable<result<media_item>> message_resource::try_fetch_media(std::string_view sid,
                                                                      std::string_view media_sid) const
{
    auto decode = [sid = std::string(sid), media_sid = std::string(media_sid)](std::string_view body) {
        return detail::decode_media(body, sid, media_sid);
    };
    return perform<media_item>(
        port_, asked("GET", path_of_media(port_, sid, media_sid), problem_of_sids(sid, media_sid)), std::move(decode));
}

asio::awaitable<result<void>> message_resource::try_remove_media(std::string_view sid, std::string_view media_sid) const
{
    return remove_at(port_, asked("DELETE", path_of_media(port_, sid, media_sid), problem_of_sids(sid, media_sid)));
}

asio::awaitable<result<void>> message_resource::try_feedback(std::string_view sid, feedback_outcome outcome) const
{
    auto const said = to_string(outcome);
    auto const path = path_of(port_, "/", sid, "/Feedback");
    return perform(
        port_, asked("POST", path, problem_of_sid(sid), "Outcome=" + std::string(said)),
        [sid = std::string(sid), said](std::string_view body) { return detail::decode_feedback(body, sid) == said; });
}

// ---- the forms that throw ----

asio::awaitable<message> message_resource::fetch(std::string_view sid) const
{
    return value_of(try_fetch(sid));
}

asio::awaitable<message> message_resource::cancel(std::string_view sid) const
{
    return value_of(try_cancel(sid));
}

asio::awaitable<message> message_resource::redact(std::string_view sid) const
{
    return value_of(try_redact(sid));
}

asio::awaitable<void> message_resource::remove(std::string_view sid) const
{
    return value_of(try_remove(sid));
}

asio::awaitable<media_item> message_resource::fetch_media(std::string_view sid, std::string_view media_sid) const
{
    return value_of(try_fetch_media(sid, media_sid));
}

asio::awaitable<void> message_resource::remove_media(std::string_view sid, std::string_view media_sid) const
{
    return value_of(try_remove_media(sid, media_sid));
}

asio::awaitable<void> message_resource::feedback(std::string_view sid, feedback_outcome outcome) const
{
    return value_of(try_feedback(sid, outcome));
}

} // namespace twilio_sms
