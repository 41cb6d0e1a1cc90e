#include "lane.hpp"
#include "arrivals.hpp"
#include "numbered_text.hpp"
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/unordered/unordered_flat_map.hpp>
#include <exception>
#include <utility>

namespace twilio_sms::load {
namespace {

provider_options with_connections(provider_options options, std::size_t connections)
{
    options.max_connections = connections;
    return options;
}

bulk_options bulk_limits(std::size_t in_flight, std::shared_ptr<rate_limit> rate)
{
    bulk_options limits;
    limits.max_in_flight = in_flight;
    limits.shared_rate = std::move(rate);
    return limits;
}

void rethrow(std::exception_ptr failed)
{
    if (failed)
        std::rethrow_exception(failed);
}

} // namespace

lane::lane(settings const& s, provider_options options, std::size_t number, std::string const& run_id,
           std::shared_ptr<rate_limit> rate)
    : settings_(s), number_(number), in_flight_(part_of(s.in_flight, number, s.threads)), rate_(std::move(rate)),
      message_(s.to, run_id.empty() ? s.text : numberable(s.text, run_id)), audited_(!run_id.empty()),
      first_recipient_(recipient_of(s.to).value_or(0)),
      provider_(io_.get_executor(), with_connections(std::move(options), in_flight_))
{}

void lane::run(window const& w)
{
    window_ = w;
    measured_.emplace(w);
    asio::steady_timer begin(io_, w.from), end(io_, w.until);
    begin.async_wait([this](error_code) { measured_->begin(steady::now(), resources::of_this_thread()); });
    end.async_wait([this](error_code) { measured_->end(steady::now(), resources::of_this_thread()); });
    if (settings_.bulk) {
        asio::co_spawn(io_, send_in_bulk(), rethrow);
    } else if (settings_.rate) {
        asio::co_spawn(io_, send_at_rate(), rethrow);
    } else {
        for (outstanding_ = 0; outstanding_ < in_flight_; ++outstanding_)
            asio::co_spawn(io_, send_in_turn(), rethrow);
    }
    io_.run();
}

asio::awaitable<void> lane::send_in_turn()
{
    notification n = message_;
    for (auto now = steady::now(); now < window_.until;) {
        auto const start = now;
        auto const place = begin_next(n);
        auto const outcome = co_await provider_.try_send(n);
        now = steady::now();
        ended(place, start, now, outcome);
    }
    one_less();
}

asio::awaitable<void> lane::send_in_bulk()
{
    outstanding_ = 1;
    boost::unordered_flat_map<std::size_t, steady::time_point> begun;
    notification n = message_;
    notification_source const source = [&]() -> std::optional<notification> {
        auto const now = steady::now();
        if (now >= window_.until)
            return std::nullopt;
        auto const place = begin_next(n);
        begun.emplace(place, now);
        return n;
    };
    auto run = provider_.bulk(source, bulk_limits(in_flight_, rate_));
    while (auto item = co_await run.next()) {
        auto const found = begun.find(item->index);
        ended(item->index, found->second, steady::now(), item->outcome);
        begun.erase(found);
    }
    one_less();
}

class lane::open_send {
public:
    open_send(lane& l, std::uint64_t place, steady::time_point meant) : lane_(&l), place_(place), meant_(meant) {}

    void operator()(result<receipt> outcome)
    {
        lane_->ended(place_, meant_, steady::now(), outcome);
        lane_->one_less();
    }

private:
    lane* lane_;
    std::uint64_t place_;
    steady::time_point meant_;
};

asio::awaitable<void> lane::send_at_rate()
{
    outstanding_ = 1; // this coroutine
    auto const& s = settings_;
    auto times = s.poisson ? arrivals::poisson(*s.rate, number_, s.threads, s.seed)
                           : arrivals::constant(*s.rate, number_, s.threads);
    auto const start =
        window_.from - std::chrono::duration_cast<steady::duration>(std::chrono::duration<double>(s.warm_up));
    notification n = message_;
    asio::steady_timer timer(io_);
    std::size_t overdue = 0; // in a row
    for (auto next = start + times.next(); next < window_.until; next = start + times.next()) {
        if (next > steady::now()) {
            overdue = 0;
            timer.expires_at(next);
            co_await timer.async_wait(asio::use_awaitable);
        } else if (++overdue % 64 == 0) {
            co_await asio::post(io_, asio::use_awaitable); // so that what was begun goes on
        }
        auto const place = begin_next(n);
        ++outstanding_;
        measured_->begun(next, steady::now());
        provider_.async_send(n, open_send(*this, place, next));
    }
    one_less();
}

void lane::one_less()
{
    if (--outstanding_ == 0)
        asio::co_spawn(io_, provider_.close(), rethrow);
}

std::uint64_t lane::begin_next(notification& n)
{
    auto const of_all = begun_ * settings_.threads + number_;
    if (audited_) {
        told_.begin();
        set_number(n.text, of_all);
    }
    if (settings_.recipients > 1)
        set_recipient(n.to, first_recipient_ + of_all % settings_.recipients);
    return begun_++;
}

void lane::ended(std::uint64_t place, steady::time_point meant, steady::time_point now, result<receipt> const& outcome)
{
    auto const f = outcome ? fate::accepted : outcome.error().fate;
    measured_->add(meant, now, f);
    if (audited_)
        told_.ended(place, f);
    if (!outcome && first_failure_.empty())
        first_failure_ = outcome.error().message;
}

} // namespace twilio_sms::load
