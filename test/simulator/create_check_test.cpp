#include "simulator/create_check.hpp"
#include <boost/test/unit_test.hpp>

using namespace twilio_sms;
using namespace twilio_sms::detail::sim;

namespace {

constexpr std::string_view service = "MG0123456789abcdef0123456789abcdef";
constexpr std::string_view template_sid = "HX0123456789abcdef0123456789abcdef";

// 2026-01-15T12:00:00Z
constexpr std::chrono::sys_seconds now =
    std::chrono::sys_days(std::chrono::year(2026) / 1 / 15) + std::chrono::hours(12);

create_parameters good()
{
    create_parameters p;
    p.to = "+15551230001";
    p.from = "+15005550006";
    p.body = "hello";
    return p;
}

create_parameters good_by_service()
{
    auto p = good();
    p.from = {};
    p.messaging_service_sid = service;
    return p;
}

create_parameters scheduled(std::string_view at)
{
    auto p = good_by_service();
    p.schedule_type = "fixed";
    p.send_at = at;
    return p;
}

int code_of(create_parameters p, simulator_account const& account = {})
{
    settle_sender(p);
    auto const error = check_create(p, account, now);
    BOOST_TEST((!error || error->status == 400 || error->code == 21611));
    return error ? error->code : 0;
}

template <class Change>
int code_with(Change change, create_parameters p = good())
{
    change(p);
    return code_of(p);
}

std::string message_of(create_parameters const& p, simulator_account const& account = {})
{
    auto const error = check_create(p, account, now);
    return error ? error->message : "";
}

} // namespace

BOOST_AUTO_TEST_SUITE(create_checks)

BOOST_AUTO_TEST_CASE(good_messages_pass)
{
    BOOST_TEST(code_of(good()) == 0);
    BOOST_TEST(code_of(good_by_service()) == 0);
    BOOST_TEST(code_with([](auto& p) { p.from = service; }) == 0); // an MG SID as From
    BOOST_TEST(code_with([](auto& p) { p.from = "72345"; }) == 0);
    BOOST_TEST(code_with([](auto& p) { p.from = "ACME Shop"; }) == 0);
    BOOST_TEST(code_with([](auto& p) { p.to = "whatsapp:+15551230001", p.from = "whatsapp:+15005550006"; }) == 0);
    BOOST_TEST(code_with([](auto& p) { p.body = {}, p.media_urls = {"https://example.com/1.png"}; }) == 0);
    BOOST_TEST(code_with([](auto& p) { p.body = {}, p.content_sid = template_sid; }) == 0);
    BOOST_TEST(code_with([](auto& p) { p.messaging_service_sid = service; }) == 0); // with From
}

BOOST_AUTO_TEST_CASE(recipient_and_sender)
{
    BOOST_TEST(code_with([](auto& p) { p.to = {}; }) == 21604);
    BOOST_TEST(code_with([](auto& p) { p.to = "123"; }) == 21211);
    BOOST_TEST(code_with([](auto& p) { p.to = "+1asd"; }) == 21211);
    BOOST_TEST(code_with([](auto& p) { p.from = {}; }) == 21603);
    BOOST_TEST(code_with([](auto& p) { p.from = "not a sender name"; }) == 21212);
    BOOST_TEST(code_with([](auto& p) { p.from = p.to; }) == 21266);
    BOOST_TEST(code_with([](auto& p) { p.from = "whatsapp:+15005550006"; }) == 21910);
    BOOST_TEST(code_with([](auto& p) { p.to = "whatsapp:+15551230001"; }) == 21910);
    BOOST_TEST(code_with([](auto& p) { p.messaging_service_sid = "MG12"; }, good_by_service()) == 21705);
}

BOOST_AUTO_TEST_CASE(content)
{
    BOOST_TEST(code_with([](auto& p) { p.body = {}; }) == 21602);
    BOOST_TEST(code_with([](auto& p) { p.body = {}; }, good_by_service()) == 21619);
    std::string text;
    for (int i = 0; i < 1600; ++i)
        text += "\xc3\xa9"; // code points count, not bytes
    BOOST_TEST(code_with([&](auto& p) { p.body = text; }) == 0);
    text += 'x';
    BOOST_TEST(code_with([&](auto& p) { p.body = text; }) == 21617);
    BOOST_TEST(code_with([](auto& p) { p.media_urls.assign(10, "https://example.com/1.png"); }) == 0);
    BOOST_TEST(code_with([](auto& p) { p.media_urls.assign(11, "https://example.com/1.png"); }) == 21623);
    BOOST_TEST(code_with([](auto& p) {
                   p.media_urls = {"https://example.com/1.png", "ftp://example.com/2"};
               }) == 21620);
    BOOST_TEST(code_with([](auto& p) { p.media_urls = {"nonsense"}; }) == 21620);
    BOOST_TEST(code_with([](auto& p) { p.content_variables = "{}"; }) == 21654);
    BOOST_TEST(code_with([](auto& p) { p.content_sid = "HX1"; }) == 21655);
    BOOST_TEST(code_with([](auto& p) { p.content_sid = template_sid, p.content_variables = "{"; }) == 21656);
    BOOST_TEST(code_with([](auto& p) { p.content_sid = template_sid, p.content_variables = "[1]"; }) == 21656);
    BOOST_TEST(code_with([](auto& p) { p.content_sid = template_sid, p.content_variables = "{\"1\":\"a\"}"; }) == 0);
}

