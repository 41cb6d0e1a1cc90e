#include "core/retry_after.hpp"
#include <algorithm>
#include <array>
#include <charconv>

namespace twilio_sms::detail {
namespace {

constexpr std::chrono::seconds longest_wait = std::chrono::hours(24);

// Takes exactly `digits` digits off the front.
std::optional<int> take_number(std::string_view& text, std::size_t digits) noexcept
{
    if (text.size() < digits)
        return std::nullopt;
    int n = 0;
    for (char c : text.substr(0, digits)) {
        if (c < '0' || c > '9')
            return std::nullopt;
        n = n * 10 + (c - '0');
    }
    text.remove_prefix(digits);
    return n;
}

bool take(std::string_view& text, std::string_view expected) noexcept
{
    if (!text.starts_with(expected))
        return false;
    text.remove_prefix(expected.size());
    return true;
}

std::optional<unsigned> take_month(std::string_view& text) noexcept
{
    static constexpr std::array<std::string_view, 12> names{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    auto const at = std::ranges::find(names, text.substr(0, 3));
    if (at == names.end())
        return std::nullopt;
    text.remove_prefix(3);
    return static_cast<unsigned>(at - names.begin()) + 1;
}

} // namespace

std::optional<std::chrono::sys_seconds> parse_date(std::string_view text) noexcept
{
    if (text.size() < 5 || text.substr(3, 2) != ", ")
        return std::nullopt;
    text.remove_prefix(5);
    auto const day = take_number(text, 2);
    if (!day || !take(text, " "))
        return std::nullopt;
    auto const month = take_month(text);
    if (!month || !take(text, " "))
        return std::nullopt;
    auto const year = take_number(text, 4);
    if (!year || !take(text, " "))
        return std::nullopt;
    auto const hour = take_number(text, 2);
    if (!hour || !take(text, ":"))
        return std::nullopt;
    auto const minute = take_number(text, 2);
    if (!minute || !take(text, ":"))
        return std::nullopt;
    auto const second = take_number(text, 2);
    if (!second || (text != " GMT" && text != " +0000"))
        return std::nullopt;
    std::chrono::year_month_day const date{std::chrono::year(*year), std::chrono::month(*month),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60) // 60: a leap second
        return std::nullopt;
    return std::chrono::sys_days(date) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
           std::chrono::seconds(*second);
}

std::optional<std::chrono::seconds> parse_retry_after(std::string_view value, std::chrono::sys_seconds now) noexcept
{
    long long seconds = 0;
    auto const [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
    if (end == value.data() + value.size() && !value.empty() && value.front() != '-') {
        if (error == std::errc::result_out_of_range)
            return longest_wait;
        return std::min(std::chrono::seconds(seconds), longest_wait);
    }
    if (auto const date = parse_date(value))
        return std::clamp(*date - now, std::chrono::seconds(0), longest_wait);
    return std::nullopt;
}

} // namespace twilio_sms::detail
