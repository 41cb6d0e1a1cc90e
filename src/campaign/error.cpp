#include "campaign/error.hpp"
#include "core/utf8.hpp"
#include <algorithm>
#include <twilio_sms/phone_number.hpp>

namespace twilio_sms::campaign {

std::string printable_name(std::string_view raw)
{
    constexpr std::size_t longest = 60; // code points
    // A first row without a header may hold a number in any spelling: 7 digits are one, whatever divides them.
    auto const digits = std::ranges::count_if(raw, [](char c) { return c >= '0' && c <= '9'; });
    auto const masked = digits >= 7 ? mask_phone_number(raw) : std::string(raw);
    std::string_view name = masked;
    std::string out;
    for (std::size_t n = 0; !name.empty(); ++n) {
        auto const before = name;
        if (n == longest) {
            out += "...";
            break;
        }
        if (auto const c = detail::take_code_point(name); !c) {
            out += '?';
            name.remove_prefix(1);
        } else if (*c < 0x20 || (*c >= 0x7f && *c < 0xa0)) {
            out += ' ';
        } else {
            out += before.substr(0, before.size() - name.size());
        }
    }
    return out;
}

std::string printable_list(std::vector<std::string> const& names)
{
    constexpr std::size_t shown = 20;
    std::string out;
    for (std::size_t i = 0; i < std::min(shown, names.size()); ++i)
        out += (i == 0 ? "" : ", ") + printable_name(names[i]);
    if (names.size() > shown)
        out += " and " + std::to_string(names.size() - shown) + " more";
    return out;
}

} // namespace twilio_sms::campaign
