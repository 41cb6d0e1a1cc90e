// Sends every create parameter, and texts in several scripts, and asks all that can be asked about messages: for a
// server at TWILIO_BASE_URL that compares requests with Twilio's description. Prints `N passed, N failed`; exit code 1
// when one was not accepted.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <functional>
#include <iostream>
#include <twilio_sms/twilio_sms.hpp>

namespace asio = boost::asio;
namespace sms = twilio_sms;
using namespace std::chrono_literals;

namespace {

constexpr char recipient[] = "+14155552345"; // of the description's example, which is the answer to all
constexpr char service[] = "MG0123456789abcdef0123456789abcdef";

struct example {
    std::string what;
    sms::notification message;
};

/// A message in which only what `set` does is unusual.
example with(std::string what, std::function<void(sms::notification&)> const& set)
{
    example e{std::move(what), {recipient, "Your order has shipped"}};
    set(e.message);
    return e;
}

std::vector<example> texts()
{
    std::vector<example> all;
    for (std::string const text :
         {"Your order has shipped", "a&b=c+d%20e; 100% = 1/1? #1\n\"two\" lines", "{10 €} [net] ^ ~ \\ |",
          "Žluťoučký kůň, ñandú, crème brûlée", "Καλημέρα, доброе утро", "صباح الخير, בוקר טוב", "नमस्ते, สวัสดี",
          "早上好, おはよう, 안녕하세요", "👍🏽 👨‍👩‍👧‍👦 🇨🇭"})
        all.push_back({text, {recipient, text}});
    all.push_back({"1,600 characters", {recipient, std::string(1600, 'x')}});
    return all;
}

std::vector<example> parameters()
{
    using message = sms::notification;
    std::string const picture = "https://example.com/a%20b.png?c=d&e=f";
    return {
        with("one media", [&](message& m) { m.media_urls = {picture}; }),
        with("media without text", [&](message& m) { m = message(recipient, "").with_media(picture); }),
        with("ten media", [&](message& m) { m.media_urls.assign(10, picture); }),
        with("alphanumeric sender", [](message& m) { m.from = "ACME"; }),
        with("short code", [](message& m) { m.from = "12345"; }),
        with("channel",
             [](message& m) {
                 m.to = "whatsapp:+14155552345";
                 m.from = "whatsapp:+15005550006";
             }),
        with("content template",
             [](message& m) {
                 m.text.clear();
                 m.with_content("HX0123456789abcdef0123456789abcdef", R"({"1": "Ana", "2": "12:30"})");
             }),
        with("status_callback", [](message& m) { m.status_callback = "https://example.com/status?reference=1&of=2"; }),
        with("application_sid", [](message& m) { m.application_sid = "AP0123456789abcdef0123456789abcdef"; }),
        with("validity_period", [](message& m) { m.validity_period = 10min; }),
        with("smart_encoded", [](message& m) { m.smart_encoded = true; }),
        with("send_as_mms", [](message& m) { m.send_as_mms = true; }),
        with("provide_feedback", [](message& m) { m.provide_feedback = true; }),
        with("force_delivery", [](message& m) { m.force_delivery = false; }),
        with("attempt", [](message& m) { m.attempt = 2; }),
        with("content_retention: retain", [](message& m) { m.content_retention = sms::content_retention::retain; }),
        with("content_retention: discard", [](message& m) { m.content_retention = sms::content_retention::discard; }),
        with("address_retention: retain", [](message& m) { m.address_retention = sms::address_retention::retain; }),
        with("address_retention: obfuscate",
             [](message& m) { m.address_retention = sms::address_retention::obfuscate; }),
        with("risk_check: enable", [](message& m) { m.risk_check = sms::risk_check::enable; }),
        with("risk_check: disable", [](message& m) { m.risk_check = sms::risk_check::disable; }),
        with("persistent_actions",
             [](message& m) {
                 m.persistent_actions = {"geo:37.787890,-122.391664|375 Beale St", "mailto:a@example.com"};
             }),
    };
}

std::vector<example> of_a_service()
{
    using message = sms::notification;
    auto const in_an_hour = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) + 1h;
    return {
        with("messaging service", [](message&) {}),
        with("messaging service and sender", [](message& m) { m.from = "+15005550006"; }),
        with("scheduled", [&](message& m) { m.send_at = in_an_hour; }),
        with("fallback_from", [](message& m) { m.fallback_from = "+15005550010"; }),
        with("shorten_urls", [](message& m) { m.shorten_urls = true; }),
    };
}

int passed = 0;
int failed = 0;

template <class T>
void note(std::string const& what, sms::result<T> const& outcome)
{
    ++(outcome ? passed : failed);
    if (!outcome)
        std::cout << "FAILED: " << what << ": " << outcome.error().message << '\n';
}

// Of the description's examples, too.
constexpr char sid[] = "SMb7c0a2ce80504485a6f653a7110836f5";
constexpr char media_sid[] = "MEaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
constexpr char sid_of_media[] = "SMaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
constexpr char sid_of_feedback[] = "MMaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

asio::awaitable<void> list_messages(sms::provider& provider)
{
    auto const messages = provider.messages();
    sms::list_filter filter;
    filter.to = recipient;
    filter.from = "+15005550006";
    filter.sent_after = std::chrono::sys_days(2026y / 1 / 2) + 3h;
    filter.sent_before = std::chrono::sys_days(2026y / 2 / 3) + 4h;
    filter.page_size = 20;
    note("list", co_await messages.list().try_next());
    note("list with filters", co_await messages.list(filter).try_next());
    sms::list_filter day;
    day.sent_on = 2026y / 1 / 2;
    note("list of a day", co_await messages.list(day).try_next());
    co_await provider.close();
}

asio::awaitable<void> fetch_and_change(sms::provider& provider)
{
    auto const messages = provider.messages();
    note("fetch", co_await messages.try_fetch(sid));
    note("cancel", co_await messages.try_cancel(sid));
    note("redact", co_await messages.try_redact(sid));
    note("media", co_await messages.media(sid).try_next());
    note("fetch media", co_await messages.try_fetch_media(sid_of_media, media_sid));
    note("remove media", co_await messages.try_remove_media(sid_of_media, media_sid));
    note("feedback", co_await messages.try_feedback(sid_of_feedback, sms::feedback_outcome::confirmed));
    note("remove", co_await messages.try_remove(sid));
    co_await provider.close();
}

asio::awaitable<void> try_all(sms::provider& provider, std::vector<example> all)
{
    for (auto const& [what, message] : all)
        note(what, co_await provider.try_send(message));
    co_await provider.close();
}

void run(sms::provider_options const& options, std::function<asio::awaitable<void>(sms::provider&)> const& program)
{
    asio::io_context io;
    sms::provider provider(io.get_executor(), options);
    asio::co_spawn(io, program(provider), [](std::exception_ptr e) {
        if (e)
            std::rethrow_exception(e);
    });
    io.run();
}

} // namespace

int main()
{
    auto options = sms::provider_options::from_environment();
    options.max_retries = 0;
    options.when_unknown = sms::unknown_policy::report;
    options.from_number = "+15005550006";
    run(options, [](sms::provider& p) { return try_all(p, texts()); });
    run(options, [](sms::provider& p) { return try_all(p, parameters()); });
    run(options, list_messages);
    run(options, fetch_and_change);
    options.from_number.clear();
    options.messaging_service_sid = service;
    run(options, [](sms::provider& p) { return try_all(p, of_a_service()); });

    std::cout << passed << " passed, " << failed << " failed\n";
    return failed == 0 ? 0 : 1;
}
