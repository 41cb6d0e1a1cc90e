#include "numbered_text.hpp"
#include <charconv>
#include <random>

namespace twilio_sms::load {
namespace {

constexpr std::size_t digits = 12;

std::string marker(std::string_view run_id)
{
    return " #" + std::string(run_id) + "-";
}

void write_at_end(std::string& text, std::size_t count, std::uint64_t number) noexcept
{
    for (auto at = text.rbegin(); count-- > 0; number /= 10)
        *at++ = static_cast<char>('0' + number % 10);
}

std::optional<std::uint64_t> read(std::string_view all_digits) noexcept
{
    std::uint64_t number = 0;
    auto const [end, ec] = std::from_chars(all_digits.data(), all_digits.data() + all_digits.size(), number);
    return ec == std::errc() && end == all_digits.data() + all_digits.size() ? std::optional(number) : std::nullopt;
}

} // namespace

std::string new_run_id()
{
    std::random_device chance;
    std::string id;
    while (id.size() < 16)
        id += "0123456789abcdef"[chance() & 15];
    return id;
}

std::string numberable(std::string_view text, std::string_view run_id)
{
    return std::string(text) + marker(run_id) + std::string(digits, '0');
}

void set_number(std::string& text, std::uint64_t number) noexcept
{
    write_at_end(text, digits, number);
}

void set_recipient(std::string& to, std::uint64_t last) noexcept
{
    write_at_end(to, recipient_digits, last);
}

std::optional<std::uint64_t> recipient_of(std::string_view to) noexcept
{
    return to.size() < recipient_digits ? std::nullopt : read(to.substr(to.size() - recipient_digits));
}

std::optional<std::uint64_t> find_number(std::string_view in, std::string_view run_id) noexcept
{
    auto const found = in.find(run_id);
    if (found == in.npos)
        return std::nullopt;
    auto const rest = in.substr(found + run_id.size());
    if (rest.size() <= digits || rest.front() != '-')
        return std::nullopt;
    return read(rest.substr(1, digits));
}

} // namespace twilio_sms::load
