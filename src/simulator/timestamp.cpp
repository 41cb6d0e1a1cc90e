#include "simulator/timestamp.hpp"
#include <cstdio>

namespace twilio_sms::detail::sim {
namespace {

using namespace std::chrono;

// A number of exactly `digits` digits within limits, taken off the front; -1 when there is none.
int take_number(std::string_view& text, std::size_t digits, int low, int high) noexcept
{
    if (text.size() < digits)
        return -1;
    int n = 0;
    for (char const c : text.substr(0, digits)) {
        if (c < '0' || c > '9')
            return -1;
        n = n * 10 + (c - '0');
    }
    text.remove_prefix(digits);
    return n < low || n > high ? -1 : n;
}

bool take(std::string_view& text, char c) noexcept
{
    if (text.empty() || text[0] != c)
        return false;
    text.remove_prefix(1);
    return true;
}

// "Z" or "+02:00"; the whole rest of the text.
std::optional<minutes> take_offset(std::string_view text) noexcept
{
    if (text == "Z" || text == "z")
        return minutes{0};
    bool const negative = !text.empty() && text[0] == '-';
    if (!negative && (text.empty() || text[0] != '+'))
        return std::nullopt;
    text.remove_prefix(1);
    int const h = take_number(text, 2, 0, 23);
    if (h < 0)
        return std::nullopt;
    take(text, ':');
    int const m = take_number(text, 2, 0, 59);
    if (m < 0 || !text.empty())
        return std::nullopt;
    auto const offset = hours{h} + minutes{m};
    return negative ? -offset : offset;
}

} // namespace

void append_rfc2822(std::string& out, sys_seconds t)
{
    static constexpr char const* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr char const* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    auto const day = floor<std::chrono::days>(t);
    year_month_day const date(day);
    hh_mm_ss const time(t - day);
    char text[64];
    int const size =
        std::snprintf(text, sizeof text, "%s, %02u %s %04d %02d:%02d:%02d +0000", days[weekday(day).c_encoding()],
                      static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
                      static_cast<int>(date.year()), static_cast<int>(time.hours().count()),
                      static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()));
    out.append(text, static_cast<std::size_t>(size));
}

void append_iso8601(std::string& out, sys_time<milliseconds> t)
{
    auto const day = floor<std::chrono::days>(t);
    year_month_day const date(day);
    hh_mm_ss const time(t - day);
    char text[64];
    int const size =
        std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                      static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                      static_cast<int>(time.seconds().count()), static_cast<int>(time.subseconds().count()));
    out.append(text, static_cast<std::size_t>(size));
}

std::optional<sys_seconds> parse_iso8601(std::string_view text) noexcept
{
    int const y = take_number(text, 4, 0, 9999);
    if (y < 0 || !take(text, '-'))
        return std::nullopt;
    int const mon = take_number(text, 2, 1, 12);
    if (mon < 0 || !take(text, '-'))
        return std::nullopt;
    int const d = take_number(text, 2, 1, 31);
    if (d < 0 || !take(text, 'T'))
        return std::nullopt;
    int const h = take_number(text, 2, 0, 23);
    if (h < 0 || !take(text, ':'))
        return std::nullopt;
    int const min = take_number(text, 2, 0, 59);
    if (min < 0 || !take(text, ':'))
        return std::nullopt;
    int const s = take_number(text, 2, 0, 60);
    if (s < 0)
        return std::nullopt;
    if (take(text, '.')) {
        if (text.empty() || text[0] < '0' || text[0] > '9')
            return std::nullopt;
        while (!text.empty() && text[0] >= '0' && text[0] <= '9')
            text.remove_prefix(1);
    }
    auto const offset = take_offset(text);
    year_month_day const date(year{y}, month{static_cast<unsigned>(mon)}, day{static_cast<unsigned>(d)});
    if (!offset || !date.ok())
        return std::nullopt;
    return sys_days(date) + hours{h} + minutes{min} + seconds{s} - *offset;
}

} // namespace twilio_sms::detail::sim
