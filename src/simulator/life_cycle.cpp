#include "simulator/life_cycle.hpp"
#include "simulator/random_bits.hpp"
#include <algorithm>
#include <iterator>

namespace twilio_sms::detail::sim {
namespace {

using std::chrono::milliseconds;

struct known_error {
    int code;
    std::string_view message;
};
constexpr known_error undelivered_errors[] = {
    {30003, "Unreachable destination handset"}, {30004, "Message blocked"}, {30005, "Unknown destination handset"},
    {30006, "Landline or unreachable carrier"}, {30008, "Unknown error"},
};
constexpr known_error failed_errors[] = {{30002, "Account suspended"}, {30007, "Message filtered"}};
constexpr known_error queue_overflow{30001, "Queue overflow"};

/// How a message ends, and how fast: its own share of chance.
struct destiny {
    message_status last = message_status::delivered;
    known_error error{0, {}};
    milliseconds choosing, sending, sent, end; // from its start
};

destiny destiny_of(message_view const& m, simulator_options const& o) noexcept
{
    auto const chance = [&](std::uint64_t draw) { return random_bits(o.seed, m.position, draw); };
    auto const any_of = [&](auto const& errors) { return errors[chance(22) % std::size(errors)]; };
    destiny d{};
    double const ends = unit_interval(chance(20));
    if (m.marks.overflowed) {
        d.last = message_status::failed;
        d.error = queue_overflow;
    } else if (ends < o.failed) {
        d.last = message_status::failed;
        d.error = any_of(failed_errors);
    } else if (ends < o.failed + o.undelivered) {
        d.last = message_status::undelivered;
        d.error = any_of(undelivered_errors);
    } else if (ends < o.failed + o.undelivered + o.no_receipt) {
        d.last = message_status::sent;
    }
    double const time = static_cast<double>(o.delivery_time.count()) * (0.5 + unit_interval(chance(21)));
    auto const part = [&](double share) { return milliseconds(static_cast<milliseconds::rep>(time * share)); };
    d.choosing = milliseconds(1) + part(0.05);
    d.sending = m.queue_wait + milliseconds(2) + part(0.1);
    d.sent = m.queue_wait + milliseconds(3) + part(0.3);
    d.end = m.queue_wait + milliseconds(4) + part(1);
    return d;
}

} // namespace

std::string_view to_string(message_status s) noexcept
{
    switch (s) {
    case message_status::queued: return "queued";
    case message_status::accepted: return "accepted";
    case message_status::scheduled: return "scheduled";
    case message_status::sending: return "sending";
    case message_status::sent: return "sent";
    case message_status::delivered: return "delivered";
    case message_status::undelivered: return "undelivered";
    case message_status::failed: return "failed";
    case message_status::canceled: return "canceled";
    }
    return "";
}

bool is_final(message_status s) noexcept
{
    using enum message_status;
    return s == delivered || s == undelivered || s == failed || s == canceled;
}

life life_at(message_view const& m, simulator_options const& o, time_point now) noexcept
{
    bool const by_service = m.from.empty();
    time_point const start = m.send_at.value_or(m.accepted_at);
    life l;
    l.updated_at = m.accepted_at;
    l.sender_chosen = !by_service;
    l.status = m.send_at                          ? message_status::scheduled
               : !m.messaging_service_sid.empty() ? message_status::accepted
                                                  : message_status::queued;
    auto const step = [&](time_point when, message_status s) {
        if (now < when)
            return false;
        l.status = s;
        l.updated_at = when;
        return true;
    };
    if (m.canceled_at) {
        step(*m.canceled_at, message_status::canceled);
    } else if (now > start) {
        destiny const d = destiny_of(m, o);
        if (m.send_at)
            step(start, by_service ? message_status::accepted : message_status::queued);
        if (!by_service || now >= start + d.choosing)
            l.sender_chosen = true;
        if (!m.messaging_service_sid.empty())
            step(start + d.choosing, message_status::queued);
        bool const fails = d.last == message_status::failed;
        if (step(start + d.sending, fails ? message_status::failed : message_status::sending) && !fails &&
            step(start + d.sent, message_status::sent)) {
            l.sent_at = start + d.sent;
            if (d.last != message_status::sent)
                step(start + d.end, d.last);
        }
        if (l.status == d.last) {
            l.error_code = d.error.code;
            l.error_message = d.error.message;
        }
    }
    if (m.redacted_at)
        l.updated_at = std::max(l.updated_at, *m.redacted_at);
    return l;
}

} // namespace twilio_sms::detail::sim
