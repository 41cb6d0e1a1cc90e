// What was told about each message, against what the simulator took.
#pragma once
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <twilio_sms/error.hpp>
#include <vector>

namespace twilio_sms::load {

/// Values from 0 to 3, four to a byte. Grows by little steps, since it does so between sends.
class small_values {
public:
    std::uint64_t size() const noexcept { return size_; }
    void resize(std::uint64_t size);
    unsigned operator[](std::uint64_t at) const noexcept;
    void set(std::uint64_t at, unsigned value) noexcept;

private:
    std::deque<std::uint8_t> fours_;
    std::uint64_t size_ = 0;
};

/// What one thread was told about its messages.
class told {
public:
    enum outcome : unsigned { nothing, accepted, refused, unknown }; // refused: rejected or not sent

    void begin(); ///< the next message
    void ended(std::uint64_t place, fate f) noexcept;
    std::uint64_t size() const noexcept { return all_.size(); }
    outcome operator[](std::uint64_t place) const noexcept { return static_cast<outcome>(all_[place]); }

private:
    small_values all_;
};

struct audit_result {
    std::uint64_t taken = 0;         ///< by the simulator, of this run, repeats included
    std::uint64_t lost = 0;          ///< told accepted, but not taken
    std::uint64_t duplicated = 0;    ///< taken beyond the first time
    std::uint64_t wrong = 0;         ///< told rejected, not sent or nothing at all, but taken
    std::uint64_t unknown = 0;       ///< told that nobody knows
    std::uint64_t unknown_taken = 0; ///< of these taken
    std::uint64_t pending = 0;       ///< that the simulator was still going to take when it was asked

    bool clean() const noexcept { return lost == 0 && duplicated == 0 && wrong == 0 && pending == 0; }
};

/// Takes the truth line by line. The number of a message is `place * lanes + lane`.
class audit {
public:
    audit(std::vector<told const*> lanes, std::string run_id);

    void add(std::string_view truth_line);
    audit_result result() const;

private:
    std::vector<told const*> lanes_;
    std::string run_id_;
    small_values times_taken_; // 2: or more
    audit_result so_far_;
};

} // namespace twilio_sms::load
