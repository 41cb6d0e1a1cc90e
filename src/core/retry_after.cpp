#include "core/retry_after.hpp"
#include <algorithm>
#include <charconv>

namespace twilio_sms::detail {
namespace {

constexpr std::chrono::seconds longest_wait = std::chrono::hours(24);

// The number that `count` digits at a place make; below 0 when one of them is none.
constexpr int number_at(std::string_view text, std::size_t at, std::size_t count) noexcept
{
    int n = 0;
    for (char c : text.substr(at, count)) {
        if (c < '0' || c > '9')
            return -1;
        n = n * 10 + (c - '0');
    }
    return n;
}

// 1 for Jan; 0 for no month.
constexpr unsigned month_at(std::string_view text, std::size_t at) noexcept
{
    constexpr std::string_view names = "JanFebMarAprMayJunJulAugSepOctNovDec";
    for (std::size_t i = 0; i != names.size(); i += 3)
        if (names[i] == text[at] && names[i + 1] == text[at + 1] && names[i + 2] == text[at + 2])
            return static_cast<unsigned>(i / 3) + 1;
    return 0;
}

// Letters and digits may be anything, the rest is as there.
constexpr bool has_shape(std::string_view text, std::string_view shape) noexcept
{
    for (std::size_t i = 0; i != shape.size(); ++i)
        if (char const c = shape[i]; (c == ',' || c == ' ' || c == ':') && text[i] != c)
            return false;
    return true;
}

} // namespace

// Every reply of Twilio has one: so no parser, since the form is fixed.
std::optional<std::chrono::sys_seconds> parse_date(std::string_view text) noexcept
{
    constexpr std::string_view shape = "Fri, 03 Nov 2023 17:23:23 ";
    if (text.size() < shape.size() || !has_shape(text, shape))
        return std::nullopt;
    if (auto const zone = text.substr(shape.size()); zone != "GMT" && zone != "+0000")
        return std::nullopt;
    int const day = number_at(text, 5, 2), year = number_at(text, 12, 4);
    int const hour = number_at(text, 17, 2), minute = number_at(text, 20, 2), second = number_at(text, 23, 2);
    if (day < 0 || year < 0 || hour < 0 || minute < 0 || second < 0)
        return std::nullopt;
    std::chrono::year_month_day const date{std::chrono::year(year), std::chrono::month(month_at(text, 8)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok() || hour > 23 || minute > 59 || second > 60) // 60: a leap second
        return std::nullopt;
    return std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
           std::chrono::seconds(second);
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
