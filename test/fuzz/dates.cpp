// Dates and Retry-After. Input: a line with the time of now in seconds, then the header's value.
// - A date that is read can be written and read again, and every second of the years 0 to 9999 can.
// - A wait is never negative and at most a day, digits are seconds, and a date is the time until then.
#include "core/retry_after.hpp"
#include "property.hpp"
#include <charconv>
#include <chrono>
#include <string>

using namespace twilio_sms::detail;
using fuzz::require;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::sys_seconds;

namespace {

constexpr sys_seconds first = sys_days(std::chrono::year(0) / 1 / 1);
constexpr sys_seconds last = sys_days(std::chrono::year(9999) / 12 / 31) + std::chrono::hours(24) - seconds(1);

std::string written(sys_seconds when, char const* zone)
{
    static constexpr char const* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    auto const day = std::chrono::floor<std::chrono::days>(when);
    std::chrono::year_month_day const date(day);
    std::chrono::hh_mm_ss const time(when - day);
    char text[64];
    auto const n =
        std::snprintf(text, sizeof text, "Sun, %02u %s %04d %02d:%02d:%02d %s", static_cast<unsigned>(date.day()),
                      months[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                      static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                      static_cast<int>(time.seconds().count()), zone);
    return {text, static_cast<std::size_t>(n)};
}

// Any number as a time within the range of dates.
sys_seconds time_of(std::string_view line)
{
    unsigned long long n = 0;
    std::from_chars(line.data(), line.data() + line.size(), n);
    auto const range = static_cast<unsigned long long>((last - first).count());
    return first + seconds(static_cast<long long>(n % (range + 1)));
}

// Decimal digits, and no more than a day.
seconds counted(std::string_view digits)
{
    long long n = 0;
    for (char const c : digits)
        n = std::min(n * 10 + (c - '0'), 86'400LL);
    return seconds(n);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    fuzz::input in(data, size);
    auto const now = time_of(in.line());
    auto const value = in.rest();

    require(parse_date(written(now, "GMT")) == now, "every time of HTTP is read");
    require(parse_date(written(now, "+0000")) == now, "every time of Twilio is read");

    auto const date = parse_date(value);
    if (date) {
        require(value.size() == 29 || value.size() == 31, "a date has its length");
        require(*date >= first && *date <= last + seconds(1), "a date has a year of four digits");
        require(*date > last || parse_date(written(*date, "GMT")) == *date, "a date that was read is read again");
    }
    auto const wait = parse_retry_after(value, now);
    require(!wait || (*wait >= seconds(0) && *wait <= std::chrono::hours(24)), "a wait is 0 s to a day");
    bool const digits = !value.empty() && value.find_first_not_of("0123456789") == value.npos;
    require(wait.has_value() == (digits || date), "a wait is digits or a date");
    if (digits)
        require(*wait == counted(value), "digits are seconds");
    else if (wait)
        require(*wait == std::clamp<seconds>(*date - now, seconds(0), std::chrono::hours(24)), "a date is that time");
    return 0;
}
