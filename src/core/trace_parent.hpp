// W3C Trace Context: the `traceparent` header. https://www.w3.org/TR/trace-context/#traceparent-header
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace twilio_sms::detail {

/// 55 characters: version, trace ID, parent ID and flags, "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01".
/// IDs of zeros only, and the version ff, are invalid by the specification. Later versions may be longer; they are not
/// passed on, since nobody knows yet what they hold.
inline bool is_trace_parent(std::string_view text) noexcept
{
    constexpr std::string_view form = "00-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx-xxxxxxxxxxxxxxxx-xx";
    if (text.size() != form.size())
        return false;
    for (std::size_t i = 0; i < form.size(); ++i) {
        char const c = text[i];
        bool const hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        if (form[i] == 'x' ? !hex : c != form[i])
            return false;
    }
    auto const zeros = [](std::string_view id) { return id.find_first_not_of('0') == id.npos; };
    return !zeros(text.substr(3, 32)) && !zeros(text.substr(36, 16));
}

/// The text if it is one, else nothing.
inline std::string valid_trace_parent(std::string text)
{
    return is_trace_parent(text) ? std::move(text) : std::string();
}

/// The trace ID of a valid one; empty of an empty one.
inline std::string_view trace_id(std::string_view trace_parent) noexcept
{
    return trace_parent.empty() ? trace_parent : trace_parent.substr(3, 32);
}

} // namespace twilio_sms::detail
