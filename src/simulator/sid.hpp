// SIDs that look random and yet tell their number, so that no index is needed to find a message.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace twilio_sms::detail::sim {

/// SIDs of one kind of thing for one run of the simulator. `nonce` makes them differ from run to run.
class sid_sequence {
public:
    explicit sid_sequence(std::uint64_t nonce) noexcept : nonce_(nonce) {}

    /// Appends `prefix` and 32 lower-case hex digits, different for each number.
    void append(std::string& out, std::string_view prefix, std::uint64_t number) const;

    /// The number of a SID made by `append`, without regard to its prefix; nothing for any other text.
    std::optional<std::uint64_t> number_of(std::string_view sid) const noexcept;

private:
    std::uint64_t nonce_;
};

} // namespace twilio_sms::detail::sim
