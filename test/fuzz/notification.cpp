// The check of notifications. Input: a line each for recipient, channel, sender, text, callback and content variables,
// then media URLs.
// - What passes keeps every rule. What does not gets one printable line that shows neither texts nor numbers.
#include "core/notification_check.hpp"
#include "core/utf8.hpp"
#include "property.hpp"
#include <string>
#include <twilio_sms/phone_number.hpp>

using namespace twilio_sms;
using namespace twilio_sms::detail;
using fuzz::require;

namespace {

constexpr std::string_view canary = "CANARY-TEXT"; // in the texts and URLs

bool is_text(std::string_view text)
{
    return count_code_points(text) && text.find('\0') == text.npos;
}

bool is_url(std::string_view url)
{
    auto const printable = [](char c) { return c > ' ' && c <= '~'; };
    auto const scheme = url.substr(0, url.find("://"));
    return std::ranges::all_of(url, printable) && (scheme.size() == 4 || scheme.size() == 5) &&
           url.size() > scheme.size() + 3;
}

void check_sendable(notification const& n, default_sender const& sender, notification_check const& result)
{
    require(result.message.empty(), "what can be sent gets no message");
    require(is_e164(n.to) || is_channel_address(n.to), "a recipient is a number or an address");
    require(n.channel.empty() || n.channel == "sms", "the channel is sms");
    require(is_text(n.text) && *count_code_points(n.text) <= max_text_code_points, "a text is UTF-8, and not too long");
    require(n.content_variables.empty() || (is_text(n.content_variables) && !n.content_sid.empty()),
            "variables belong to a template");
    require(n.from.empty() ? !sender.from_number.empty() || !sender.messaging_service_sid.empty() : is_sender(n.from),
            "there is a sender");
    require(n.status_callback.empty() || is_url(n.status_callback), "a callback is a URL");
    require(!n.text.empty() || !n.content_sid.empty() || n.media_urls.size() > result.dropped.size(),
            "there is something to say");
    std::size_t next = 0;
    for (std::size_t i = 0; i < n.media_urls.size(); ++i) {
        if (next < result.dropped.size() && result.dropped[next].index == i)
            require(!result.dropped[next++].reason.empty(), "what is dropped has a reason");
        else
            require(is_url(n.media_urls[i]), "what is left are URLs");
    }
    require(next == result.dropped.size(), "what is dropped is in order");
    require(n.media_urls.size() - next <= max_media_urls, "there are not too many media");
}

void check_refused(notification_check const& result)
{
    require(!result.message.empty() && result.message.size() <= 300, "a problem is told, and not at length");
    for (char const c : result.message)
        require(c >= ' ' && c <= '~', "a problem is told in one printable line");
    require(result.message.find(canary) == std::string::npos, "a problem does not tell texts");
    auto said = result.message;
    if (auto const example = said.find("+15558675310"); example != said.npos)
        said.erase(example, 12);
    require(mask_phone_numbers_in(said) == said, "a problem does not tell numbers");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    fuzz::input in(data, size);
    if (in.rest().find(canary) != std::string_view::npos)
        return 0;
    notification n;
    n.to = in.line();
    n.channel = in.line();
    n.from = in.line();
    n.text = in.line();
    n.status_callback = in.line();
    n.content_variables = in.line();
    for (auto* text : {&n.text, &n.status_callback, &n.content_variables})
        if (!text->empty())
            *text += canary;
    if (!n.content_variables.empty() && n.content_variables.front() == '{')
        n.content_sid = "HX0123456789abcdef0123456789ABCDEF";
    while (!in.rest().empty())
        n.media_urls.push_back(std::string(in.line()) + std::string(canary));

    for (auto const policy : {media_policy::drop, media_policy::reject})
        for (auto const& sender : {default_sender{"+15550001111", {}}, default_sender{}}) {
            auto const result = check_notification(n, sender, policy);
            if (result.problem)
                check_refused(result);
            else
                check_sendable(n, sender, result);
        }
    return 0;
}
