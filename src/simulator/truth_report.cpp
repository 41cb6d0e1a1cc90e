// The truth for those who ask for all of it.
#include "simulator/json_text.hpp"
#include "simulator/timestamp.hpp"
#include "simulator/truth.hpp"

namespace twilio_sms::detail::sim {
namespace {

template <class Use>
void for_each_media(std::string_view media, Use use)
{
    for (; !media.empty(); media.remove_prefix(media.find('\n') + 1))
        use(media.substr(0, media.find('\n')));
}

} // namespace

std::string_view to_string(reply_kind k) noexcept
{
    switch (k) {
    case reply_kind::pending: return "pending";
    case reply_kind::sent: return "sent";
    case reply_kind::lost: return "lost";
    case reply_kind::reset: return "reset";
    case reply_kind::stalled: return "stalled";
    case reply_kind::error: return "error";
    case reply_kind::client_gone: return "client_gone";
    case reply_kind::cut: return "cut";
    case reply_kind::garbled: return "garbled";
    case reply_kind::none: return "none";
    }
    return "";
}

std::string_view to_string(feedback_outcome o) noexcept
{
    switch (o) {
    case feedback_outcome::none: break;
    case feedback_outcome::confirmed: return "confirmed";
    case feedback_outcome::unconfirmed: return "unconfirmed";
    }
    return "";
}

std::string_view truth::feedback_on(std::uint64_t number) const
{
    auto const given = feedback_.find(number);
    return given == feedback_.end() ? std::string_view() : to_string(given->second);
}

std::vector<simulated_message> truth::messages() const
{
    std::scoped_lock const lock(mutex_);
    std::vector<simulated_message> all;
    all.reserve(records_.size());
    for (std::size_t i = 0; i < records_.size(); ++i) {
        message_view const m = view(i);
        simulated_message& out = all.emplace_back();
        append_sid(out.sid, m.number, m);
        out.account_sid = m.account_sid;
        out.to = m.to;
        out.from = m.from;
        out.messaging_service_sid = m.messaging_service_sid;
        out.body = m.body;
        for_each_media(m.media, [&](std::string_view url) { out.media_urls.emplace_back(url); });
        out.accepted_at = m.accepted_at;
        out.reply = to_string(m.reply);
        out.foreign = m.marks.foreign;
        out.late = m.marks.late;
        out.deleted = m.marks.deleted;
        out.feedback = feedback_on(m.number);
    }
    return all;
}

bool truth::append_json_line(std::string& out, std::uint64_t epoch, std::size_t position) const
{
    std::scoped_lock const lock(mutex_);
    if (epoch != first_ || position >= records_.size())
        return false;
    message_view const m = view(position);
    out += "{\"sid\":\"";
    append_sid(out, m.number, m);
    out += "\",\"account_sid\":";
    append_json_string(out, m.account_sid);
    out += ",\"to\":";
    append_json_string(out, m.to);
    out += ",\"from\":";
    append_json_string_or_null(out, m.from);
    out += ",\"messaging_service_sid\":";
    append_json_string_or_null(out, m.messaging_service_sid);
    out += ",\"body\":";
    append_json_string(out, m.body);
    out += ",\"media\":[";
    for_each_media(m.media, [&, first = true](std::string_view url) mutable {
        if (!std::exchange(first, false))
            out += ',';
        append_json_string(out, url);
    });
    out += "],\"accepted_at\":\"";
    append_iso8601(out, m.accepted_at);
    out += "\",\"reply\":\"";
    out += to_string(m.reply);
    out += '"';
    for (auto const& [name, is_so] : {std::pair("foreign", m.marks.foreign), std::pair("late", m.marks.late),
                                      std::pair("deleted", m.marks.deleted)}) {
        out += ",\"";
        out += name;
        out += is_so ? "\":true" : "\":false";
    }
    out += ",\"feedback\":";
    append_json_string_or_null(out, feedback_on(m.number));
    out += "}\n";
    return true;
}

std::uint64_t truth::epoch() const
{
    std::scoped_lock const lock(mutex_);
    return first_;
}

} // namespace twilio_sms::detail::sim
