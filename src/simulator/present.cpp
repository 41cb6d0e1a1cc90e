#include "simulator/message_json.hpp"
#include "simulator/random_bits.hpp"
#include <functional>
#include <twilio_sms/segments.hpp>

namespace twilio_sms::detail::sim {
namespace {

constexpr std::string_view trial_text = "Sent from your Twilio trial account - ";

std::string_view shown_body(message_view const& m, simulator_options const& o, std::string& storage)
{
    if (m.redacted_at)
        return {};
    bool const smart = o.smart_encoding || m.marks.smart_encoded;
    if (!smart && !o.trial_prefix)
        return m.body;
    storage.clear();
    if (o.trial_prefix)
        storage += trial_text;
    if (smart)
        storage += smart_encoded(m.body);
    else
        storage += m.body;
    return storage;
}

// A service keeps to the sender that it once chose for a recipient.
std::string_view sender_for(std::string_view to, simulator_account const& account) noexcept
{
    if (account.numbers.empty())
        return "+15005550006";
    return account.numbers[mix_bits(std::hash<std::string_view>()(to)) % account.numbers.size()];
}

std::uint16_t segments_of(message_view const& m, std::string_view body)
{
    return m.media_count != 0 ? 1 : static_cast<std::uint16_t>(count_segments(body).segments);
}

} // namespace

message_resource present(message_view const& m, simulator_account const& account, simulator_options const& o,
                         time_point now, std::string& storage)
{
    life const l = life_at(m, o, now);
    auto const shown = [&](time_point t) { return std::chrono::floor<std::chrono::seconds>(t + o.clock_skew); };
    message_resource r;
    r.account_sid = m.account_sid;
    r.to = m.to;
    r.messaging_service_sid = m.messaging_service_sid;
    r.body = shown_body(m, o, storage);
    r.media_count = m.media_count;
    if (l.sender_chosen) {
        r.from = m.from.empty() ? sender_for(m.to, account) : m.from;
        r.segments = segments_of(m, m.redacted_at ? m.body : r.body);
    }
    r.status = l.status;
    r.error_code = l.error_code;
    r.error_message = l.error_message;
    r.created = shown(m.accepted_at);
    r.updated = shown(l.updated_at);
    if (l.sent_at)
        r.sent = shown(*l.sent_at);
    return r;
}

} // namespace twilio_sms::detail::sim
