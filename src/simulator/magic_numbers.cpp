#include "simulator/magic_numbers.hpp"

namespace twilio_sms::detail::sim {

std::optional<api_error> magic_sender_answer(std::string_view from)
{
    std::string const sender(from);
    if (from == "+15005550001")
        return api_error{400, 21212,
                         "The 'From' number " + sender +
                             " is not a valid phone number, shortcode, or alphanumeric sender ID."};
    if (from == "+15005550008")
        return api_error{429, 21611, "SMS queue is full."};
    if (!from.empty() && from != "+15005550006") // +15005550007 and every other number
        return api_error{400, 21606,
                         "The From phone number " + sender +
                             " is not a valid, SMS-capable inbound phone number or short code for your account."};
    return std::nullopt;
}

std::optional<api_error> magic_answer(std::string_view from, std::string_view to)
{
    if (auto e = magic_sender_answer(from))
        return e;
    std::string const sender(from);
    std::string const recipient(to);
    if (to == "+15005550001")
        return api_error{400, 21211, "The 'To' number " + recipient + " is not a valid phone number."};
    if (to == "+15005550002")
        return api_error{400, 21612,
                         "The 'To' phone number: " + recipient +
                             ", is not currently reachable using the 'From' phone number: " + sender + " via SMS."};
    if (to == "+15005550003")
        return api_error{
            400, 21408,
            "Permission to send an SMS has not been enabled for the region indicated by the 'To' number: " + recipient +
                "."};
    if (to == "+15005550004")
        return api_error{400, 21610, "The message From/To pair violates a blacklist rule."};
    if (to == "+15005550009")
        return api_error{400, 21614, "To number: " + recipient + ", is not a mobile number"};
    return std::nullopt;
}

} // namespace twilio_sms::detail::sim
