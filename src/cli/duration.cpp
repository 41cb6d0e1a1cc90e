#include "cli/duration.hpp"
#include <array>
#include <charconv>
#include <limits>
#include <stdexcept>

namespace twilio_sms::cli {
namespace {

struct unit {
    std::string_view name;
    std::chrono::milliseconds::rep milliseconds;
};
constexpr std::array units{unit{"ms", 1}, unit{"s", 1000}, unit{"m", 60 * 1000}, unit{"h", 60 * 60 * 1000}};

} // namespace

std::chrono::milliseconds parse_duration(std::string_view text)
{
    std::chrono::milliseconds::rep number = 0;
    auto const last = text.data() + text.size();
    auto const [end, error] = std::from_chars(text.data(), last, number);
    if (error == std::errc() && number >= 0) {
        std::string_view const name(end, static_cast<std::size_t>(last - end));
        if (name.empty())
            throw std::invalid_argument("the number has no unit; write it like 50ms, 2s, 1m or 1h");
        for (auto const& u : units)
            if (u.name == name && number <= std::numeric_limits<decltype(number)>::max() / u.milliseconds)
                return std::chrono::milliseconds(number * u.milliseconds);
    }
    throw std::invalid_argument("not a duration; write a whole number and a unit, like 50ms, 2s, 1m or 1h");
}

std::string duration_text(std::chrono::milliseconds value)
{
    auto largest = units.front();
    for (auto const& u : units)
        if (value.count() != 0 && value.count() % u.milliseconds == 0)
            largest = u;
    return std::to_string(value.count() / largest.milliseconds).append(largest.name);
}

} // namespace twilio_sms::cli
