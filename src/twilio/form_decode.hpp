// Reading application/x-www-form-urlencoded.
#pragma once
#include <algorithm>
#include <string>
#include <string_view>

namespace twilio_sms::detail {

/// Decodes `in` to `to`, where there must be room for as many bytes, and moves `to` on; `out` is what was written.
/// False for bad percent-encoding.
bool decode_form_value(std::string_view in, char*& to, std::string_view& out) noexcept;

/// The same as a string; "" for bad percent-encoding.
std::string decode_form_value(std::string_view in);

/// Calls `use(name, value)`, both still encoded, for each field of a form until it returns false.
template <class Use>
void for_each_form_field(std::string_view form, Use use)
{
    while (!form.empty()) {
        std::size_t const end = std::min(form.find('&'), form.size());
        std::string_view const pair = form.substr(0, end);
        form.remove_prefix(std::min(end + 1, form.size()));
        std::size_t const equals = std::min(pair.find('='), pair.size());
        if (!use(pair.substr(0, equals), pair.substr(std::min(equals + 1, pair.size()))))
            return;
    }
}

} // namespace twilio_sms::detail
