// Everything that can go wrong with one attempt to send, made from the model of an attempt.
#pragma once
#include "network.hpp"
#include <optional>
#include <string>
#include <twilio_sms/error.hpp>
#include <vector>

namespace twilio_sms::test {

struct fault {
    std::string where, name;

    // What happens.
    lookup_plan lookup = lookup_plan::works;
    opening_plan opening;
    request_plan request;
    std::optional<simulated_step> step; ///< of the simulator's script
    bool other_form = false;            ///< of a simulator's fault that has two
    bool long_request = false;          ///< of several TLS records
    int lasts = 1;                      ///< attempts that it spoils, when it does not stay for ever
    bool stays = true;                  ///< false: it cannot stay for ever

    // Where it can happen.
    bool with_tls = true, without_tls = true, on_fresh = true, on_reused = true;

    // What it means, by the promise.
    evidence_of_request evidence = evidence_of_request::none;
    bool accepted = false;          ///< Twilio takes the message
    milliseconds accepted_after{0}; ///< that long after the request
    fate without = fate::not_sent;  ///< the outcome, with `not_taken` and nothing more to try
    bool repeatable = true;         ///< with `not_taken`
    bool replaced = false;          ///< on a reused connection: repeated at once, no attempt spent

    bool opens() const noexcept { return lookup != lookup_plan::works || opening.what != opening_plan::kind::works; }
};

std::vector<fault> all_faults();

} // namespace twilio_sms::test
