#include "provider_run.hpp"
#include "crypto/base64.hpp"
#include "simulator/certificates.hpp"
#include "twilio/create_form.hpp"
#include <cstdio>
#include <fstream>
#include <unistd.h>

namespace twilio_sms::test {
namespace {

constexpr std::string_view account = simulator_options::default_account_sid;
constexpr std::string_view token = simulator_options::default_auth_token;
constexpr std::string_view sender = "+15005550006";
constexpr milliseconds tick{26}; // time limits are honoured to within 25 ms, and the clock has 1 ms

bool overlap_in_time(simulated_message const& m, steady_time from, steady_time until, network const& net)
{
    auto const at = net.now - (net.world_time() - std::chrono::floor<milliseconds>(m.accepted_at));
    return at >= from && at <= until;
}

} // namespace

tls_contexts::tls_contexts()
{
    auto const good = sim::make_certificates(certificate_kind::good);
    auto const other = sim::make_certificates(certificate_kind::good);
    std::string const path = "model-ca-" + std::to_string(getpid()) + ".pem";
    std::ofstream(path) << good.ca_pem;
    client = detail::make_client_tls_context(path);
    std::remove(path.c_str());
    server = detail::make_server_tls_context(good.server_chain_pem, good.server_key_pem);
    untrusted = detail::make_server_tls_context(other.server_chain_pem, other.server_key_pem);
}

audit& audit::operator+=(audit const& o)
{
    sends += o.sends;
    accepted += o.accepted;
    by_list += o.by_list;
    rejected += o.rejected;
    not_sent += o.not_sent;
    unknown += o.unknown;
    duplicates += o.duplicates;
    denied += o.denied;
    foreign_taken += o.foreign_taken;
    wrong.insert(wrong.end(), o.wrong.begin(), o.wrong.end());
    return *this;
}

class provider_run::counting_observer : public observer {
public:
    std::size_t outcomes = 0, accepted = 0;
    int most_attempts = 0;

