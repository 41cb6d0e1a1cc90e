// Twilio's API as a function from requests to answers. No socket, no clock.
#pragma once
#include "simulator/accounts.hpp"
#include "simulator/api_error.hpp"
#include "simulator/fault_plan.hpp"
#include "simulator/form.hpp"
#include "simulator/truth.hpp"
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <twilio_sms/simulator.hpp>

namespace twilio_sms::detail::sim {

struct api_request {
    std::string_view method;
    std::string_view path; ///< without the query
    std::string_view authorization;
    std::string_view content_type;
    std::string_view body;
};

/// What is to be done with a request's connection.
enum class deed : std::uint8_t { send, close, reset, stall };

struct answer {
    deed what = deed::send;
    unsigned status = 200;
    bool html_page = false; ///< a gateway's answer: not JSON, without Twilio's headers
    bool at_once = false;   ///< without latency
    std::string body;
    std::size_t concurrent_requests = 1;
    std::optional<std::uint64_t> message; ///< the accepted message whose reply this is

    account_state* account = nullptr; ///< whose request is in flight until `api::finished`
};

/// Not thread-safe, apart from the truth.
class api {
public:
    /// `nonce` makes this run's SIDs differ from another run's.
    api(simulator_options const& options, std::uint64_t nonce);

    using time_point = std::chrono::sys_time<std::chrono::milliseconds>;

    /// Decides, and records in the truth what was accepted. `finished` must follow.
    answer handle(api_request const& request, time_point now);

    /// The answer has been given (`delivered`), or nobody was there to take it. Call once for each answer.
    void finished(answer const& a, bool delivered);

    std::shared_ptr<sim::truth const> truth() const noexcept { return truth_; }

    /// As just started, apart from requests in flight.
    void reset();

private:
    answer create(api_request const& request, account_state& account, time_point now);
    std::optional<answer> answer_before_acceptance(fault_decision const& decision);
    void spoil_after_acceptance(answer& a, fault_decision const& decision);
    answer fetch(std::string_view sid, account_state& account, std::string_view path);
    answer refuse(api_error const& error) const;
    void accept(answer& a, create_parameters const& p, account_state const& account, time_point now);

    std::size_t max_concurrency_;
    accounts accounts_;
    fault_plan faults_;
    std::shared_ptr<sim::truth> truth_;
    std::string form_text_; // kept for its capacity
};

} // namespace twilio_sms::detail::sim
