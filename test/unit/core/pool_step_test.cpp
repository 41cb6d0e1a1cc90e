#include "core/pool_step.hpp"
#include "support.hpp"

using namespace twilio_sms::detail;
using namespace std::chrono_literals;

namespace {

char const* name_of(pool_step s)
{
    switch (s) {
    case pool_step::none: return "none";
    case pool_step::wake_idle: return "wake_idle";
    case pool_step::wake_cold: return "wake_cold";
    case pool_step::add: break;
    }
    return "add";
}

} // namespace

BOOST_AUTO_TEST_SUITE(pool)

BOOST_AUTO_TEST_CASE(who_takes_the_next_message)
{
    using enum pool_step;
    struct row {
        char const* name;
        pool_counts counts;
        pool_step step;
    };
    row rows[] = {
        {"nothing queued", {.queued = 0, .in_flight = 0, .limit = 10, .idle = 3, .workers = 3, .maximum = 10}, none},
        {"the first message", {.queued = 1, .in_flight = 0, .limit = 10, .idle = 0, .workers = 0, .maximum = 10}, add},
        {"an idle worker",
         {.queued = 1, .in_flight = 0, .limit = 10, .idle = 1, .workers = 1, .maximum = 10},
         wake_idle},
        {"idle before new",
         {.queued = 9, .in_flight = 5, .limit = 10, .idle = 1, .workers = 6, .maximum = 10},
         wake_idle},
        {"all busy, room for more",
         {.queued = 1, .in_flight = 9, .limit = 10, .idle = 0, .workers = 9, .maximum = 10},
         add},
        {"all busy, no room",
         {.queued = 1, .in_flight = 10, .limit = 10, .idle = 0, .workers = 10, .maximum = 10},
         none},
        {"at the limit, some idle",
         {.queued = 1, .in_flight = 3, .limit = 3, .idle = 7, .workers = 10, .maximum = 10},
         none},
        {"below the limit, some idle",
         {.queued = 1, .in_flight = 2, .limit = 3, .idle = 7, .workers = 9, .maximum = 10},
         wake_idle},
        {"the limit fell below it",
         {.queued = 1, .in_flight = 5, .limit = 3, .idle = 2, .workers = 7, .maximum = 10},
         none},
        {"limit above the maximum",
         {.queued = 1, .in_flight = 4, .limit = 9, .idle = 0, .workers = 4, .maximum = 4},
         none},
        {"workers with no message",
         {.queued = 1, .in_flight = 1, .limit = 9, .idle = 0, .workers = 4, .maximum = 4},
         none},
        {"a cold one before a new one",
         {.queued = 1, .in_flight = 1, .limit = 9, .cold = 1, .workers = 2, .maximum = 4},
         wake_cold},
        {"a connected one before a cold one",
         {.queued = 1, .in_flight = 1, .limit = 9, .idle = 1, .cold = 1, .workers = 3, .maximum = 4},
         wake_idle},
        {"as many being opened as may be",
         {.queued = 1, .in_flight = 2, .limit = 9, .opening = 2, .max_opening = 2, .workers = 2, .maximum = 4},
         none},
        {"one less",
         {.queued = 1, .in_flight = 1, .limit = 9, .opening = 1, .max_opening = 2, .workers = 1, .maximum = 4},
         add},
        {"a connected one is not held up by others' handshakes",
         {.queued = 1,
          .in_flight = 2,
          .limit = 9,
          .idle = 1,
          .opening = 2,
          .max_opening = 2,
          .workers = 3,
          .maximum = 4},
         wake_idle},
        {"one worker more may exist",
         {.queued = 1, .in_flight = 1, .limit = 9, .idle = 0, .workers = 3, .maximum = 4},
         add},
    };
    for (auto const& row : rows)
        BOOST_TEST_CONTEXT(row.name)
        {
            BOOST_TEST(name_of(next_pool_step(row.counts)) == name_of(row.step));
        }
}

BOOST_AUTO_TEST_CASE(repeated_steps_never_pass_the_limit)
{
    for (std::size_t limit = 0; limit <= 5; ++limit) {
        pool_counts c{.queued = 20, .in_flight = 0, .limit = limit, .idle = 2, .workers = 2, .maximum = 4};
        for (int i = 0; i < 20; ++i) {
            auto const step = next_pool_step(c);
            if (step == pool_step::none)
                break;
            if (step == pool_step::wake_idle)
                --c.idle;
            else
                ++c.workers;
            --c.queued;
            ++c.in_flight;
        }
        BOOST_TEST(c.in_flight == std::min<std::size_t>(limit, 4));
    }
}

BOOST_AUTO_TEST_CASE(when_a_connection_is_closed)
{
    std::chrono::steady_clock::time_point const now{1h};
    connection_limits const limits{.idle_timeout = 45s, .max_age = 10min};
    struct row {
        std::chrono::steady_clock::duration opened_ago, used_ago;
        std::string_view reason;
    };
    row const rows[] = {
        {0s, 0s, ""},        {44s, 44s, ""},      {9min, 44'999ms, ""}, {45s, 45s, "idle"},  {9min, 45s, "idle"},
        {9min, 46s, "idle"}, {599'999ms, 0s, ""}, {10min, 0s, "age"},   {11min, 44s, "age"}, {11min, 1min, "idle"},
    };
    for (auto const& row : rows)
        BOOST_TEST(reason_to_close({now - row.opened_ago, now - row.used_ago}, limits, now) == row.reason);
}

BOOST_AUTO_TEST_SUITE_END()
