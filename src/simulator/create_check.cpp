#include "simulator/create_check.hpp"
#include "core/notification_check.hpp"
#include "core/utf8.hpp"
#include "simulator/magic_numbers.hpp"
#include "simulator/timestamp.hpp"
#include <algorithm>
#include <boost/json/parse.hpp>
#include <charconv>
#include <twilio_sms/phone_number.hpp>

// The texts are those of recorded answers where one is known, else the titles of Twilio's error dictionary.

namespace twilio_sms::detail::sim {
namespace {

using std::chrono::seconds;
using found = std::optional<api_error>;

constexpr seconds soonest{900};
constexpr seconds latest{3'024'000};

api_error bad_request(int code, std::string message)
{
    return {400, code, std::move(message)};
}

std::string quoted(std::string_view before, std::string_view value, std::string_view after)
{
    std::string text(before);
    text += value;
    text += after;
    return text;
}

std::string_view channel_of(std::string_view address) noexcept
{
    return is_channel_address(address) ? address.substr(0, address.find(':')) : std::string_view();
}

bool contains(std::vector<std::string> const& list, std::string_view value)
{
    return std::ranges::find(list, value) != list.end();
}

found check_recipient(create_parameters const& p)
{
    if (p.to.empty())
        return bad_request(21604, "A 'To' phone number is required.");
    if (!is_e164(p.to) && !is_channel_address(p.to))
        return bad_request(21211, quoted("The 'To' number ", p.to, " is not a valid phone number."));
    return std::nullopt;
}

found check_from(create_parameters const& p, simulator_account const& account)
{
    if (!is_sender(p.from))
        return bad_request(21212, quoted("The 'From' number ", p.from,
                                         " is not a valid phone number, shortcode, or alphanumeric sender ID."));
    if (account.test_credentials)
        if (auto e = magic_sender_answer(p.from))
            return e;
    if (p.from == p.to)
        return bad_request(21266, quoted("'To' and 'From' number cannot be the same: ", p.to, ""));
    if (channel_of(p.from) != channel_of(p.to))
        return bad_request(21910, "Invalid From and To pair. From and To should be of the same channel");
    if (account.numbers.empty() || contains(account.numbers, p.from))
        return std::nullopt;
    if (!p.messaging_service_sid.empty())
        return bad_request(21711, "The 'From' number is not in the Messaging Service's sender pool.");
    if (is_e164(p.from))
        return bad_request(21660,
                           quoted("Mismatch between the 'From' number ", p.from, " and the account ") + account.sid);
    return bad_request(21606, quoted("The From phone number ", p.from,
                                     " is not a valid, SMS-capable inbound phone number or short code for your "
                                     "account."));
}

found check_sender(create_parameters const& p, simulator_account const& account)
{
    if (p.from.empty() && p.messaging_service_sid.empty())
        return bad_request(21603, "A 'From' phone number is required.");
    if (!p.messaging_service_sid.empty()) {
        if (!is_sid(p.messaging_service_sid, "MG"))
            return bad_request(21705, "The Messaging Service Sid is invalid.");
        if (!account.messaging_services.empty() && !contains(account.messaging_services, p.messaging_service_sid))
            return bad_request(21701, "The Messaging Service does not exist.");
    }
    return p.from.empty() ? std::nullopt : check_from(p, account);
}

found check_content(create_parameters const& p)
{
    if (p.body.empty() && p.media_urls.empty() && p.content_sid.empty()) {
        if (p.messaging_service_sid.empty())
            return bad_request(21602, "Message body is required.");
        return bad_request(21619, "A text message body or media urls must be specified.");
    }
    if (p.body.size() > max_text_code_points && count_code_points(p.body).value_or(0) > max_text_code_points)
        return bad_request(21617, "The concatenated message body exceeds the 1600 character limit.");
    if (p.media_urls.size() > max_media_urls)
        return bad_request(21623, "Number of media files exceeds allowed limit.");
    if (!std::ranges::all_of(p.media_urls, [](std::string_view url) { return !media_url_problem(url); }))
        return bad_request(21620, "Invalid media URL(s)");
    return std::nullopt;
}

bool is_json_object(std::string_view text)
{
    boost::json::error_code ec;
    auto const value = boost::json::parse({text.data(), text.size()}, ec);
    return !ec && value.is_object();
}

found check_template(create_parameters const& p)
{
    if (!p.content_sid.empty() && !is_sid(p.content_sid, "HX"))
        return bad_request(21655, "The ContentSid is Invalid.");
    if (p.content_variables.empty())
        return std::nullopt;
    if (p.content_sid.empty())
        return bad_request(21654, "ContentSid Required.");
    if (!is_json_object(p.content_variables))
        return bad_request(21656, "The ContentVariables Parameter is invalid.");
    return std::nullopt;
}

bool is_callback_url(std::string_view url)
{
    if (media_url_problem(url))
        return false;
    std::string_view host = url.substr(url.find("://") + 3);
    host = host.substr(0, host.find_first_of("/?#"));
    return host.find('_') == std::string_view::npos;
}

found check_delivery(create_parameters const& p)
{
    if (!p.status_callback.empty() && !is_callback_url(p.status_callback))
        return bad_request(21609, quoted("The StatusCallback URL ", p.status_callback, " is not a valid URL."));
    if (!p.validity_period.empty()) {
        int period = 0;
        auto const end = p.validity_period.data() + p.validity_period.size();
        auto const [stop, ec] = std::from_chars(p.validity_period.data(), end, period);
        if (ec != std::errc() || stop != end || period < 1 || period > 36000)
            return bad_request(21624, "Invalid validity period value.");
    }
    if (!p.content_retention.empty() && p.content_retention != "retain" && p.content_retention != "discard")
        return bad_request(30029, "Invalid ContentRetention.");
    if (!p.address_retention.empty() && p.address_retention != "retain" && p.address_retention != "obfuscate")
        return bad_request(30030, "Invalid AddressRetention.");
    return std::nullopt;
}

found check_schedule(create_parameters const& p, std::chrono::sys_seconds now)
{
    if (p.schedule_type.empty() && p.send_at.empty())
        return std::nullopt;
    if (p.schedule_type != "fixed")
        return bad_request(35126, "The ScheduleType value provided is not supported for this channel.");
    if (p.messaging_service_sid.empty())
        return bad_request(35118, "MessagingServiceSid is required to schedule a message.");
    if (p.send_at.empty())
        return bad_request(35111, "SendAt cannot be empty for ScheduleType 'fixed'.");
    // The dictionary gives three codes one meaning; here each has one of the causes.
    auto const at = parse_iso8601(p.send_at);
    if (!at)
        return bad_request(35117, "SendAt must be an ISO 8601 timestamp in UTC: YYYY-MM-DDTHH:MM:SSZ.");
    static constexpr char window[] =
        "SendAt time must be between 900 seconds and 35 days (3024000 seconds) in the future, inclusive.";
    if (*at < now + soonest)
        return bad_request(35114, window);
    if (*at > now + latest)
        return bad_request(35115, window);
    return std::nullopt;
}

} // namespace

void settle_sender(create_parameters& p) noexcept
{
    if (p.messaging_service_sid.empty() && is_sid(p.from, "MG"))
        std::swap(p.messaging_service_sid, p.from);
}

std::optional<api_error> check_create(create_parameters const& p, simulator_account const& account,
                                      std::chrono::sys_seconds now)
{
    if (auto e = check_recipient(p))
        return e;
    if (auto e = check_sender(p, account))
        return e;
    if (account.test_credentials)
        if (auto e = magic_answer(p.from, p.to))
            return e;
    if (auto e = check_content(p))
        return e;
    if (auto e = check_template(p))
        return e;
    if (auto e = check_delivery(p))
        return e;
    return check_schedule(p, now);
}

} // namespace twilio_sms::detail::sim
