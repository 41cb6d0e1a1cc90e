#include "core/notification_check.hpp"
#include "core/utf8.hpp"
#include <algorithm>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <twilio_sms/phone_number.hpp>
#include <utility>

namespace twilio_sms::detail {
namespace {

constexpr bool is_digit(char c) noexcept
{
    return c >= '0' && c <= '9';
}
constexpr bool is_letter(char c) noexcept
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
constexpr bool is_hex(char c) noexcept
{
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// What was given, fit for a message: on one line, not too long, numbers masked. Digits of other scripts must not
// show either, so nothing but ASCII stays.
std::string shown(std::string_view value)
{
    constexpr std::size_t longest = 40;
    auto out = mask_phone_number(value);
    for (char& c : out)
        if (c < ' ' || c > '~')
            c = '?';
    if (out.size() > longest)
        out.replace(longest, std::string::npos, "...");
    return out;
}

bool is_text(std::string_view text) noexcept
{
    return text.find('\0') == std::string_view::npos && count_code_points(text).has_value();
}

std::optional<std::string_view> callback_problem(std::string_view url)
{
    if (auto const problem = media_url_problem(url))
        return problem;
    auto const start = url.find("//") + 2;
    auto host = url.substr(start, url.find_first_of("/?#", start) - start);
    host.remove_prefix(host.find('@') + 1);                 // npos + 1 is 0
    if (host.find_first_of("_%") != std::string_view::npos) // an escape can hide an underscore
        return "its host name has an underscore or an escape, which Twilio refuses";
    return std::nullopt;
}

/// One notification's check. Each step returns false when it found a problem.
class checker {
public:
    checker(notification const& n, default_sender const& sender, media_policy policy) noexcept
        : n_(n), sender_(sender), policy_(policy)
    {}

    notification_check run() &&
    {
        static_cast<void>(recipient() && channel() && text() && media() && content() && sender() && template_fields() &&
                          callbacks() && schedule() && rich_actions());
        return std::move(result_);
    }

private:
    bool fail(errc problem, std::string message)
    {
        result_.problem = problem;
        result_.message = std::move(message);
        return false;
    }
    bool fail(std::string message) { return fail(errc::invalid_parameter, std::move(message)); }

    bool recipient()
    {
        if (is_e164(n_.to) || is_channel_address(n_.to))
            return true;
        if (n_.to.empty())
            return fail(errc::invalid_recipient, "to: is empty; set the recipient's number, like +15558675310");
        return fail(errc::invalid_recipient,
                    "to: '" + shown(n_.to) +
                        "' is not an E.164 number; write + and the country code, like +15558675310");
    }

    bool channel()
    {
        if (n_.channel.empty() || n_.channel == "sms")
            return true;
        return fail(errc::unsupported_channel,
                    "channel: '" + shown(n_.channel) + "' is not sms; give it to a provider of that channel");
    }

    bool text()
    {
        auto const length = count_code_points(n_.text);
        if (!length)
            return fail(errc::invalid_text, "text: is not UTF-8; convert it before sending");
        if (n_.text.find('\0') != std::string::npos)
            return fail(errc::invalid_text, "text: holds a NUL character; remove it");
        if (*length > max_text_code_points)
            return fail(errc::text_too_long, "text: has " + std::to_string(*length) + " characters; Twilio takes " +
                                                 std::to_string(max_text_code_points) + " at most, shorten it");
        return true;
    }

    bool media()
    {
        for (std::size_t i = 0; i != n_.media_urls.size(); ++i) {
            auto const problem = media_url_problem(n_.media_urls[i]);
            if (!problem)
                continue;
            if (policy_ == media_policy::reject)
                return fail(errc::invalid_media_url, "media_urls[" + std::to_string(i) + "]: " + std::string(*problem) +
                                                         "; give a public http or https URL");
            result_.dropped.push_back({i, *problem});
        }
        auto const left = n_.media_urls.size() - result_.dropped.size();
        if (left > max_media_urls)
            return fail(errc::too_many_media, "media_urls: has " + std::to_string(left) + " URLs; Twilio takes " +
                                                  std::to_string(max_media_urls) + " at most");
        return true;
    }

    bool content()
    {
        if (!n_.text.empty() || !n_.content_sid.empty() || n_.media_urls.size() > result_.dropped.size())
            return true;
        return fail(errc::missing_text, n_.media_urls.empty()
                                            ? "text: is empty; set text, media_urls or content_sid"
                                            : "text: is empty and no media URL is usable; set text or mend the URLs");
    }

    bool sender()
    {
        constexpr std::string_view forms =
            "' is not a sender; use an E.164 number, a short code or an alphanumeric ID of at most 11 characters";
        if (!n_.from.empty() && !is_sender(n_.from))
            return fail("from: '" + shown(n_.from) + std::string(forms));
        if (n_.from.empty() && sender_.from_number.empty() && sender_.messaging_service_sid.empty())
            return fail("from: there is no sender; set from_number or messaging_service_sid in the options, "
                        "or from in the notification");
        if (!n_.fallback_from.empty() && !is_sender(n_.fallback_from))
            return fail("fallback_from: '" + shown(n_.fallback_from) + std::string(forms));
        return true;
    }

    bool template_fields()
    {
        if (!n_.content_sid.empty() && !is_sid(n_.content_sid, "HX"))
            return fail("content_sid: is not HX and 32 hex digits; copy it from the Content Template Builder");
        if (n_.content_variables.empty())
            return true;
        if (n_.content_sid.empty())
            return fail("content_variables: needs content_sid, the template they belong to");
        if (!is_text(n_.content_variables))
            return fail("content_variables: is not UTF-8 text; give a JSON object");
        return true;
    }

    bool callbacks()
    {
        if (!n_.status_callback.empty())
            if (auto const problem = callback_problem(n_.status_callback))
                return fail("status_callback: " + std::string(*problem) + "; give a public http or https URL");
        if (!n_.application_sid.empty() && !is_sid(n_.application_sid, "AP"))
            return fail("application_sid: is not AP and 32 hex digits; copy it from the TwiML App's page");
        return true;
    }

    bool schedule()
    {
        using namespace std::chrono_literals;
        if (n_.validity_period && (*n_.validity_period < 1s || *n_.validity_period > 36'000s))
            return fail("validity_period: is " + std::to_string(n_.validity_period->count()) +
                        " s; Twilio takes 1 to 36000 s");
        // A sender of its own overrides the service, and only a service can schedule.
        if (n_.send_at && (!n_.from.empty() || sender_.messaging_service_sid.empty()))
            return fail(n_.from.empty()
                            ? "send_at: needs a messaging service; set messaging_service_sid in place of from_number"
                            : "send_at: needs the messaging service; leave from empty");
        return true;
    }

    bool rich_actions()
    {
        if (std::ranges::all_of(n_.persistent_actions, is_text))
            return true;
        return fail("persistent_actions: one is not UTF-8, or holds NUL; convert it before sending");
    }

    notification const& n_;
    default_sender const& sender_;
    media_policy policy_;
    notification_check result_;
};

} // namespace

notification_check check_notification(notification const& n, default_sender const& sender, media_policy policy)
{
    return checker(n, sender, policy).run();
}

std::optional<std::string_view> media_url_problem(std::string_view url)
{
    auto const parsed = boost::urls::parse_uri(url);
    if (!parsed) {
        bool const encodable = std::ranges::any_of(url, [](char c) { return c <= ' ' || c > '~'; });
        return encodable ? "it holds spaces or other characters that must be percent-encoded"
                         : "it is not an absolute URL";
    }
    if (parsed->scheme_id() != boost::urls::scheme::http && parsed->scheme_id() != boost::urls::scheme::https)
        return "the scheme is not http or https";
    if (parsed->encoded_host().empty())
        return "it has no host";
    return std::nullopt;
}

bool is_sender(std::string_view from) noexcept
{
    if (is_e164(from) || is_channel_address(from))
        return true;
    if (std::ranges::all_of(from, is_digit))
        return from.size() >= 3 && from.size() <= 8;
    constexpr std::string_view others = " +-_&";
    return from.size() <= 11 && std::ranges::any_of(from, is_letter) && std::ranges::all_of(from, [&](char c) {
               return is_letter(c) || is_digit(c) || others.find(c) != std::string_view::npos;
           });
}

bool is_sid(std::string_view text, std::string_view prefix) noexcept
{
    return text.size() == prefix.size() + 32 && text.starts_with(prefix) &&
           std::ranges::all_of(text.substr(prefix.size()), is_hex);
}

} // namespace twilio_sms::detail
