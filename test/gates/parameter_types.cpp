// Public parameter types must not be aggregates: GCC 12 destroys those twice in `co_await f({...})`.
#include <twilio_sms/simulator.hpp>
#include <twilio_sms/twilio_sms.hpp>
#include <type_traits>

namespace sms = twilio_sms;

template <class... T>
inline constexpr bool no_aggregate = (!std::is_aggregate_v<T> && ...);

static_assert(no_aggregate<sms::notification, sms::send_options, sms::provider_options, sms::bulk_options>);
static_assert(no_aggregate<sms::receipt, sms::failure, sms::bulk_item, sms::result<sms::receipt>>);
static_assert(
    no_aggregate<sms::simulator_options, sms::simulator_account, sms::simulated_message, sms::simulator_summary>);

// Chained setters and braces are what users write.
static_assert(std::is_constructible_v<sms::notification, char const*, char const*>);
static_assert(std::is_nothrow_move_constructible_v<sms::notification>);

int main() {}
