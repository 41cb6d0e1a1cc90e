// A provider at work in the virtual network, the simulator's truth, and what the two say about each other.
#pragma once
#include "client/dispatcher.hpp"
#include "network.hpp"
#include <map>
#include <set>
#include <string>
#include <twilio_sms/observer.hpp>
#include <twilio_sms/provider_options.hpp>
#include <vector>

namespace twilio_sms::test {

using namespace std::chrono_literals;

/// Trust for both sides of TLS connections to "localhost".
struct tls_contexts {
    detail::tls_context client, server, untrusted;
    tls_contexts();
};

struct run_settings {
    unknown_policy policy = unknown_policy::resolve_then_retry;
    int max_retries = 3;
    milliseconds total_timeout = 10min;
    milliseconds queue_timeout = 10s;
    milliseconds settle_time = 45s;
    milliseconds retry_delay = 1s;
    std::size_t max_connections = 4;
    tls_contexts* tls = nullptr; ///< null: plain HTTP
    std::chrono::seconds own_clock_error{0};
    milliseconds slowest_reply{0}; ///< the slower, the less is known of Twilio's clock
    simulator_options twilio;
};

/// One send and its end.
struct sent {
    std::string to, text;
    detail::operation_ptr op;
    unknown_policy policy{};
    int provider = 0; ///< the how manyeth
    steady_time begun{}, ended{};
    int ends = 0;
    std::optional<result<receipt>> outcome;
    bool resolves = false;   ///< it asks about an earlier one
    bool superseded = false; ///< was asked about later
    bool cancelled = false;

    fate what() const { return outcome->has_value() ? fate::accepted : outcome->error().fate; }
};

/// All sends of one text to one number, what the network knows of their requests, and what Twilio has.
struct subject {
    std::vector<std::size_t> sends;
    std::vector<request_record const*> requests;
    std::vector<simulated_message const*> ours, foreign;
};

/// What goes beyond the promise, or is wrong.
struct audit {
    std::size_t sends = 0, accepted = 0, by_list = 0, rejected = 0, not_sent = 0, unknown = 0;
    std::size_t duplicates = 0;     ///< messages beyond the first of their send
    std::size_t denied = 0;         ///< said to be not sent or rejected, and yet Twilio has them: it was too late
    std::size_t foreign_taken = 0;  ///< said to be accepted: the message is another program's
    std::vector<std::string> wrong; ///< what the promise does not allow

    audit& operator+=(audit const& o);
};

class provider_run {
    sim::api twilio_; // before what refers to it

public:
    explicit provider_run(run_settings s);
    ~provider_run();

    network net;
    std::function<void(std::size_t send)> on_end; ///< after each send; it may send

    /// What Twilio does for other programs: a message beside ours.
    void foreign_message(std::string const& to, std::string const& text);

    std::size_t send(std::string to, std::string text, std::string const& more_fields = {},
                     std::optional<milliseconds> within = {}, bool queue_limited = false);
    /// Did it end with something to be asked about? As `provider::resolve` sees it.
    bool can_resolve(std::size_t send) const;
    std::size_t resolve(std::size_t unknown);
    void cancel(std::size_t send);
    void close();
    void shut_down();
    void next_provider(); ///< after `close` or `shut_down`, or the old one is destroyed at once
    void set_policy(unknown_policy p) { settings_.policy = p; }

    sent const& at(std::size_t send) const { return sends_[send]; }
    std::size_t sends() const noexcept { return sends_.size(); }
    bool running() const noexcept { return running_ > 0; }
    bool closed() const noexcept { return closed_; }

    /// Lets time pass until every send has ended; false when that does not happen.
    bool run_to_the_end(milliseconds at_most);

    /// Lets Twilio do what it still has to, and compares. `promise_holds`: Twilio took no longer than `settle_time`.
    audit check(bool promise_holds);

    std::map<std::pair<std::string, std::string>, subject> const& subjects() const noexcept { return subjects_; }

    static std::string form_of(std::string const& to, std::string const& text, std::string const& more_fields);

private:
    class counting_observer;
    using dispatcher = detail::dispatcher<network_env>;

    std::size_t start(sent s);
    void make_provider();
    void sort_by_subject();
    void check_subject(subject const& s, bool promise_holds, audit& a);
    void check_send(sent const& s, subject const& about, audit& a);
    bool asked_since(std::string const& to, steady_time since, steady_time until) const;

    run_settings settings_;
    std::shared_ptr<counting_observer> observer_;
    std::vector<sent> sends_;
    std::size_t running_ = 0;
    bool closed_ = false;
    int provider_ = 0;
    std::set<std::string> foreign_sids_;
    std::vector<simulated_message> truth_;
    std::map<std::pair<std::string, std::string>, subject> subjects_;
    std::shared_ptr<dispatcher> dispatcher_; // last: it refers to the others
};

} // namespace twilio_sms::test
