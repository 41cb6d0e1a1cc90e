// Members of a JSON object as Twilio writes them: texts, numbers within texts, dates.
#pragma once
#include "core/retry_after.hpp"
#include <boost/json/object.hpp>
#include <charconv>
#include <chrono>
#include <optional>
#include <string_view>

namespace twilio_sms::detail {

/// "" when it is null, nothing when it is absent or of another type.
inline std::optional<std::string_view> text_of(boost::json::object const& from, std::string_view name)
{
    auto const* const value = from.if_contains({name.data(), name.size()});
    if (!value)
        return std::nullopt;
    if (value->is_null())
        return std::string_view();
    auto const* const text = value->if_string();
    if (!text)
        return std::nullopt;
    return std::string_view(text->data(), text->size());
}

/// The number in a text; 0 when there is none.
inline int number_in(boost::json::object const& from, std::string_view name)
{
    auto const digits = text_of(from, name).value_or("");
    int n = 0;
    auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), n);
    return error == std::errc() && end == digits.data() + digits.size() && n >= 0 ? n : 0;
}

inline std::optional<std::chrono::sys_seconds> date_of(boost::json::object const& from, std::string_view name)
{
    return parse_date(text_of(from, name).value_or(""));
}

} // namespace twilio_sms::detail
