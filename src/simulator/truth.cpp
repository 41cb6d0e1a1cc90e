#include "simulator/truth.hpp"
#include "simulator/random_bits.hpp"
#include <algorithm>
#include <functional>
#include <utility>

namespace twilio_sms::detail::sim {
namespace {

constexpr std::size_t block_size = 256 * 1024;
constexpr std::size_t fewest_buckets = 1024;
constexpr std::string_view media_prefix = "ME";
constexpr std::uint64_t most_media = 16; // of one message; Twilio takes 10

std::string_view message_prefix(message_view const& m) noexcept
{
    return m.media_count != 0 ? "MM" : "SM";
}

std::uint64_t hash_of(std::string_view text) noexcept
{
    return mix_bits(std::hash<std::string_view>()(text));
}

} // namespace

// --- counts ---

void truth::count_request()
{
    std::scoped_lock const lock(mutex_);
    ++counts_.requests;
}

void truth::count_end(request_end e)
{
    std::scoped_lock const lock(mutex_);
    ++(e == request_end::rejected ? counts_.rejected : counts_.throttled);
}

void truth::count_fault(simulated_fault f)
{
    std::scoped_lock const lock(mutex_);
    ++faults_[static_cast<std::size_t>(f)];
}

void truth::count_pending()
{
    std::scoped_lock const lock(mutex_);
    ++counts_.pending;
}

std::uint64_t truth::count_duplicates() const
{
    std::vector<std::uint64_t> hashes;
    hashes.reserve(records_.size());
    for (auto const& r : records_)
        if (!r.marks.foreign)
            hashes.push_back(r.hash);
    std::ranges::sort(hashes);
    auto const distinct = std::unique(hashes.begin(), hashes.end());
    return static_cast<std::uint64_t>(hashes.end() - distinct);
}

simulator_summary truth::summary() const
{
    std::scoped_lock const lock(mutex_);
    simulator_summary s = counts_;
    s.accepted = records_.size() - s.foreign;
    s.duplicates = count_duplicates();
    for (std::size_t i = 0; i < faults_.size(); ++i)
        if (faults_[i] != 0)
            s.faults[static_cast<simulated_fault>(i)] = faults_[i];
    return s;
}

// --- messages in ---

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
    r.hash = mix_bits(hash_of(m.to)) + hash_of(m.body);
    r.accepted_ms = m.accepted_at.time_since_epoch().count();
    r.queue_wait_ms = static_cast<std::uint32_t>(m.queue_wait.count());
    r.body_size = static_cast<std::uint32_t>(m.body.size());
    r.media_size = static_cast<std::uint32_t>(m.media.size());
    r.to_size = static_cast<std::uint32_t>(m.to.size());
    r.from_size = static_cast<std::uint32_t>(m.from.size());
    r.account = account_index(m.account_sid);
    r.media_count = m.media_count;
    r.service_size = static_cast<std::uint8_t>(m.messaging_service_sid.size());
    r.marks = m.marks;
    r.reply = m.reply;
    records_.push_back(r);
    auto const position = static_cast<std::uint32_t>(records_.size() - 1);
    std::uint64_t const number = first_ + position;
    if (m.send_at)
        dates_of(records_.back(), number).send_at = m.send_at;
    bool const is_newest = newest_ == nobody || r.accepted_ms >= records_[newest_].accepted_ms;
    if (records_.size() > buckets_.size())
        grow_buckets();
    else
        link(buckets_[bucket_of(m.to)], &record::older_in_bucket, position, is_newest);
    link(newest_, &record::older, position, is_newest);
    counts_.foreign += m.marks.foreign;
    if (m.marks.late) {
        ++counts_.late;
        --counts_.pending;
    }
    return number;
}

// Most messages are the newest, and need no look at others, which would wait for memory; a foreign one may be older.
void truth::link(std::uint32_t& head, std::uint32_t record::*older, std::uint32_t position, bool is_newest) noexcept
{
    record& added = records_[position];
    std::uint32_t* at = &head;
    while (!is_newest && *at != nobody && records_[*at].accepted_ms > added.accepted_ms)
        at = &(records_[*at].*older);
    added.*older = std::exchange(*at, position);
}

void truth::grow_buckets()
{
    buckets_.assign(std::max(fewest_buckets, 2 * buckets_.size()), nobody);
    auto newest_ms = INT64_MIN;
    for (std::uint32_t i = 0; i < records_.size(); ++i) {
        record const& r = records_[i];
        bool const is_newest = r.accepted_ms >= newest_ms;
        link(buckets_[bucket_of({r.text, r.to_size})], &record::older_in_bucket, i, is_newest);
        newest_ms = std::max(newest_ms, r.accepted_ms);
    }
}

