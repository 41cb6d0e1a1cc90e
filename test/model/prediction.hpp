// What must come of a send, derived from what happens to it and the promise alone.
#pragma once
#include "faults.hpp"
#include "provider_run.hpp"

namespace twilio_sms::test {

/// How Twilio's list behaves, and who else sends to the number.
struct list_behaviour {
    std::string name;
    simulator_options twilio;
    std::string text = "Your code is 4711", more_fields;
    std::chrono::seconds own_clock_error{0};
    bool recognisable = true; ///< false: Twilio was asked to rewrite the text
    bool rewrites = false;    ///< it does so unasked
    bool readable = true;     ///< false: it never shows a page
    milliseconds first_answer_after{0};
    enum class neighbour {
        none,
        equal_inside,
        equal_outside,
        other_inside,
        other_outside,
        many_outside
    } others{}; ///< whose messages lie inside or outside the window
};

std::vector<list_behaviour> all_list_behaviours();

enum class model_policy { report, report_then_resolve, resolve_then_retry, retry };
std::string_view to_string(model_policy p) noexcept;

struct model_case {
    fault what;
    list_behaviour list;
    model_policy policy{};
    bool tls = false, reused = false, always = false;
    std::uint64_t seed = 1;

    std::string name() const;
};

struct prediction {
    twilio_sms::fate fate{};
    int attempts = 0;
    std::size_t messages = 0;  ///< that Twilio has in the end
    bool promise_holds = true; ///< Twilio takes and lists within `settle_time`
};

inline constexpr int model_retries = 3;

prediction predict(model_case const& c);

} // namespace twilio_sms::test
