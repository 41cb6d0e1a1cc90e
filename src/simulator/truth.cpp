#include "simulator/truth.hpp"
#include "simulator/json_text.hpp"
#include "simulator/random_bits.hpp"
#include "simulator/timestamp.hpp"
#include <algorithm>
#include <cstring>

namespace twilio_sms::detail::sim {
namespace {

constexpr std::size_t block_size = 256 * 1024;

std::string_view message_prefix(message_view const& m) noexcept
{
    return m.media_count != 0 ? "MM" : "SM";
}

std::uint64_t hash_of(std::string_view to, std::string_view body) noexcept
{
    std::hash<std::string_view> const hash;
    return mix_bits(hash(to)) + hash(body);
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
    }
    return "";
}

std::string_view to_string(message_status s) noexcept
{
    switch (s) {
    case message_status::queued: return "queued";
    case message_status::accepted: return "accepted";
    case message_status::scheduled: return "scheduled";
    }
    return "";
}

void truth::count_request()
{
    std::scoped_lock const lock(mutex_);
    ++requests_;
}

void truth::count_end(request_end e)
{
    std::scoped_lock const lock(mutex_);
    ++(e == request_end::rejected ? rejected_ : throttled_);
}

void truth::count_fault(simulated_fault f)
{
    std::scoped_lock const lock(mutex_);
    ++faults_[static_cast<std::size_t>(f)];
}

char* truth::take_text(std::size_t size)
{
    if (size > free_size_) {
        std::size_t const n = std::max(size, block_size);
        blocks_.push_back(std::make_unique_for_overwrite<char[]>(n));
        free_text_ = blocks_.back().get();
        free_size_ = n;
    }
    free_size_ -= size;
    return std::exchange(free_text_, free_text_ + size);
}

std::uint16_t truth::account_index(std::string_view account_sid)
{
    auto const found = std::ranges::find(accounts_, account_sid);
    if (found != accounts_.end())
        return static_cast<std::uint16_t>(found - accounts_.begin());
    accounts_.emplace_back(account_sid);
    return static_cast<std::uint16_t>(accounts_.size() - 1);
}

std::uint64_t truth::add(message_view const& m)
{
    std::scoped_lock const lock(mutex_);
    std::string_view const parts[] = {m.to, m.from, m.messaging_service_sid, m.body, m.media};
    std::size_t size = 0;
    for (auto const& part : parts)
        size += part.size();
    char* const text = take_text(size);
    char* end = text;
    for (auto const& part : parts)
        end = std::copy(part.begin(), part.end(), end);
    record r{};
    r.text = text;
    r.hash = hash_of(m.to, m.body);
    r.accepted_ms = m.accepted_at.time_since_epoch().count();
    r.body_size = static_cast<std::uint32_t>(m.body.size());
    r.media_size = static_cast<std::uint32_t>(m.media.size());
    r.to_size = static_cast<std::uint32_t>(m.to.size());
    r.from_size = static_cast<std::uint32_t>(m.from.size());
    r.account = account_index(m.account_sid);
    r.media_count = m.media_count;
    r.segments = m.segments;
    r.service_size = static_cast<std::uint8_t>(m.messaging_service_sid.size());
    r.status = m.status;
    r.reply = m.reply;
    records_.push_back(r);
    return first_ + records_.size() - 1;
}

void truth::set_reply(std::uint64_t number, reply_kind reply)
{
    std::scoped_lock const lock(mutex_);
    if (number >= first_ && number - first_ < records_.size()) // else cleared in the meantime
        records_[number - first_].reply = reply;
}

void truth::append_sid(std::string& out, std::uint64_t number, message_view const& message) const
{
    sids_.append(out, message_prefix(message), number);
}

message_view truth::view(record const& r) const noexcept
{
    message_view m;
    char const* at = r.text;
    auto const next = [&at](std::size_t size) { return std::string_view(std::exchange(at, at + size), size); };
    m.account_sid = accounts_[r.account];
    m.to = next(r.to_size);
    m.from = next(r.from_size);
    m.messaging_service_sid = next(r.service_size);
    m.body = next(r.body_size);
    m.media = next(r.media_size);
    m.media_count = r.media_count;
    m.segments = r.segments;
    m.status = r.status;
    m.reply = r.reply;
    m.accepted_at = std::chrono::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(r.accepted_ms));
    return m;
}