BOOST_AUTO_TEST_CASE(delivery_parameters)
{
    BOOST_TEST(code_with([](auto& p) { p.status_callback = "https://example.com/status?ref=1"; }) == 0);
    BOOST_TEST(code_with([](auto& p) { p.status_callback = "https://my_host.example.com/"; }) == 21609);
    BOOST_TEST(code_with([](auto& p) { p.status_callback = "https://example.com/a_b"; }) == 0);
    BOOST_TEST(code_with([](auto& p) { p.status_callback = "localhost"; }) == 21609);
    for (auto const* period : {"0", "-1", "36001", "abc", "10s", "99999999999", "1.5"})
        BOOST_TEST(code_with([=](auto& p) { p.validity_period = period; }) == 21624, period);
    for (auto const* period : {"1", "36000"})
        BOOST_TEST(code_with([=](auto& p) { p.validity_period = period; }) == 0, period);
    BOOST_TEST(code_with([](auto& p) { p.content_retention = "keep"; }) == 30029);
    BOOST_TEST(code_with([](auto& p) { p.content_retention = "discard"; }) == 0);
    BOOST_TEST(code_with([](auto& p) { p.address_retention = "discard"; }) == 30030);
    BOOST_TEST(code_with([](auto& p) { p.address_retention = "obfuscate"; }) == 0);
}

BOOST_AUTO_TEST_CASE(schedules)
{
    BOOST_TEST(code_of(scheduled("2026-01-15T12:15:00Z")) == 0);     // 900 s ahead
    BOOST_TEST(code_of(scheduled("2026-02-19T12:00:00Z")) == 0);     // 35 days ahead
    BOOST_TEST(code_of(scheduled("2026-01-15T12:14:59Z")) == 35114); // too soon
    BOOST_TEST(code_of(scheduled("2020-01-15T12:14:59Z")) == 35114);
    BOOST_TEST(code_of(scheduled("2026-02-19T12:00:01Z")) == 35115); // too late
    BOOST_TEST(code_of(scheduled("tomorrow")) == 35117);
    BOOST_TEST(code_of(scheduled("")) == 35111);
    BOOST_TEST(code_with([](auto& p) { p.schedule_type = "weekly"; }, scheduled("2026-01-16T12:00:00Z")) == 35126);
    BOOST_TEST(code_with([](auto& p) { p.schedule_type = {}; }, scheduled("2026-01-16T12:00:00Z")) == 35126);
    BOOST_TEST(code_with([](auto& p) { p.from = "+15005550006", p.messaging_service_sid = {}; },
                         scheduled("2026-01-16T12:00:00Z")) == 35118);
}

BOOST_AUTO_TEST_CASE(recorded_texts)
{
    auto p = good();
    p.to = "123";
    BOOST_TEST(message_of(p) == "The 'To' number 123 is not a valid phone number.");
    p = good();
    p.from = "!";
    BOOST_TEST(message_of(p) ==
               "The 'From' number ! is not a valid phone number, shortcode, or alphanumeric sender ID.");
    p.from = {};
    BOOST_TEST(message_of(p) == "A 'From' phone number is required.");
}

BOOST_AUTO_TEST_CASE(owned_senders_and_services)
{
    simulator_account account("AC0123456789abcdef0123456789abcdef", "token");
    account.numbers = {"+15005550006", "ACME"};
    account.messaging_services = {std::string(service)};
    BOOST_TEST(code_of(good(), account) == 0);
    BOOST_TEST(code_of(good_by_service(), account) == 0);
    auto p = good();
    p.from = "+15005550099";
    BOOST_TEST(code_of(p, account) == 21660);
    BOOST_TEST(message_of(p, account) ==
               "Mismatch between the 'From' number +15005550099 and the account AC0123456789abcdef0123456789abcdef");
    p.messaging_service_sid = service;
    BOOST_TEST(code_of(p, account) == 21711);
    p = good();
    p.from = "OTHER";
    BOOST_TEST(code_of(p, account) == 21606);
    p = good_by_service();
    p.messaging_service_sid = "MGffffffffffffffffffffffffffffffff";
    BOOST_TEST(code_of(p, account) == 21701);
}

BOOST_AUTO_TEST_CASE(the_first_problem_is_told)
{
    create_parameters p;
    BOOST_TEST(code_of(p) == 21604); // before sender and content
    p.to = "+15551230001";
    BOOST_TEST(code_of(p) == 21603);
    p.from = "+15005550006";
    BOOST_TEST(code_of(p) == 21602);
}

BOOST_AUTO_TEST_SUITE_END()
