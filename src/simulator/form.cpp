#include "simulator/form.hpp"
#include "core/utf8.hpp"
#include <algorithm>

namespace twilio_sms::detail::sim {
namespace {

int hex_digit(char c) noexcept
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

// Writes at `to`, where there is room for all of `in`, and moves it on.
bool decode(std::string_view in, char*& to, std::string_view& out) noexcept
{
    char const* const begin = to;
    for (std::size_t i = 0; i < in.size(); ++i) {
        char c = in[i];
        if (c == '+') {
            c = ' ';
        } else if (c == '%') {
            if (i + 2 >= in.size())
                return false;
            int const high = hex_digit(in[i + 1]);
            int const low = hex_digit(in[i + 2]);
            if (high < 0 || low < 0)
                return false;
            c = static_cast<char>(high * 16 + low);
            i += 2;
        }
        *to++ = c;
    }
    out = {begin, to};
    return true;
}

bool is_utf8(std::string_view text) noexcept
{
    auto const first = std::ranges::find_if(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    return count_code_points({first, text.end()}).has_value();
}

struct known_parameter {
    std::string_view name;
    std::string_view create_parameters::*member;
};
constexpr known_parameter known[] = {
    {"To", &create_parameters::to},
    {"From", &create_parameters::from},
    {"MessagingServiceSid", &create_parameters::messaging_service_sid},
    {"Body", &create_parameters::body},
    {"ContentSid", &create_parameters::content_sid},
    {"ContentVariables", &create_parameters::content_variables},
    {"StatusCallback", &create_parameters::status_callback},
    {"ValidityPeriod", &create_parameters::validity_period},
    {"ScheduleType", &create_parameters::schedule_type},
    {"SendAt", &create_parameters::send_at},
    {"ContentRetention", &create_parameters::content_retention},
    {"AddressRetention", &create_parameters::address_retention},
};

} // namespace

bool decode_create_form(std::string_view form, std::string& storage, create_parameters& into)
{
    if (storage.size() < form.size())
        storage.resize(form.size()); // decoding never makes it longer
    char* to = storage.data();
    into = create_parameters();
    while (!form.empty()) {
        std::size_t const end = std::min(form.find('&'), form.size());
        std::string_view const pair = form.substr(0, end);
        form.remove_prefix(std::min(end + 1, form.size()));
        std::size_t const equals = std::min(pair.find('='), pair.size());
        std::string_view name;
        std::string_view value;
        if (!decode(pair.substr(0, equals), to, name) ||
            !decode(pair.substr(std::min(equals + 1, pair.size())), to, value))
            return false;
        if (!is_utf8(value))
            return false;
        if (name == "MediaUrl") {
            if (!value.empty())
                into.media_urls.push_back(value);
            continue;
        }
        auto const k = std::ranges::find(known, name, &known_parameter::name);
        if (k != std::end(known))
            into.*(k->member) = value;
    }
    return true;
}

} // namespace twilio_sms::detail::sim
