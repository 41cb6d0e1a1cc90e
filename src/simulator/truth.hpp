// What the simulator accepted, and what it told the clients: the measure for every test.
#pragma once
#include "simulator/sid.hpp"
#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <twilio_sms/simulator.hpp>
#include <unordered_map>
#include <vector>

namespace twilio_sms::detail::sim {

using time_point = std::chrono::sys_time<std::chrono::milliseconds>;

enum class reply_kind : std::uint8_t { pending, sent, lost, reset, stalled, error, client_gone, cut, garbled, none };
std::string_view to_string(reply_kind k) noexcept;

/// Of whom or what a message is, beside its texts.
struct message_marks {
    bool foreign : 1 = false;       ///< another program's
    bool late : 1 = false;          ///< accepted after its client was left without a reply
    bool deleted : 1 = false;       ///< by the client
    bool smart_encoded : 1 = false; ///< as asked for
    bool overflowed : 1 = false;    ///< its service's queue was full
};

/// One accepted message. The texts belong to whoever made it.
struct message_view {
    std::string_view account_sid;
    std::string_view to;
    std::string_view from; ///< empty: a messaging service chooses
    std::string_view messaging_service_sid;
    std::string_view body;
    std::string_view media; ///< URLs, each followed by a line end
    std::uint16_t media_count = 0;
    std::uint16_t removed_media = 0; ///< a bit for each of them, the lowest for the first
    message_marks marks;
    reply_kind reply = reply_kind::pending;
    time_point accepted_at{};
    std::chrono::milliseconds queue_wait{0}; ///< until the sender has sent what came before
    std::optional<time_point> send_at;       ///< it is scheduled
    std::optional<time_point> canceled_at;
    std::optional<time_point> redacted_at;

    std::uint64_t number = 0;   ///< given by the truth; never the same again
    std::uint64_t position = 0; ///< given by the truth: from 0, anew after `clear`
};

enum class request_end : std::uint8_t { rejected, throttled };

/// What a client told Twilio about a message's recipient.
enum class feedback_outcome : std::uint8_t { none, confirmed, unconfirmed };
std::string_view to_string(feedback_outcome o) noexcept;

/// Thread-safe. About 80 bytes for each message beside its texts.
class truth {
public:
    /// `nonce` makes this run's SIDs.
    explicit truth(std::uint64_t nonce) noexcept : sids_(nonce) {}

    void count_request();
    void count_end(request_end e);
    void count_fault(simulated_fault f);
    void count_pending(); ///< a message that `add` will get, marked late

    /// Returns the message's number, for `set_reply` and its SID. Messages need not come in the order of acceptance.
    std::uint64_t add(message_view const& message);

    void set_reply(std::uint64_t number, reply_kind reply);
    void set_canceled(std::uint64_t number, time_point when);
    void set_redacted(std::uint64_t number, time_point when);
    void set_deleted(std::uint64_t number);
    void set_media_removed(std::uint64_t number, unsigned index);
    void set_feedback(std::uint64_t number, feedback_outcome outcome);

    void append_sid(std::string& out, std::uint64_t number, message_view const& message) const;
    void append_media_sid(std::string& out, std::uint64_t number, unsigned index) const;

    /// Which of the message's media this is; nothing when it is none, or was removed.
    std::optional<unsigned> media_index(message_view const& message, std::string_view media_sid) const;

    /// The message with this SID of this account, deleted ones too. Its texts live until `clear`.
    std::optional<message_view> find(std::string_view account_sid, std::string_view sid) const;

    /// Calls `use(message)` for one message after the other, the last accepted first, until it returns false.
    /// With `to` only for messages to that recipient, at no cost for the others. Begins after message `after`, if
    /// given, which must be such a one.
    template <class Use>
    void newest_first(std::string_view to, std::optional<std::uint64_t> after, Use&& use) const
    {
        std::scoped_lock const lock(mutex_);
        auto const link = to.empty() ? &record::older : &record::older_in_bucket;
        std::uint32_t at = to.empty() ? newest_ : buckets_.empty() ? nobody : buckets_[bucket_of(to)];
        if (after)
            at = records_[*after - first_].*link;
        for (; at != nobody; at = records_[at].*link) {
            message_view const m = view(at);
            if ((to.empty() || m.to == to) && !use(m))
                return;
        }
    }

    simulator_summary summary() const;
    std::vector<simulated_message> messages() const;

    /// Appends one JSON line for the message at `position`; false when there are no more. With `epoch` from `epoch()`:
    /// also false after `clear`.
    bool append_json_line(std::string& out, std::uint64_t epoch, std::size_t position) const;
    std::uint64_t epoch() const;

    void clear();

private:
    struct record {
        char const* text;   // to, from, service, body, media, one after the other
        std::uint64_t hash; // of recipient and text
        std::int64_t accepted_ms;
        std::uint32_t older;           // position of the message accepted before this one
        std::uint32_t older_in_bucket; // the same among those whose recipients share a bucket
        std::uint32_t queue_wait_ms;
        std::uint32_t body_size;
        std::uint32_t media_size;
        std::uint32_t to_size;
        std::uint32_t from_size;
        std::uint16_t account; // index in accounts_
        std::uint16_t media_count;
        std::uint8_t service_size;
        bool has_dates; // in dates_
        message_marks marks;
        reply_kind reply;
    };
    /// What few messages have.
    struct dates {
        std::optional<time_point> send_at;
        std::optional<time_point> canceled_at;
        std::optional<time_point> redacted_at;
    };
    static constexpr std::uint32_t nobody = UINT32_MAX;

    record* record_of(std::uint64_t number) noexcept;
    dates& dates_of(record& r, std::uint64_t number);
    message_view view(std::size_t position) const;
    std::string_view feedback_on(std::uint64_t number) const;
    void link(std::uint32_t& head, std::uint32_t record::*older, std::uint32_t position, bool is_newest) noexcept;
    void grow_buckets();
    std::size_t bucket_of(std::string_view to) const noexcept;
    char* take_text(std::size_t size);
    std::uint16_t account_index(std::string_view account_sid);
    std::uint64_t count_duplicates() const;

    std::mutex mutable mutex_;
    sid_sequence sids_;
    std::vector<record> records_;
    std::unordered_map<std::uint64_t, dates> dates_; // by number, as the next two
    std::unordered_map<std::uint64_t, std::uint16_t> removed_media_;
    std::unordered_map<std::uint64_t, feedback_outcome> feedback_;
    std::uint32_t newest_ = nobody;
    std::vector<std::uint32_t> buckets_; // by recipient, the newest of each; a power of two of them
    std::vector<std::unique_ptr<char[]>> blocks_;
    char* free_text_ = nullptr;
    std::size_t free_size_ = 0;
    std::vector<std::string> accounts_;
    std::uint64_t first_ = 0;  // number of records_[0]
    simulator_summary counts_; // those that are not counted when they are asked for
    std::array<std::uint64_t, simulated_fault_count> faults_{};
};

} // namespace twilio_sms::detail::sim