std::size_t truth::bucket_of(std::string_view to) const noexcept
{
    return hash_of(to) & (buckets_.size() - 1);
}

truth::record* truth::record_of(std::uint64_t number) noexcept
{
    if (number < first_ || number - first_ >= records_.size())
        return nullptr; // cleared in the meantime
    return &records_[number - first_];
}

truth::dates& truth::dates_of(record& r, std::uint64_t number)
{
    r.has_dates = true;
    return dates_[number];
}

void truth::set_reply(std::uint64_t number, reply_kind reply)
{
    std::scoped_lock const lock(mutex_);
    if (auto* const r = record_of(number))
        r->reply = reply;
}

void truth::set_canceled(std::uint64_t number, time_point when)
{
    std::scoped_lock const lock(mutex_);
    if (auto* const r = record_of(number))
        dates_of(*r, number).canceled_at = when;
}

void truth::set_redacted(std::uint64_t number, time_point when)
{
    std::scoped_lock const lock(mutex_);
    if (auto* const r = record_of(number))
        dates_of(*r, number).redacted_at = when;
}

void truth::set_deleted(std::uint64_t number)
{
    std::scoped_lock const lock(mutex_);
    auto* const r = record_of(number);
    if (!r || r->marks.deleted)
        return;
    r->marks.deleted = true;
    counts_.deleted += !r->marks.foreign;
}

void truth::set_media_removed(std::uint64_t number, unsigned index)
{
    std::scoped_lock const lock(mutex_);
    if (record_of(number))
        removed_media_[number] |= static_cast<std::uint16_t>(1u << index);
}

void truth::set_feedback(std::uint64_t number, feedback_outcome outcome)
{
    std::scoped_lock const lock(mutex_);
    if (record_of(number))
        feedback_[number] = outcome;
}

void truth::clear()
{
    std::scoped_lock const lock(mutex_);
    first_ += records_.size(); // SIDs are never given twice
    records_.clear();
    records_.shrink_to_fit();
    dates_.clear();
    removed_media_.clear();
    feedback_.clear();
    newest_ = nobody;
    buckets_.clear();
    blocks_.clear();
    free_text_ = nullptr;
    free_size_ = 0;
    counts_ = simulator_summary();
    faults_ = {};
}

// --- messages out ---

void truth::append_sid(std::string& out, std::uint64_t number, message_view const& message) const
{
    sids_.append(out, message_prefix(message), number);
}

void truth::append_media_sid(std::string& out, std::uint64_t number, unsigned index) const
{
    sids_.append(out, media_prefix, number * most_media + index);
}

std::optional<unsigned> truth::media_index(message_view const& m, std::string_view media_sid) const
{
    auto const found = media_sid.starts_with(media_prefix) ? sids_.number_of(media_sid) : std::nullopt;
    if (!found || *found / most_media != m.number)
        return std::nullopt;
    auto const index = static_cast<unsigned>(*found % most_media);
    if (index >= m.media_count || (m.removed_media >> index & 1u) != 0)
        return std::nullopt;
    return index;
}

message_view truth::view(std::size_t position) const
{
    record const& r = records_[position];
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
    m.marks = r.marks;
    m.reply = r.reply;
    m.accepted_at = time_point(std::chrono::milliseconds(r.accepted_ms));
    m.queue_wait = std::chrono::milliseconds(r.queue_wait_ms);
    m.number = first_ + position;
    m.position = position;
    if (auto const removed = m.media_count != 0 ? removed_media_.find(m.number) : removed_media_.end();
        removed != removed_media_.end())
        m.removed_media = removed->second;
    if (r.has_dates) {
        auto const& d = dates_.at(m.number);
        m.send_at = d.send_at;
        m.canceled_at = d.canceled_at;
        m.redacted_at = d.redacted_at;
    }
    return m;
}

std::optional<message_view> truth::find(std::string_view account_sid, std::string_view sid) const
{
    std::scoped_lock const lock(mutex_);
    auto const number = sids_.number_of(sid);
    if (!number || *number < first_ || *number - first_ >= records_.size())
        return std::nullopt;
    message_view const m = view(*number - first_);
    if (m.account_sid != account_sid || !sid.starts_with(message_prefix(m)))
        return std::nullopt;
    return m;
}

} // namespace twilio_sms::detail::sim
