#include "simulator/form.hpp"
#include "core/utf8.hpp"
#include "twilio/form_decode.hpp"
#include <algorithm>

namespace twilio_sms::detail::sim {
namespace {

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
    {"SmartEncoded", &create_parameters::smart_encoded},
};

/// Calls `use(name, value)` for each decoded field. False for bad percent-encoding and for text that is not UTF-8.
template <class Use>
bool for_each_decoded(std::string_view form, std::string& storage, Use use)
{
    if (storage.size() < form.size())
        storage.resize(form.size()); // decoding never makes it longer
    char* to = storage.data();
    bool ok = true;
    for_each_form_field(form, [&](std::string_view encoded_name, std::string_view encoded_value) {
        std::string_view name;
        std::string_view value;
        ok = decode_form_value(encoded_name, to, name) && decode_form_value(encoded_value, to, value) && is_utf8(value);
        if (ok)
            use(name, value);
        return ok;
    });
    return ok;
}

} // namespace

bool decode_create_form(std::string_view form, std::string& storage, create_parameters& into)
{
    into = create_parameters();
    return for_each_decoded(form, storage, [&](std::string_view name, std::string_view value) {
        if (name == "MediaUrl") {
            if (!value.empty())
                into.media_urls.push_back(value);
        } else if (auto const k = std::ranges::find(known, name, &known_parameter::name); k != std::end(known)) {
            into.*(k->member) = value;
        }
    });
}

bool decode_update_form(std::string_view form, std::string& storage, update_parameters& into)
{
    into = update_parameters();
    return for_each_decoded(form, storage, [&](std::string_view name, std::string_view value) {
        if (name == "Body")
            into.body = value;
        else if (name == "Status")
            into.status = value;
    });
}

bool decode_feedback_form(std::string_view form, std::string& storage, std::string_view& outcome)
{
    outcome = {};
    return for_each_decoded(form, storage, [&](std::string_view name, std::string_view value) {
        if (name == "Outcome")
            outcome = value;
    });
}

} // namespace twilio_sms::detail::sim
