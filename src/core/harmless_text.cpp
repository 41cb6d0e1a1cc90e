#include "core/harmless_text.hpp"
#include "core/utf8.hpp"

namespace twilio_sms::detail {

std::string harmless(std::string_view text)
{
    std::string shown;
    shown.reserve(text.size());
    while (!text.empty()) {
        auto const before = text;
        auto const c = take_code_point(text);
        if (!c) {
            text.remove_prefix(1);
            shown += '?';
        } else if (commands_terminals(*c)) {
            shown += ' ';
        } else {
            shown += before.substr(0, before.size() - text.size());
        }
    }
    return shown;
}

} // namespace twilio_sms::detail
