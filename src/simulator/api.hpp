// Twilio's API as a function from requests to answers. No socket, no clock.
#pragma once
#include "simulator/accounts.hpp"
#include "simulator/api_error.hpp"
#include "simulator/fault_plan.hpp"
#include "simulator/form.hpp"
#include "simulator/later_messages.hpp"
#include "simulator/list_query.hpp"
#include "simulator/sender_queues.hpp"
#include "simulator/truth.hpp"
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <twilio_sms/simulator.hpp>
#include <vector>

namespace twilio_sms::detail::sim {

struct api_request {
    std::string_view method;
    std::string_view path; ///< without the query
    std::string_view authorization;
    std::string_view content_type;
    std::string_view body;
    std::string_view query = {}; ///< percent-encoded, without the '?'
};

/// What is to be done with a request's connection.
enum class deed : std::uint8_t {
    send,
    cut, ///< send the share `answer::cut` of the reply, then close
    close,
    reset,
    stall,
};

struct answer {
    deed what = deed::send;
    unsigned status = 200;
    bool html_page = false; ///< a gateway's answer: not JSON, without Twilio's headers
    bool at_once = false;   ///< without latency
    double cut = 0;         ///< from 0 to 1
    std::string body;
    std::size_t concurrent_requests = 1;
    std::optional<std::uint64_t> message; ///< the accepted message whose reply this is

    account_state* account = nullptr; ///< whose request is in flight until `api::finished`
};

/// Not thread-safe, apart from the truth. Times are those of the world; what the answers show is off by the clock skew.
class api {
public:
    /// `nonce` makes this run's SIDs differ from another run's.
    api(simulator_options options, std::uint64_t nonce);

    using time_point = sim::time_point;

    /// Decides, and records in the truth what was accepted. `finished` must follow. `now` never goes back.
    answer handle(api_request const& request, time_point now);

    /// The answer has been given (`delivered`), or nobody was there to take it. Call once for each answer.
    void finished(answer const& a, bool delivered);

    /// Accepts what is late and due. `handle` does so, too; needed before a look at the truth.
    void advance(time_point now);

    std::shared_ptr<sim::truth const> truth() const noexcept { return truth_; }

    /// As just started, apart from requests in flight.
    void reset();

private:
    struct page {
        std::vector<message_view> messages;
        bool has_next = false;
    };

    answer answer_for(api_request const& request, account_state& account, time_point now);

    answer create(api_request const& request, account_state& account, time_point now);
    std::optional<api_error> problem_of(api_request const& request, bool readable, account_state const& account,
                                        time_point now) const;
    answer accept(account_state const& account, fault_decision const& decision, time_point now);
    std::optional<answer> answer_before_acceptance(fault_decision const& decision);
    void spoil_after_acceptance(answer& a, fault_decision const& decision);
    answer leave_for_later(message_view& m, fault_decision const& decision);
    void accept_foreign(message_view m, fault_decision const& decision);
    message_view message_of_form(account_state const& account, time_point now);

    answer list(api_request const& request, account_state& account, time_point now);
    answer list_page(api_request const& request, account_state& account, time_point now, list_query const& q);
    page page_at(list_query const& q, std::optional<message_view> const& anchor, account_state const& account,
                 time_point now);
    bool is_listed(message_view const& m, list_query const& q, account_state const& account, time_point now);

    answer fetch(message_view const& m, account_state& account, time_point now);
    answer update(message_view& m, api_request const& request, account_state& account, time_point now);
    answer remove(message_view const& m, time_point now);
    answer answer_below(message_view const& m, std::string_view part, api_request const& request,
                        account_state& account, time_point now);
    answer list_media(message_view const& m, api_request const& request, account_state& account, time_point now);
    answer give_feedback(message_view const& m, api_request const& request, time_point now);
    void append_message(std::string& out, message_view const& m, account_state const& account, time_point now);

    simulator_options const options_;
    accounts accounts_;
    fault_plan faults_;
    sender_queues queues_;
    later_messages later_;
    std::shared_ptr<sim::truth> truth_;

    // Kept for their capacity.
    create_parameters form_;
    std::string form_text_;
    std::string media_;
    std::string shown_text_;
};

/// Twilio's answer to what it does not like.
answer refusal(api_error const& error);

/// 500 with Twilio's body 20500, or 503 with a gateway's page.
answer breakdown(bool html_page);

api_error not_found(std::string_view path);
extern api_error const wrong_method;
extern api_error const too_many_requests;

} // namespace twilio_sms::detail::sim