    void on_attempt(attempt_event const& e) noexcept override { most_attempts = std::max(most_attempts, e.number); }
    void on_outcome(outcome_event const& e) noexcept override
    {
        ++outcomes;
        accepted += e.what() == fate::accepted;
    }
};

provider_run::provider_run(run_settings s)
    : twilio_(s.twilio, 1), net(twilio_), settings_(std::move(s)), observer_(std::make_shared<counting_observer>())
{
    if (settings_.tls) {
        net.server_context = settings_.tls->server.get();
        net.untrusted_context = settings_.tls->untrusted.get();
    }
    net.clock_skew = settings_.twilio.clock_skew;
    net.own_clock_error = settings_.own_clock_error;
    make_provider();
}

provider_run::~provider_run() = default;

void provider_run::make_provider()
{
    detail::dispatcher_settings s;
    s.host = "localhost";
    s.server = "localhost:443";
    if (settings_.tls) {
        SSL_CTX_up_ref(settings_.tls->client.get());
        s.tls.reset(settings_.tls->client.get());
    }
    s.request =
        std::make_shared<detail::request_writer>(detail::request_origin{"localhost", "", account, account, token});
    s.connect_timeout = 5s;
    s.response_timeout = 31s;
    s.total_timeout = settings_.total_timeout;
    s.queue_timeout = settings_.queue_timeout;
    s.settle_time = settings_.settle_time;
    s.limits = {45s, 600s};
    s.max_connections = settings_.max_connections;
    s.max_opening = settings_.max_connections;
    s.retry = {settings_.max_retries, settings_.retry_delay, settings_.policy == unknown_policy::retry};
    s.ask_about_unknown = settings_.policy == unknown_policy::resolve_then_retry;
    s.observer = observer_;
    dispatcher_ = std::make_shared<dispatcher>(net.io.get_executor(), std::move(s), network_env(net));
    closed_ = false;
    ++provider_;
}

// ---- what a program does ----

std::string provider_run::form_of(std::string const& to, std::string const& text, std::string const& more_fields)
{
    std::string form = "To=";
    detail::append_form_encoded(form, to);
    if (more_fields.find("MessagingServiceSid=") == std::string::npos) {
        form += "&From=";
        detail::append_form_encoded(form, sender);
    }
    form += "&Body=";
    detail::append_form_encoded(form, text);
    return form + more_fields;
}

void provider_run::foreign_message(std::string const& to, std::string const& text)
{
    auto const path = "/2010-04-01/Accounts/" + std::string(account) + "/Messages.json";
    auto const credentials = "Basic " + detail::base64_encode(std::string(account) + ":" + std::string(token));
    auto const a = twilio_.handle(
        {"POST", path, credentials, "application/x-www-form-urlencoded", form_of(to, text, {})}, net.world_time());
    twilio_.finished(a, true);
    auto const at = a.body.find("\"SM");
    if (a.status == 201 && at != std::string::npos)
        foreign_sids_.insert(a.body.substr(at + 1, 34));
}

std::size_t provider_run::send(std::string to, std::string text, std::string const& more_fields,
                               std::optional<milliseconds> within, bool queue_limited)
{
    sent s;
    s.op = std::make_shared<detail::operation>();
    s.op->to = to;
    s.op->form = form_of(to, text, more_fields);
    s.op->queue_limited = queue_limited;
    if (within)
        s.op->own_deadline = net.now + *within;
    s.to = std::move(to);
    s.text = std::move(text);
    return start(std::move(s));
}

bool provider_run::can_resolve(std::size_t send) const
{
    auto const& s = sends_[send];
    return s.outcome && s.what() == fate::unknown && s.outcome->error().unresolved;
}

std::size_t provider_run::resolve(std::size_t unknown)
{
    auto& before = sends_[unknown];
    before.superseded = true;
    auto const f = before.outcome->error();
    sent s;
    s.resolves = true;
    s.to = before.to;
    s.text = before.text;
    s.op = std::make_shared<detail::operation>();
    s.op->to = f.unresolved->to;
    s.op->attempts = f.attempts;
    s.op->doubt = f.unresolved;
    s.op->to_resolve = f;
    s.op->only_asks = true;
    return start(std::move(s));
}

std::size_t provider_run::start(sent s)
{
    auto const number = sends_.size();
    s.policy = settings_.policy;
    s.provider = provider_;
    s.begun = net.now;
    s.op->caller.emplace(asio::any_io_executor(net.io.get_executor()));
    s.op->handler.emplace([this, number](result<receipt> r) {
        auto& ended = sends_[number];
        ++ended.ends;
        ended.ended = net.now;
        ended.outcome.emplace(std::move(r));
        --running_;
        net.note_moment();
        if (on_end)
            on_end(number);
    });
    ++running_;
    auto const op = s.op;
    sends_.push_back(std::move(s));
    asio::dispatch(dispatcher_->strand, [d = dispatcher_, op] { d->submit(op); });
    return number;
}

void provider_run::cancel(std::size_t send)
{
    if (sends_[send].provider != provider_)
        return;
    sends_[send].cancelled = true;
    asio::dispatch(dispatcher_->strand, [d = dispatcher_, op = sends_[send].op] { d->cancel(op); });
}

void provider_run::close()
{
    auto const wait = std::make_shared<detail::close_wait>(detail::close_wait::handler([this] { closed_ = true; }));
    asio::dispatch(dispatcher_->strand, [d = dispatcher_, wait] { d->close(wait); });
}

void provider_run::shut_down()
{
    asio::dispatch(dispatcher_->strand, [d = dispatcher_] { d->shut_down(); });
}

void provider_run::next_provider()
{
    shut_down();
    dispatcher_.reset();
    net.poll();
    make_provider();
}

bool provider_run::run_to_the_end(milliseconds at_most)
{
    auto const until = net.now + at_most;
    net.poll();
    while (running_ > 0 && !net.idle() && net.next() <= until)
        net.step();
    return running_ == 0;
}

// ---- the comparison ----

audit provider_run::check(bool promise_holds)
{
    audit a;
    auto const problem = [&](std::string what) { a.wrong.push_back(std::move(what)); };
    close();
    net.poll();
    for (auto const until = net.now + 3h; !net.idle() && net.next() <= until;) // also what Twilio takes late
        net.step();
    if (running_ > 0)
        problem(std::to_string(running_) + " sends never ended");
    if (!closed_)
        problem("the provider did not close");
    if (net.streams != 0)
        problem(std::to_string(net.streams) + " connections are left");
    dispatcher_.reset();
    std::size_t told = 0;
    for (auto const& s : sends_) {
        told += !s.resolves;
        if (s.op.use_count() != 1)
            problem("an operation is kept");
    }
    if (observer_->outcomes != told)
        problem(std::to_string(observer_->outcomes) + " outcome events for " + std::to_string(told) + " sends");
    if (observer_->most_attempts > settings_.max_retries + 1)
        problem(std::to_string(observer_->most_attempts) + " attempts");

    twilio_.advance(net.world_time() + 3h);
    truth_ = twilio_.truth()->messages();
    sort_by_subject();
    for (auto const& [what, about] : subjects_)
        check_subject(about, promise_holds, a);
    return a;
}

void provider_run::sort_by_subject()
{
    for (std::size_t i = 0; i < sends_.size(); ++i)
        subjects_[{sends_[i].to, sends_[i].text}].sends.push_back(i);
    for (auto const& r : net.requests) {
        // Of an encrypted request that was broken off nobody can read what it was; then there is only one.
        bool const unreadable = r->tls && !r->whole();
        if (!r->creates && !unreadable)
            continue;
        auto& about = unreadable ? subjects_[{sends_.back().to, sends_.back().text}] : subjects_[{r->to, r->text}];
        about.requests.push_back(r.get());
    }
    for (auto const& m : truth_)
        if (auto const at = subjects_.find({m.to, m.body}); at != subjects_.end())
            (m.foreign || foreign_sids_.contains(m.sid) ? at->second.foreign : at->second.ours).push_back(&m);
}

void provider_run::check_subject(subject const& about, bool promise_holds, audit& a)
{
    std::size_t accepted = 0, unknown = 0, count = 0;
    unknown_policy boldest = unknown_policy::report;
    bool asked = false;
    std::set<std::string> claimed;
    for (auto const i : about.sends) {
        auto const& s = sends_[i];
        if (s.ends != 1) {
            a.wrong.push_back("send " + std::to_string(i) + " ended " + std::to_string(s.ends) + " times");
            continue;
        }
        check_send(s, about, a);
        count += !s.resolves;
        asked = asked || s.resolves || s.policy == unknown_policy::resolve_then_retry;
        if (s.policy == unknown_policy::retry ||
            (s.policy == unknown_policy::resolve_then_retry && boldest == unknown_policy::report))
            boldest = s.policy;
        if (s.superseded)
            continue;
        accepted += s.what() == fate::accepted;
        unknown += s.what() == fate::unknown;
        a.accepted += s.what() == fate::accepted;
        a.unknown += s.what() == fate::unknown;
        a.rejected += s.what() == fate::rejected;
        a.not_sent += s.what() == fate::not_sent;
        if (s.outcome->has_value()) {
            a.by_list += s.outcome->value().evidence == evidence::list;
            if (!claimed.insert(s.outcome->value().sid).second)
                a.wrong.push_back("two sends have the same message");
        }
    }
    a.sends += count;

    auto const twilio_has = about.ours.size();
    auto duplicates = twilio_has > count ? twilio_has - count : 0;
    auto const answered_for = accepted + unknown + duplicates;
    auto denied = twilio_has > answered_for ? twilio_has - answered_for : 0;
    if (boldest == unknown_policy::retry && accepted + unknown > 0)
        duplicates += std::exchange(denied, 0); // of equal ones it cannot be seen which; one of them was repeated
    auto const invented = accepted > twilio_has ? accepted - twilio_has : 0;
    a.duplicates += duplicates;
    a.denied += denied;
    a.foreign_taken += invented;
    auto const name = about.sends.empty() ? std::string() : " (send " + std::to_string(about.sends.front()) + ")";
    bool const may_repeat =
        boldest == unknown_policy::retry || (boldest == unknown_policy::resolve_then_retry && !promise_holds);
    if (duplicates > 0 && !may_repeat)
        a.wrong.push_back("duplicate" + name);
    if (denied > 0 && (promise_holds || !asked))
        a.wrong.push_back("Twilio has what is said not to be sent" + name);
    if (invented > about.foreign.size())
        a.wrong.push_back("Twilio does not have what is said to be accepted" + name);
    auto const doubts =
        std::ranges::count_if(about.requests, [](auto const* r) { return r->evidence() == evidence_of_request::none; });
    if (unknown > static_cast<std::size_t>(doubts))
        a.wrong.push_back("unknown, although there was an answer" + name);
}

void provider_run::check_send(sent const& s, subject const& about, audit& a)
{
    auto const problem = [&](std::string_view what) {
        a.wrong.push_back(std::string(what) + " (send " + std::to_string(about.sends.front()) + ")");
    };
    if (s.ended > s.op->deadline + tick)
        problem("ended after its deadline");
    if (auto const* const r = s.outcome->has_value() ? &s.outcome->value() : nullptr) {
        auto const is_it = [&](simulated_message const* m) { return m->sid == r->sid; };
        bool const ours = std::ranges::any_of(about.ours, is_it);
        auto const foreign = std::ranges::find_if(about.foreign, is_it);
        if (!ours && (foreign == about.foreign.end() || r->evidence == evidence::reply))
            problem("accepted, with a SID of another message");
        if (foreign != about.foreign.end()) {
            auto const& doubt = *s.op->doubt;
            auto const off = 5s + 2 * settings_.slowest_reply;
            if (!overlap_in_time(**foreign, doubt.since - off, doubt.until + settings_.settle_time + off, net))
                problem("another program's message was taken that was made at another time");
        }
    }
    if (about.sends.size() > 1 && !(s.resolves && about.sends.size() == 2))
        return; // whose request is whose cannot be seen

    request_record const* doubtful = nullptr;
    int made = 0;
    for (auto const* const r : about.requests) {
        made += r->whole() || r->evidence() != evidence_of_request::not_taken;
        if (doubtful && s.policy == unknown_policy::report && !s.resolves && r->handed_over > 0)
            problem("repeated after an attempt without an answer");
        if (doubtful && s.policy == unknown_policy::resolve_then_retry && !s.resolves &&
            !asked_since(s.to, doubtful->last_byte + settings_.settle_time, r->begun))
            problem("repeated without asking");
        if (r->evidence() == evidence_of_request::none)
            doubtful = r;
    }
    int const attempts = s.outcome->has_value() ? s.outcome->value().attempts : s.outcome->error().attempts;
    if (made > attempts)
        problem("more requests than attempts");
    if (s.what() == fate::rejected && !about.requests.empty()) {
        auto const& last = *about.requests.back();
        if (!last.reply_read || last.status < 300 || last.status >= 500)
            problem("rejected by nobody");
    }
    bool const denies = s.what() == fate::not_sent || s.what() == fate::rejected;
    if (denies && doubtful && !asked_since(s.to, doubtful->last_byte + settings_.settle_time, s.ended))
        problem("said not to be sent without asking");
}

bool provider_run::asked_since(std::string const& to, steady_time since, steady_time until) const
{
    return std::ranges::any_of(net.requests, [&](auto const& r) {
        return !r->creates && r->to == to && r->reply_read && r->has_sid && r->begun >= since && r->answered <= until;
    });
}

} // namespace twilio_sms::test
