#include "simulator/sid.hpp"
#include "simulator/random_bits.hpp"

namespace twilio_sms::detail::sim {
namespace {

// Multiplying by an odd number can be undone modulo 2^64.
constexpr std::uint64_t spread = 0x9e3779b97f4a7c15u;

constexpr std::uint64_t inverse_of(std::uint64_t odd) noexcept
{
    std::uint64_t x = odd; // right in 3 bits; Newton's method doubles them
    for (int i = 0; i < 5; ++i)
        x *= 2 - odd * x;
    return x;
}
constexpr std::uint64_t gather = inverse_of(spread);
static_assert(spread * gather == 1);

void append_hex(std::string& out, std::uint64_t x)
{
    static constexpr char digits[] = "0123456789abcdef";
    char text[16];
    for (std::size_t i = 16; i-- > 0; x >>= 4)
        text[i] = digits[x & 15];
    out.append(text, sizeof text);
}

std::optional<std::uint64_t> parse_hex(std::string_view text) noexcept
{
    std::uint64_t x = 0;
    for (char const c : text) {
        unsigned digit = 0;
        if (c >= '0' && c <= '9')
            digit = static_cast<unsigned>(c - '0');
        else if (c >= 'a' && c <= 'f')
            digit = static_cast<unsigned>(c - 'a') + 10;
        else
            return std::nullopt;
        x = x << 4 | digit;
    }
    return x;
}

} // namespace

void sid_sequence::append(std::string& out, std::string_view prefix, std::uint64_t number) const
{
    std::uint64_t const first = (number + nonce_) * spread;
    out += prefix;
    append_hex(out, first);
    append_hex(out, mix_bits(first ^ nonce_));
}

std::optional<std::uint64_t> sid_sequence::number_of(std::string_view sid) const noexcept
{
    if (sid.size() != 34)
        return std::nullopt;
    auto const first = parse_hex(sid.substr(2, 16));
    auto const second = parse_hex(sid.substr(18));
    if (!first || second != mix_bits(*first ^ nonce_))
        return std::nullopt;
    return *first * gather - nonce_;
}

} // namespace twilio_sms::detail::sim
