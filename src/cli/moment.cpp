#include "cli/moment.hpp"
#include "simulator/timestamp.hpp"
#include <optional>
#include <stdexcept>
#include <string>

namespace twilio_sms::cli {
namespace {

std::optional<std::chrono::sys_days> day_in(std::string_view text)
{
    auto const begin = text.size() == 10 ? detail::sim::parse_iso8601(std::string(text) + "T00:00:00Z") : std::nullopt;
    return begin ? std::optional(std::chrono::floor<std::chrono::days>(*begin)) : std::nullopt;
}

} // namespace

std::chrono::sys_days parse_day(std::string_view text)
{
    if (auto const day = day_in(text))
        return *day;
    throw std::invalid_argument("is not a day; write it as YYYY-MM-DD");
}

std::chrono::sys_seconds parse_moment(std::string_view text, day_edge edge)
{
    if (auto const day = day_in(text))
        return edge == day_edge::begin ? *day : *day + std::chrono::days(1) - std::chrono::seconds(1);
    if (auto const moment = detail::sim::parse_iso8601(text))
        return *moment;
    throw std::invalid_argument("is not a day or a time; write it as YYYY-MM-DD or YYYY-MM-DDTHH:MM:SSZ");
}

} // namespace twilio_sms::cli
