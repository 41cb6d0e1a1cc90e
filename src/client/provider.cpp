#include "client/bulk_impl.hpp"
#include "client/context_end.hpp"
#include "client/destination.hpp"
#include "client/dispatcher.hpp"
#include "client/real_env.hpp"
#include "client/request_port.hpp"
#include "core/trace_parent.hpp"
#include "twilio/create_form.hpp"
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <stdexcept>
#include <twilio_sms/provider.hpp>
#include <twilio_sms/stats.hpp>

namespace twilio_sms {
namespace {

using detail::operation;
using detail::operation_ptr;
using real_dispatcher = detail::dispatcher<detail::real_env>;

detail::dispatcher_settings make_settings(provider_options const& o)
{
    detail::destination const to(o);
    detail::dispatcher_settings s;
    s.host = to.url.host;
    s.port = to.url.port;
    s.server = to.server;
    s.proxy = to.proxy_of(o);
    if (to.url.tls) {
        s.tls = detail::make_client_tls_context(o.ca_file);
        detail::keep_tls_sessions(s.tls.get());
    }
    s.request = to.writer_for(detail::login_of(o));
    s.connect_timeout = o.connect_timeout;
    s.response_timeout = o.response_timeout;
    s.total_timeout = o.total_timeout;
    s.queue_timeout = o.queue_timeout;
    s.settle_time = o.settle_time;
    s.limits = {o.idle_timeout, o.max_connection_age};
    s.max_connections = o.max_connections;
    s.max_opening = o.max_handshakes;
    s.retry = {o.max_retries, o.retry_delay, o.when_unknown == unknown_policy::retry};
    s.ask_about_unknown = o.when_unknown == unknown_policy::resolve_then_retry;
    s.observer = o.observer;
    return s;
}

} // namespace

class provider::impl final : public detail::request_port {
public:
    impl(asio::any_io_executor ex, provider_options const& o)
        : executor(std::move(ex)), account_sid(o.account_sid), from_number(o.from_number),
          messaging_service_sid(o.messaging_service_sid), invalid_media(o.invalid_media),
          max_connections(o.max_connections), observer(o.observer), trace_parent(o.trace_parent),
          dispatch(std::make_shared<real_dispatcher>(executor, make_settings(o), detail::real_env()))
    {
        auto& context = asio::query(executor, asio::execution::context);
        asio::use_service<detail::context_end<real_dispatcher>>(context).add(dispatch);
        if (observer)
            observer->on_initialized({dispatch->settings.host,
                                      from_number.empty() ? messaging_service_sid : mask_phone_number(from_number)});
    }

    // Checks and encodes. Any thread.
    detail::prepared_send prepare(notification const& n, send_options const& options, bool queue_limited) const;

    detail::prepared_send prepare_question(failure unknown) const;

    // Any thread.
    void log_in_as(detail::login const& who) const
    {
        if (auto problems = who.problems(); !problems.empty())
            throw options_error(std::move(problems));
        dispatch->settings.request->replace_credentials(who.username(), who.password());
    }

    void start(detail::message_request_ptr r) const override;
    detail::dispatcher_settings const& settings() const noexcept override { return dispatch->settings; }

    detail::default_sender sender() const noexcept { return {from_number, messaging_service_sid}; }

