// What became of a campaign's rows.
#pragma once
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <twilio_sms/error.hpp>
#include <vector>

namespace twilio_sms::campaign {

/// Why a campaign ended before its last row.
enum class stop_reason : std::uint8_t {
    none,
    account,      ///< Twilio turns this account away, or our settings or the network cannot work: no other row would
                  ///< fare better
    interrupted,  ///< the user stopped it
    local_failure ///< the results file or the input file failed
};

/// "account", "interrupted", "local_failure"; "" for none.
std::string_view to_string(stop_reason reason) noexcept;

/// Rows by their end. Every row of the file is in exactly one of them once the campaign is over.
struct campaign_counts {
    std::uint64_t rows = 0; ///< in the file, by the check before the start
    std::uint64_t accepted = 0;
    std::uint64_t rejected = 0;
    std::uint64_t not_sent = 0;
    std::uint64_t unknown = 0;
    std::uint64_t skipped_invalid = 0;
    std::uint64_t skipped_duplicate = 0;

    std::uint64_t tried() const noexcept { return accepted + rejected + not_sent + unknown; }
    std::uint64_t finished() const noexcept { return tried() + skipped_invalid + skipped_duplicate; }

    /// Rows to which the campaign did not come because it was stopped; before its end, rows still to do.
    std::uint64_t not_attempted() const noexcept { return rows > finished() ? rows - finished() : 0; }

    void add(fate f) noexcept;
};

/// A message that was begun and whose line could not be written to the results file.
struct unrecorded_row {
    std::uint64_t row = 0;
    twilio_sms::fate fate = twilio_sms::fate::unknown;
};

struct campaign_summary {
    campaign_summary() = default; // not an aggregate: GCC 12 destroys those twice in co_await expressions

    campaign_counts counts;
    std::chrono::steady_clock::duration elapsed{};
    stop_reason stopped = stop_reason::none;
    std::string why; ///< one line, with `stopped`; numbers masked
    /// What the first message of each fate failed with, by fate; numbers masked; empty: none, and for `accepted`.
    std::array<std::string, 4> first_failures;
    std::vector<unrecorded_row> unrecorded; ///< at most as many as were in flight when the results file failed

    /// Messages that ended a second; 0 when there was no time to tell.
    double per_second() const noexcept;

    std::string const& first_failure(fate f) const noexcept { return first_failures[static_cast<std::size_t>(f)]; }
};

} // namespace twilio_sms::campaign
