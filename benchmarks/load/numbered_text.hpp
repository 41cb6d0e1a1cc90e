// Texts that can be told apart, and recognised in the simulator's truth.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace twilio_sms::load {

/// Digits that no other run has.
std::string new_run_id();

/// Ends a text so that it can be numbered: " #RUN_ID-000000000000".
std::string numberable(std::string_view text, std::string_view run_id);

/// Writes a number into a text made by `numberable`, in place. Precondition: `number` is below 10^12.
void set_number(std::string& text, std::uint64_t number) noexcept;

/// The same for the last digits of a phone number, of which there must be `recipient_digits`.
void set_recipient(std::string& to, std::uint64_t digits) noexcept;
constexpr std::size_t recipient_digits = 7;

/// What they are; nothing when there are fewer.
std::optional<std::uint64_t> recipient_of(std::string_view to) noexcept;

/// The number in a text that may be quoted within other text; nothing when there is none of this run.
std::optional<std::uint64_t> find_number(std::string_view in, std::string_view run_id) noexcept;

} // namespace twilio_sms::load
