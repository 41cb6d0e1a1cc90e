// Line breaks, NUL and their kind in whatever a user may set: refused, or harmless in the bytes that go out.
#include "client/destination.hpp"
#include "core/control_characters.hpp"
#include "core/notification_check.hpp"
#include "support.hpp"
#include "twilio/create_form.hpp"
#include <algorithm>
#include <array>
#include <functional>

using namespace twilio_sms;
using namespace std::literals;

namespace {

std::string const hex32 = "0123456789abcdef0123456789abcdef";
constexpr std::array additions{
    "\r\nX-Injected: 1"sv, "\r\n\r\nGET / HTTP/1.1\r\n"sv, "\n"sv, "\r"sv, "\0"sv, "\x1f"sv, "\x7f"sv, "\t"sv};

provider_options good_options()
{
    provider_options o;
    o.account_sid = "AC" + hex32;
    o.auth_token = "secret-token";
    o.from_number = "+15005550006";
    return o;
}

std::string request_of(provider_options const& o, notification const& n)
{
    detail::default_sender const sender{o.from_number, o.messaging_service_sid};
    detail::secret_string request;
    detail::destination(o).writer_for(detail::login_of(o))->write_create(request, encode_create_form(n, sender, {}));
    return std::string(request);
}

// The head has as many lines as it should, and all after it is the form.
void check_bytes(std::string const& request)
{
    auto const end = request.find("\r\n\r\n");
    BOOST_REQUIRE(end != std::string::npos);
    auto const head = request.substr(0, end + 2), body = request.substr(end + 4);
    BOOST_TEST(std::ranges::count(head, '\n') == 7);
    BOOST_TEST(std::ranges::count_if(head, [](char c) { return c < ' ' || c > '~'; }) == 14); // CR and LF of each
    BOOST_TEST(head.find("\r\nX-Injected") == std::string::npos);
    BOOST_TEST(head.ends_with("\r\nContent-Length: " + std::to_string(body.size()) + "\r\n"));
    BOOST_TEST(std::ranges::all_of(body, [](char c) { return c > ' ' && c <= '~'; }));
}

void spoil(std::string& field, std::string_view addition, bool in_front)
{
    field.insert(in_front ? 0 : field.size(), addition);
}

// Calls `check` with each addition at each end.
void for_every_addition(std::string_view field, std::function<void(std::string_view, bool)> const& check)
{
    for (auto const addition : additions)
        for (bool const in_front : {true, false})
            BOOST_TEST_CONTEXT(field << ", character " << int(addition.front()) << (in_front ? " first" : " last"))
            {
                check(addition, in_front);
            }
}

} // namespace

BOOST_AUTO_TEST_SUITE(injection)

BOOST_AUTO_TEST_CASE(options)
{
    struct row {
        char const* name;
        std::string provider_options::*field;
        std::string value; // a good one, to be spoilt
    };
    row const rows[] = {
        {"account_sid", &provider_options::account_sid, "AC" + hex32},
        {"auth_token", &provider_options::auth_token, "secret"},
        {"api_key", &provider_options::api_key, "SK" + hex32},
        {"api_secret", &provider_options::api_secret, "secret"},
        {"subaccount_sid", &provider_options::subaccount_sid, "AC" + hex32},
        {"from_number", &provider_options::from_number, "+15005550006"},
        {"from_number", &provider_options::from_number, "My Shop"},
        {"messaging_service_sid", &provider_options::messaging_service_sid, "MG" + hex32},
        {"base_url", &provider_options::base_url, "https://api.twilio.com"},
        {"base_url", &provider_options::base_url, "https://api.twilio.com/path"},
        {"region", &provider_options::region, "au1"},
        {"edge", &provider_options::edge, "sydney"},
        {"ca_file", &provider_options::ca_file, "/dev/null"},
        {"proxy", &provider_options::proxy, "http://proxy.example:3128"},
        {"proxy", &provider_options::proxy, "http://user:password@proxy.example:3128"},
        {"no_proxy", &provider_options::no_proxy, "example.com"},
    };
    check_bytes(request_of(good_options(), {"+15558675310", "hi"}));
    for (auto const& row : rows)
        for_every_addition(row.name, [&](std::string_view addition, bool in_front) {
            auto o = good_options();
            if (row.name == "api_key"sv || row.name == "api_secret"sv)
                o.auth_token.clear(), o.api_key = "SK" + hex32, o.api_secret = "secret";
            if (row.name == "messaging_service_sid"sv)
                o.from_number.clear();
            o.*row.field = row.value;
            spoil(o.*row.field, addition, in_front);
            auto const problems = o.validate();
            BOOST_REQUIRE(problems.size() == 1u);
            BOOST_TEST(problems[0].option == row.name);
            BOOST_TEST(!detail::has_control_characters(problems[0].what + problems[0].fix));
        });
}

BOOST_AUTO_TEST_CASE(notifications)
{
    struct row {
        char const* name;
        std::string& (*field)(notification&);
        char const* value; // a good one, to be spoilt
    };
    static constexpr auto first = [](std::vector<std::string>& list) -> std::string& {
        return list.empty() ? list.emplace_back() : list.front();
    };
    row const rows[] = {{"to", [](auto& n) -> auto& {return n.to;
}
, "+15558675310"
}
, {"to", [](auto& n) -> auto& {return n.to;
}
, "whatsapp:+15558675310"
}
, {"text", [](auto& n) -> auto& {return n.text;
}
, "hi"
}
, {"from", [](auto& n) -> auto& {return n.from;
}
, "My Shop"
}
, {"media_urls", [](auto& n) -> auto& {return first(n.media_urls);
}
, "https://example.com/a.png"
}
, {"channel", [](auto& n) -> auto& {return n.channel;
}
, "sms"
}
, {"template_name", [](auto& n) -> auto& {return n.template_name;
}
, "t"
}
, {"subject", [](auto& n) -> auto& {return n.subject;
}
, "t"
}
, {"html", [](auto& n) -> auto& {return n.html;
}
, "t"
}
, {"data", [](auto& n) -> auto& {return n.data;
}
, "{}"
}
, {"idempotency_key", [](auto& n) -> auto& {return n.idempotency_key;
}
, "k"
}
, {"status_callback", [](auto& n) -> auto& {return n.status_callback;
}
, "https://example.com/s"
}
, {"application_sid", [](auto& n) -> auto& {return n.application_sid;
}
, "AP0123456789abcdef0123456789abcdef"
}
, {"fallback_from", [](auto& n) -> auto& {return n.fallback_from;
}
, "+15005550006"
}
, {"content_sid", [](auto& n) -> auto& {return n.content_sid;
}
, "HX0123456789abcdef0123456789abcdef"
}
, {"content_variables", [](auto& n) -> auto& {return n.content_variables;
}
, "{}"
}
, {"persistent_actions", [](auto& n) -> auto& {return first(n.persistent_actions);
}
, "mailto:a"
}
,
}
;
auto const o = good_options();
for (auto const& row : rows)
    for_every_addition(row.name, [&](std::string_view addition, bool in_front) {
        notification n{"+15558675310", "hi"};
        if (row.name == "content_variables"sv)
            n.content_sid = "HX" + hex32;
        row.field(n) = row.value;
        spoil(row.field(n), addition, in_front);
        auto const checked = detail::check_notification(n, {o.from_number, {}}, media_policy::reject);
        if (checked.problem)
            BOOST_TEST(!detail::has_control_characters(checked.message));
        else
            check_bytes(request_of(o, n));
    });
}

BOOST_AUTO_TEST_SUITE_END()
