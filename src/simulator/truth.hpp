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
#include <vector>

namespace twilio_sms::detail::sim {

enum class reply_kind : std::uint8_t { pending, sent, lost, reset, stalled, error, client_gone };
std::string_view to_string(reply_kind k) noexcept;

enum class message_status : std::uint8_t { queued, accepted, scheduled };
std::string_view to_string(message_status s) noexcept;

/// One accepted message. The texts belong to whoever made it.
struct message_view {
    std::string_view account_sid;
    std::string_view to;
    std::string_view from;
    std::string_view messaging_service_sid;
    std::string_view body;
    std::string_view media; ///< URLs, each followed by a line end
    std::uint16_t media_count = 0;
    std::uint16_t segments = 0; ///< 0: not known yet
    message_status status = message_status::queued;
    reply_kind reply = reply_kind::pending;
    std::chrono::sys_time<std::chrono::milliseconds> accepted_at{};
};

enum class request_end : std::uint8_t { rejected, throttled };

/// Thread-safe. About 80 bytes for each message beside its texts.
class truth {
public:
    /// `nonce` makes this run's SIDs.
    explicit truth(std::uint64_t nonce) noexcept : sids_(nonce) {}

    void count_request();
    void count_end(request_end e);
    void count_fault(simulated_fault f);

    /// Returns the message's number, for `set_reply` and its SID.
    std::uint64_t add(message_view const& message);
    void set_reply(std::uint64_t number, reply_kind reply);

    void append_sid(std::string& out, std::uint64_t number, message_view const& message) const;

    /// Calls `use(message)` for the message with this SID of this account. False when there is none.
    template <class Use>
    bool with_message(std::string_view account_sid, std::string_view sid, Use&& use) const
    {
        std::scoped_lock const lock(mutex_);
        auto const number = find(account_sid, sid);
        if (!number)
            return false;
        use(view(records_[*number - first_]));
        return true;
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
        std::uint32_t body_size;
        std::uint32_t media_size;
        std::uint32_t to_size;
        std::uint32_t from_size;
        std::uint16_t account; // index in accounts_
        std::uint16_t media_count;
        std::uint16_t segments;
        std::uint8_t service_size;
        message_status status;
        reply_kind reply;
    };

    std::optional<std::uint64_t> find(std::string_view account_sid, std::string_view sid) const noexcept;
    message_view view(record const& r) const noexcept;
    char* take_text(std::size_t size);
    std::uint16_t account_index(std::string_view account_sid);
    std::uint64_t count_duplicates() const;

    std::mutex mutable mutex_;
    sid_sequence sids_;
    std::vector<record> records_;
    std::vector<std::unique_ptr<char[]>> blocks_;
    char* free_text_ = nullptr;
    std::size_t free_size_ = 0;
    std::vector<std::string> accounts_;
    std::uint64_t first_ = 0; // number of records_[0]
    std::uint64_t requests_ = 0;
    std::uint64_t rejected_ = 0;
    std::uint64_t throttled_ = 0;
    std::array<std::uint64_t, simulated_fault_count> faults_{};
};

} // namespace twilio_sms::detail::sim
