#include "core/notification_check.hpp"
#include "support.hpp"
#include <functional>

using namespace twilio_sms;
using namespace twilio_sms::detail;
using namespace std::literals;

namespace {

std::string const hex32 = "0123456789abcdefABCDEF0123456789";
default_sender const number{"+15005550006", {}};
default_sender const service{{}, "MG0123456789abcdef0123456789abcdef"};
default_sender const nobody{};

using change = std::function<void(notification&)>;

notification_check check(change const& make, default_sender const& sender = number,
                         media_policy policy = media_policy::drop)
{
    notification n("+15558675310", "hello");
    make(n);
    return check_notification(n, sender, policy);
}

std::vector<std::string> urls(std::size_t n)
{
    return std::vector<std::string>(n, "https://example.com/a.png");
}

struct good_row {
    char const* name;
    change make;
    default_sender const* sender = &number;
};

struct bad_row {
    char const* name;
    change make;
    errc problem;
    std::string message;
    default_sender const* sender = &number;
    media_policy policy = media_policy::drop;
};

} // namespace

BOOST_AUTO_TEST_SUITE(notification_checks)

BOOST_AUTO_TEST_CASE(what_can_be_sent)
{
    good_row const rows[] = {
        {"the plainest message", [](auto&) {}},
        {"through a service", [](auto&) {}, &service},
        {"a channel address", [](auto& n) { n.to = "whatsapp:+15558675310"; }},
        {"no channel named", [](auto& n) { n.channel.clear(); }},
        {"1600 code points", [](auto& n) { n.text = std::string(1600, 'x'); }},
        {"1600 emoji",
         [](auto& n) {
             n.text.clear();
             for (int i = 0; i < 1600; ++i)
                 n.text += "\xf0\x9f\x98\x80";
         }},
        {"line breaks in the text", [](auto& n) { n.text = "a\r\nb"; }},
        {"media without a text", [](auto& n) { n.text.clear(), n.media_urls = urls(1); }},
        {"ten media", [](auto& n) { n.media_urls = urls(10); }},
        {"a template without a text", [](auto& n) { n.text.clear(), n.content_sid = "HX" + hex32; }},
        {"template variables", [](auto& n) { n.content_sid = "HX" + hex32, n.content_variables = R"({"1":"Ann"})"; }},
        {"its own sender", [](auto& n) { n.from = "ACME"; }, &nobody},
        {"a fallback", [](auto& n) { n.fallback_from = "+15005550006"; }},
        {"a status callback", [](auto& n) { n.status_callback = "https://my_user:p_w@example.com:8443/cb_1?x=y_z"; }},
        {"a TwiML app", [](auto& n) { n.application_sid = "AP" + hex32; }},
        {"shortest validity", [](auto& n) { n.validity_period = 1s; }},
        {"longest validity", [](auto& n) { n.validity_period = 36'000s; }},
        {"scheduled through a service", [](auto& n) { n.send_at = std::chrono::sys_seconds(1s); }, &service},
        {"rich actions", [](auto& n) { n.persistent_actions = {"geo:1,2|caf\xc3\xa9"}; }},
    };
    for (auto const& row : rows) {
        BOOST_TEST_CONTEXT(row.name)
        {
            auto const result = check(row.make, *row.sender);
            BOOST_TEST(result.problem == error_code());
            BOOST_TEST(result.message == "");
            BOOST_TEST(result.dropped.empty());
        }
    }
}

BOOST_AUTO_TEST_CASE(recipients_and_texts_that_cannot)
{
    bad_row const rows[] = {
        {"a letter in the number", [](auto& n) { n.to = "+1555867531x"; }, errc::invalid_recipient,
         "to: '+15******31x' is not an E.164 number; write + and the country code, like +15558675310"},
        {"no plus", [](auto& n) { n.to = "(555) 867-5310"; }, errc::invalid_recipient,
         "to: '(55*) ***-**10' is not an E.164 number; write + and the country code, like +15558675310"},
        {"no recipient", [](auto& n) { n.to.clear(); }, errc::invalid_recipient,
         "to: is empty; set the recipient's number, like +15558675310"},
        {"line break in the recipient", [](auto& n) { n.to = "+15558675310\r\nBcc: 1"; }, errc::invalid_recipient,
         "to: '+15********0?"
         "?Bcc: 1' is not an E.164 number; write + and the country code, like +15558675310"},
        {"line break in a channel address", [](auto& n) { n.to = "whatsapp:+1555\n"; }, errc::invalid_recipient,
         "to: 'whatsapp:+****?' is not an E.164 number; write + and the country code, like +15558675310"},
        {"NUL in the recipient", [](auto& n) { n.to = "+15558675310\0"s; }, errc::invalid_recipient,
         "to: '+15*******10?' is not an E.164 number; write + and the country code, like +15558675310"},
        {"digits of another script", [](auto& n) { n.to = "+\xd9\xa1\xd9\xa5"; }, errc::invalid_recipient,
         "to: '+??"
         "?"
         "?' is not an E.164 number; write + and the country code, like +15558675310"},
        {"a very long recipient", [](auto& n) { n.to = std::string(100, 'x'); }, errc::invalid_recipient,
         "to: '" + std::string(40, 'x') +
             "...' is not an E.164 number; write + and the country code, like +15558675310"},
        {"another channel", [](auto& n) { n.channel = "email"; }, errc::unsupported_channel,
         "channel: 'email' is not sms; give it to a provider of that channel"},
        {"Latin-1", [](auto& n) { n.text = "caf\xe9"; }, errc::invalid_text,
         "text: is not UTF-8; convert it before sending"},
        {"NUL in the text", [](auto& n) { n.text = "a\0b"s; }, errc::invalid_text,
         "text: holds a NUL character; remove it"},
        {"1601 characters", [](auto& n) { n.text = std::string(1601, 'x'); }, errc::text_too_long,
         "text: has 1601 characters; Twilio takes 1600 at most, shorten it"},
        {"nothing to say", [](auto& n) { n.text.clear(); }, errc::missing_text,
         "text: is empty; set text, media_urls or content_sid"},
        {"only media that cannot be used", [](auto& n) { n.text.clear(), n.media_urls = {"ftp://x/y"}; },
         errc::missing_text, "text: is empty and no media URL is usable; set text or mend the URLs"},
        {"eleven media", [](auto& n) { n.media_urls = urls(11); }, errc::too_many_media,
         "media_urls: has 11 URLs; Twilio takes 10 at most"},
        {"bad media under reject",
         [](auto& n) {
             n.media_urls = {"https://x/y", "ftp://x/secret"};
         },
         errc::invalid_media_url, "media_urls[1]: the scheme is not http or https; give a public http or https URL",
         &number, media_policy::reject},
    };
    for (auto const& row : rows) {
        BOOST_TEST_CONTEXT(row.name)
        {
            auto const result = check(row.make, *row.sender, row.policy);
            BOOST_TEST(result.problem == error_code(row.problem));
            BOOST_TEST(result.message == row.message);
        }
    }
}

BOOST_AUTO_TEST_CASE(senders_and_parameters_that_cannot)
{
    std::string const forms =
        " is not a sender; use an E.164 number, a short code or an alphanumeric ID of at most 11 characters";
    std::string const url_form = "; give a public http or https URL";
    auto const parameter = errc::invalid_parameter;
    bad_row const rows[] = {
        {"no sender at all", [](auto&) {}, parameter,
         "from: there is no sender; set from_number or messaging_service_sid in the options, "
         "or from in the notification",
         &nobody},
        {"a bad sender", [](auto& n) { n.from = "1555867531012345678"; }, parameter,
         "from: '15***************78'" + forms},
        {"line break in the sender", [](auto& n) { n.from = "ACME\r\n"; }, parameter,
         "from: 'ACME?"
         "?'" +
             forms},
        {"a bad fallback", [](auto& n) { n.fallback_from = "+0"; }, parameter, "fallback_from: '+*'" + forms},
        {"not a template", [](auto& n) { n.content_sid = "MG" + hex32; }, parameter,
         "content_sid: is not HX and 32 hex digits; copy it from the Content Template Builder"},
        {"line break in a SID", [](auto& n) { n.content_sid = "HX" + hex32.substr(1) + "\n"; }, parameter,
         "content_sid: is not HX and 32 hex digits; copy it from the Content Template Builder"},
        {"variables without a template", [](auto& n) { n.content_variables = "{}"; }, parameter,
         "content_variables: needs content_sid, the template they belong to"},
        {"variables that are no text",
         [](auto& n) { n.content_sid = "HX" + hex32, n.content_variables = "{\"1\":\"\xff\"}"; }, parameter,
         "content_variables: is not UTF-8 text; give a JSON object"},
        {"variables with NUL", [](auto& n) { n.content_sid = "HX" + hex32, n.content_variables = "{\0}"s; }, parameter,
         "content_variables: is not UTF-8 text; give a JSON object"},
        {"callback of another scheme", [](auto& n) { n.status_callback = "ftp://example.com/"; }, parameter,
         "status_callback: the scheme is not http or https" + url_form},
        {"callback without a host", [](auto& n) { n.status_callback = "https:///cb"; }, parameter,
         "status_callback: it has no host" + url_form},
        {"underscore in the callback's host", [](auto& n) { n.status_callback = "https://my_host.com/cb"; }, parameter,
         "status_callback: its host name has an underscore or an escape, which Twilio refuses" + url_form},
        {"the same, escaped", [](auto& n) { n.status_callback = "https://my%5Fhost.com/cb"; }, parameter,
         "status_callback: its host name has an underscore or an escape, which Twilio refuses" + url_form},
        {"line break in the callback", [](auto& n) { n.status_callback = "https://example.com/\r\n"; }, parameter,
         "status_callback: it holds spaces or other characters that must be percent-encoded" + url_form},
        {"NUL in the callback", [](auto& n) { n.status_callback = "https://example.com/\0"s; }, parameter,
         "status_callback: it holds spaces or other characters that must be percent-encoded" + url_form},
        {"relative callback", [](auto& n) { n.status_callback = "/cb"; }, parameter,
         "status_callback: it is not an absolute URL" + url_form},
        {"not a TwiML app", [](auto& n) { n.application_sid = "AP123"; }, parameter,
         "application_sid: is not AP and 32 hex digits; copy it from the TwiML App's page"},
        {"validity of zero", [](auto& n) { n.validity_period = 0s; }, parameter,
         "validity_period: is 0 s; Twilio takes 1 to 36000 s"},
        {"negative validity", [](auto& n) { n.validity_period = -1s; }, parameter,
         "validity_period: is -1 s; Twilio takes 1 to 36000 s"},
        {"validity too long", [](auto& n) { n.validity_period = 36'001s; }, parameter,
         "validity_period: is 36001 s; Twilio takes 1 to 36000 s"},
        {"scheduled from a number", [](auto& n) { n.send_at = std::chrono::sys_seconds(1s); }, parameter,
         "send_at: needs a messaging service; set messaging_service_sid in place of from_number"},
        {"scheduled with its own sender",
         [](auto& n) { n.send_at = std::chrono::sys_seconds(1s), n.from = "+15005550006"; }, parameter,
         "send_at: needs the messaging service; leave from empty", &service},
        {"rich action that is no text",
         [](auto& n) {
             n.persistent_actions = {"geo:1,2", "\xff"};
         },
         parameter, "persistent_actions: one is not UTF-8, or holds NUL; convert it before sending"},
    };
    for (auto const& row : rows) {
        BOOST_TEST_CONTEXT(row.name)
        {
            auto const result = check(row.make, *row.sender);
            BOOST_TEST(result.problem == error_code(row.problem));
            BOOST_TEST(result.message == row.message);
        }
    }
}

// Each row breaks one thing more, earlier in the order: that one is told.
BOOST_AUTO_TEST_CASE(the_first_problem_in_the_documented_order)
{
    std::pair<change, errc> const steps[] = {
        {[](auto& n) { n.validity_period = 0s; }, errc::invalid_parameter},
        {[](auto& n) { n.from = "?"; }, errc::invalid_parameter},
        {[](auto& n) { n.media_urls = urls(11); }, errc::too_many_media},
        {[](auto& n) { n.text = "\xff"; }, errc::invalid_text},
        {[](auto& n) { n.channel = "email"; }, errc::unsupported_channel},
        {[](auto& n) { n.to = "x"; }, errc::invalid_recipient},
    };
    notification n("+15558675310", "hello");
    for (auto const& [breaks, problem] : steps) {
        breaks(n);
        BOOST_TEST(check_notification(n, number, media_policy::drop).problem == error_code(problem));
    }
}

BOOST_AUTO_TEST_CASE(bad_media_are_dropped_with_their_reason)
{
    notification n("+15558675310", "look");
    n.media_urls = {"https://example.com/a.png", "ftp://example.com/b", "c.png", "http://x/d", "https:///e"};
    auto const result = check_notification(n, number, media_policy::drop);
    BOOST_TEST(!result.problem.failed());
    BOOST_REQUIRE(result.dropped.size() == 3u);
    BOOST_TEST(result.dropped[0].index == 1u);
    BOOST_TEST(result.dropped[0].reason == "the scheme is not http or https");
    BOOST_TEST(result.dropped[1].index == 2u);
    BOOST_TEST(result.dropped[1].reason == "it is not an absolute URL");
    BOOST_TEST(result.dropped[2].index == 4u);
    BOOST_TEST(result.dropped[2].reason == "it has no host");

    n.media_urls = urls(10); // what is dropped does not count
    n.media_urls.push_back("mailto:a@example.com");
    BOOST_TEST(!check_notification(n, number, media_policy::drop).problem.failed());
}

BOOST_AUTO_TEST_CASE(media_urls)
{
    for (auto const good :
         {"https://example.com/a.png", "http://example.com", "HTTPS://EXAMPLE.COM/", "https://1.2.3.4/a",
          "https://[::1]/a", "https://user:pw@example.com/a?b=c#d", "https://example.com/a%20b"})
        BOOST_TEST(!media_url_problem(good).has_value(), good);
    for (auto const bad : {"", "example.com/a.png", "//example.com/a", "ftp://example.com/a", "javascript:alert(1)",
                           "https:a.png", "https://", "https:///a.png", "https://example.com/a b",
                           "https://example.com/\xc3\xa9", "https://exa mple.com/", "https://[::1/a"})
        BOOST_TEST(media_url_problem(bad).has_value(), bad);
}

BOOST_AUTO_TEST_CASE(senders)
{
    for (auto const good :
         {"+15005550006", "123", "12345678", "ACME", "My Shop", "A1234567890", "a+b-c_d&e", "whatsapp:+15005550006"})
        BOOST_TEST(is_sender(good), good);
    for (auto const bad : {""sv, "12"sv, "123456789"sv, "+"sv, "A12345678901"sv, "+-_& "sv, "caf\xc3\xa9"sv, "ACME!"sv,
                           "ACME\n"sv, "AC\0ME"sv, "ACME."sv, "whatsapp:"sv})
        BOOST_TEST(!is_sender(bad), bad);
}

BOOST_AUTO_TEST_CASE(sids)
{
    BOOST_TEST(is_sid("AC" + hex32, "AC"));
    BOOST_TEST(!is_sid("ac" + hex32, "AC"));
    BOOST_TEST(!is_sid("AC" + hex32, "SM"));
    BOOST_TEST(!is_sid("AC" + hex32.substr(1), "AC"));
    BOOST_TEST(!is_sid("AC" + hex32 + "0", "AC"));
    BOOST_TEST(!is_sid("AC" + hex32.substr(1) + "g", "AC"));
    BOOST_TEST(!is_sid("AC" + hex32.substr(1) + "\n", "AC"));
    BOOST_TEST(!is_sid("", "AC"));
}

BOOST_AUTO_TEST_SUITE_END()