    asio::any_io_executor const executor;
    std::string const account_sid, from_number, messaging_service_sid;
    media_policy const invalid_media;
    std::size_t const max_connections;
    std::shared_ptr<twilio_sms::observer> const observer;
    std::function<std::string()> const trace_parent;
    std::shared_ptr<real_dispatcher> const dispatch;
};

namespace {

// An operation with the way to where it is to run.
struct bound_operation : operation {
    std::shared_ptr<real_dispatcher> dispatch;
    asio::any_io_executor executor;
};

// Operation: of either kind that a dispatcher can cancel.
template <class Operation>
void connect_cancellation(asio::cancellation_slot slot, std::shared_ptr<Operation> const& op,
                          std::shared_ptr<real_dispatcher> const& its)
{
    if (!slot.is_connected())
        return;
    slot.assign([weak_op = std::weak_ptr(op), weak_dispatch = std::weak_ptr(its)](asio::cancellation_type type) {
        auto const alive = weak_op.lock();
        auto const dispatch = weak_dispatch.lock();
        if (alive && dispatch && type != asio::cancellation_type::none)
            asio::dispatch(dispatch->strand, [alive, dispatch] { dispatch->cancel(alive); });
    });
}

} // namespace

detail::prepared_send provider::impl::prepare(notification const& n, send_options const& options,
                                              bool queue_limited) const
{
    auto const op = std::allocate_shared<bound_operation>(asio::recycling_allocator<bound_operation>());
    op->dispatch = dispatch;
    op->executor = executor;
    op->to = n.to;
    if (trace_parent)
        op->trace_parent = detail::valid_trace_parent(trace_parent());
    op->queue_limited = queue_limited;
    op->own_deadline = options.deadline;

    auto checked = detail::check_notification(n, sender(), invalid_media);
    op->dropped_media = std::move(checked.dropped);
    if (checked.problem) {
        failure f;
        f.code = checked.problem;
        f.fate = fate::rejected;
        f.message = std::move(checked.message);
        if (f.code == errc::invalid_recipient)
            f.conditions = condition::bad_recipient;
        op->refused = std::move(f);
    } else {
        op->form = detail::encode_create_form(n, sender(), op->dropped_media);
    }
    return detail::prepared_send(op);
}

detail::prepared_send provider::impl::prepare_question(failure unknown) const
{
    auto const op = std::allocate_shared<bound_operation>(asio::recycling_allocator<bound_operation>());
    op->dispatch = dispatch;
    op->executor = executor;
    op->to = unknown.unresolved->to;
    op->attempts = unknown.attempts;
    op->doubt = unknown.unresolved;
    op->to_resolve = std::move(unknown);
    op->only_asks = true;
    return detail::prepared_send(op);
}

namespace {

void start_operation(std::shared_ptr<bound_operation> op, detail::send_handler handler,
                     detail::parking_watcher* watcher)
{
    op->watcher = watcher;
    op->handler.emplace(std::move(handler));
    connect_cancellation(asio::get_associated_cancellation_slot(*op->handler), op, op->dispatch);
    auto const dispatch = std::move(op->dispatch); // the dispatcher will own the operation, not the other way round
    auto submit = [op = std::move(op), dispatch] {
        dispatch->watch.media_dropped(*op);
        dispatch->submit(op);
    };
    if (dispatch->strand.running_in_this_thread()) // what asio::dispatch would find out, at a price
        submit();
    else
        asio::dispatch(dispatch->strand, std::move(submit));
}

} // namespace

asio::any_io_executor const& detail::prepared_send::executor() const noexcept
{
    return std::static_pointer_cast<bound_operation>(operation_)->executor;
}

void detail::prepared_send::start_on(asio::any_io_executor const& where, send_handler handler,
                                     parking_watcher* watcher) &&
{
    auto op = std::static_pointer_cast<bound_operation>(std::move(operation_));
    op->caller.emplace(where);
    start_operation(std::move(op), std::move(handler), watcher);
}

void detail::prepared_send::start_on(asio::any_completion_executor const& where, send_handler handler,
                                     parking_watcher* watcher) &&
{
    auto op = std::static_pointer_cast<bound_operation>(std::move(operation_));
    op->caller.emplace(where);
    start_operation(std::move(op), std::move(handler), watcher);
}

void provider::impl::start(detail::message_request_ptr r) const
{
    connect_cancellation(r->slot(), r, dispatch);
    asio::dispatch(dispatch->strand, [d = dispatch, r = std::move(r)]() mutable { d->submit(std::move(r)); });
}

namespace {

// Our copies of secrets do not stay in memory, also when the options are refused.
struct wiped_afterwards {
    provider_options& options;
    ~wiped_afterwards()
    {
        for (auto* const secret : {&options.auth_token, &options.api_secret, &options.proxy})
            detail::cleanse(*secret);
    }
};

} // namespace

provider::provider(asio::any_io_executor executor, provider_options options)
{
    wiped_afterwards const wiped{options};
    if (auto problems = options.validate(); !problems.empty())
        throw options_error(std::move(problems));
    impl_ = std::make_shared<impl>(std::move(executor), options);
}

provider::provider(provider&&) noexcept = default;

provider& provider::operator=(provider&& other) noexcept
{
    provider old(std::move(other));
    std::swap(impl_, old.impl_);
    return *this;
}

provider::~provider()
{
    if (impl_)
        asio::dispatch(impl_->dispatch->strand, [d = impl_->dispatch] { d->shut_down(); });
}

detail::prepared_send provider::prepare(notification const& n, send_options const& options) const
{
    return impl_->prepare(n, options, true);
}

namespace {

asio::awaitable<result<receipt>> run(detail::prepared_send operation)
{
    asio::use_awaitable_t<> token;
    co_return co_await asio::async_initiate<asio::use_awaitable_t<>, void(result<receipt>)>(
        [](auto handler, detail::prepared_send op) { std::move(op).start(std::move(handler)); }, token,
        std::move(operation));
}

asio::awaitable<result<receipt>> done(failure f)
{
    co_return f;
}

asio::awaitable<receipt> run_or_throw(detail::prepared_send operation)
{
    auto outcome = co_await run(std::move(operation));
    co_return std::move(outcome).value();
}

// Cancelling ends the wait, with `result`, and not what it waits for.
template <class Wait, class... Result>
void end_when_cancelled(asio::cancellation_slot slot, std::shared_ptr<real_dispatcher> const& dispatch,
                        std::shared_ptr<Wait> const& wait, Result... result)
{
    if (!slot.is_connected())
        return;
    slot.assign(
        [weak_wait = std::weak_ptr(wait), weak_dispatch = std::weak_ptr(dispatch), result...](asio::cancellation_type) {
            auto const waiting = weak_wait.lock();
            auto const d = weak_dispatch.lock();
            if (waiting && d)
                asio::dispatch(d->strand, [waiting, d, result...] { waiting->end(d->strand, result...); });
        });
}

void start_close(std::shared_ptr<real_dispatcher> dispatch, detail::close_wait::handler handler)
{
    auto const slot = asio::get_associated_cancellation_slot(handler);
    auto const wait = std::make_shared<detail::close_wait>(std::move(handler));
    end_when_cancelled(slot, dispatch, wait);
    auto const strand = dispatch->strand;
    asio::dispatch(strand, [d = std::move(dispatch), wait] { d->close(wait); });
}

void start_warm_up(std::shared_ptr<real_dispatcher> dispatch, std::size_t connections,
                   detail::warm_up_wait::handler handler)
{
    auto const slot = asio::get_associated_cancellation_slot(handler);
    auto const wait = std::make_shared<detail::warm_up_wait>(connections, std::move(handler));
    end_when_cancelled(slot, dispatch, wait, std::nullopt);
    auto const strand = dispatch->strand;
    asio::dispatch(strand, [d = std::move(dispatch), wait] { d->warm_up(wait); });
}

asio::awaitable<void> run_warm_up(std::shared_ptr<real_dispatcher> dispatch, std::size_t connections)
{
    asio::use_awaitable_t<> token;
    auto const failed = co_await asio::async_initiate<asio::use_awaitable_t<>, void(std::optional<failure>)>(
        [](auto handler, std::shared_ptr<real_dispatcher> d, std::size_t n) {
            start_warm_up(std::move(d), n, detail::warm_up_wait::handler(std::move(handler)));
        },
        token, std::move(dispatch), connections);
    if (failed)
        throw send_error(*failed);
}

asio::awaitable<void> run_close(std::shared_ptr<real_dispatcher> dispatch)
{
    asio::use_awaitable_t<> token;
    // The dispatcher is an argument, not a capture: GCC 12 destroys capturing lambdas beside a co_await twice.
    co_await asio::async_initiate<asio::use_awaitable_t<>, void()>(
        [](auto handler, std::shared_ptr<real_dispatcher> d) {
            start_close(std::move(d), detail::close_wait::handler(std::move(handler)));
        },
        token, std::move(dispatch));
}

} // namespace

asio::awaitable<receipt> provider::send(notification const& n, send_options options)
{
    return run_or_throw(prepare(n, options));
}

asio::awaitable<result<receipt>> provider::try_send(notification const& n, send_options options)
{
    return run(prepare(n, options));
}

asio::awaitable<result<receipt>> provider::resolve(failure unknown)
{
    if (unknown.fate != fate::unknown || !unknown.unresolved)
        return done(std::move(unknown));
    return run(impl_->prepare_question(std::move(unknown)));
}

message_resource provider::messages() const
{
    return message_resource(impl_);
}

asio::awaitable<void> provider::warm_up(std::size_t connections)
{
    return run_warm_up(impl_->dispatch, std::min(connections, impl_->max_connections));
}

void provider::replace_credentials(std::string_view auth_token)
{
    impl_->log_in_as({impl_->account_sid, auth_token, {}, {}});
}

void provider::replace_credentials(std::string_view api_key, std::string_view api_secret)
{
    impl_->log_in_as({impl_->account_sid, {}, api_key, api_secret});
}

asio::awaitable<void> provider::close()
{
    return run_close(impl_->dispatch);
}

bulk_run provider::bulk(notification_source source, bulk_options options)
{
    if (options.max_in_flight && *options.max_in_flight == 0)
        throw std::invalid_argument("bulk_options::max_in_flight must be at least 1");
    if (options.max_per_second && !(*options.max_per_second > 0))
        throw std::invalid_argument("bulk_options::max_per_second must be above 0");
    if (options.max_per_second && options.shared_rate)
        throw std::invalid_argument("bulk_options: set max_per_second or shared_rate, not both");
    auto rate = options.max_per_second ? std::make_shared<rate_limit>(*options.max_per_second) : options.shared_rate;
    auto prepare_one = [p = impl_](notification const& n) { return p->prepare(n, send_options(), false); };
    return bulk_run(std::make_shared<bulk_run::impl>(std::move(source), std::move(prepare_one),
                                                     options.max_in_flight.value_or(impl_->max_connections),
                                                     std::move(rate)));
}

provider_stats provider::stats() const noexcept
{
    return impl_->dispatch->watch.count.read();
}

asio::any_io_executor provider::get_executor() const noexcept
{
    return impl_->executor;
}

} // namespace twilio_sms