std::optional<std::uint64_t> truth::find(std::string_view account_sid, std::string_view sid) const noexcept
{
    auto const number = sids_.number_of(sid);
    if (!number || *number < first_ || *number - first_ >= records_.size())
        return std::nullopt;
    message_view const m = view(records_[*number - first_]);
    if (m.account_sid != account_sid || !sid.starts_with(message_prefix(m)))
        return std::nullopt;
    return number;
}

std::uint64_t truth::count_duplicates() const
{
    std::vector<std::uint64_t> hashes;
    hashes.reserve(records_.size());
    for (auto const& r : records_)
        hashes.push_back(r.hash);
    std::ranges::sort(hashes);
    auto const distinct = std::unique(hashes.begin(), hashes.end());
    return static_cast<std::uint64_t>(hashes.end() - distinct);
}

simulator_summary truth::summary() const
{
    std::scoped_lock const lock(mutex_);
    simulator_summary s;
    s.requests = requests_;
    s.accepted = records_.size();
    s.rejected = rejected_;
    s.throttled = throttled_;
    s.duplicates = count_duplicates();
    for (std::size_t i = 0; i < faults_.size(); ++i)
        if (faults_[i] != 0)
            s.faults[static_cast<simulated_fault>(i)] = faults_[i];
    return s;
}

std::vector<simulated_message> truth::messages() const
{
    std::scoped_lock const lock(mutex_);
    std::vector<simulated_message> all;
    all.reserve(records_.size());
    for (std::size_t i = 0; i < records_.size(); ++i) {
        message_view const m = view(records_[i]);
        simulated_message& out = all.emplace_back();
        append_sid(out.sid, first_ + i, m);
        out.account_sid = m.account_sid;
        out.to = m.to;
        out.from = m.from;
        out.messaging_service_sid = m.messaging_service_sid;
        out.body = m.body;
        for (auto media = m.media; !media.empty(); media.remove_prefix(media.find('\n') + 1))
            out.media_urls.emplace_back(media.substr(0, media.find('\n')));
        out.accepted_at = m.accepted_at;
        out.reply = to_string(m.reply);
    }
    return all;
}

bool truth::append_json_line(std::string& out, std::uint64_t epoch, std::size_t position) const
{
    std::scoped_lock const lock(mutex_);
    if (epoch != first_ || position >= records_.size())
        return false;
    message_view const m = view(records_[position]);
    out += "{\"sid\":\"";
    append_sid(out, first_ + position, m);
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
    for (auto media = m.media; !media.empty(); media.remove_prefix(media.find('\n') + 1)) {
        if (media.size() != m.media.size())
            out += ',';
        append_json_string(out, media.substr(0, media.find('\n')));
    }
    out += "],\"accepted_at\":\"";
    append_iso8601(out, m.accepted_at);
    out += "\",\"reply\":\"";
    out += to_string(m.reply);
    out += "\"}\n";
    return true;
}

std::uint64_t truth::epoch() const
{
    std::scoped_lock const lock(mutex_);
    return first_;
}

void truth::clear()
{
    std::scoped_lock const lock(mutex_);
    first_ += records_.size(); // SIDs are never given twice
    records_.clear();
    records_.shrink_to_fit();
    blocks_.clear();
    free_text_ = nullptr;
    free_size_ = 0;
    requests_ = rejected_ = throttled_ = 0;
    faults_ = {};
}

} // namespace twilio_sms::detail::sim
