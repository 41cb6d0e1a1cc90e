// Lists of messages that Twilio has, over real connections: page by page, and nowhere else.
#include "messages_support.hpp"
#include <malloc.h>
#include <set>

using namespace twilio_sms;
using namespace twilio_sms::test;

namespace {

asio::awaitable<std::vector<message>> all_of(message_list list)
{
    std::vector<message> all;
    while (auto m = co_await list.next())
        all.push_back(*std::move(m));
    co_return all;
}

} // namespace

BOOST_AUTO_TEST_SUITE(lists_of_messages)

BOOST_AUTO_TEST_CASE(filters)
{
    local_twilio twilio_(quick());
    with_provider(twilio_.options(), [](provider& p) -> asio::awaitable<void> {
        auto const messages = p.messages();
        auto const first = co_await send(p, 1);
        auto const other = co_await send(p, 2);
        auto const second = co_await send(p, 1);
        auto const m = co_await final_one(messages, second);
        co_await final_one(messages, first);
        co_await final_one(messages, other);

        list_filter f;
        f.to = number(1);
        f.from = sender;
        f.sent_on = std::chrono::floor<std::chrono::days>(*m.date_sent);
        f.sent_after = *m.date_sent - 1h;
        f.sent_before = *m.date_sent + 1s;
        auto found = co_await all_of(messages.list(f));
        BOOST_TEST_REQUIRE(found.size() == 2u);
        BOOST_TEST(found[0].sid == second); // the newest first
        BOOST_TEST(found[1].sid == first);
        f.page_size = 1;
        found = co_await all_of(messages.list(f));
        BOOST_TEST(found.size() == 2u);
        found = co_await all_of(messages.list());
        BOOST_TEST(found.size() == 3u);
        for (int way = 0; way < 4; ++way) {
            auto none = f;
            if (way == 0)
                none.to = number(3);
            if (way == 1)
                none.from = "+15005550010";
            if (way == 2)
                none.sent_after = *m.date_sent + 1h;
            if (way == 3)
                none.sent_before = *m.date_sent - 1h;
            found = co_await all_of(messages.list(none));
            BOOST_TEST(found.empty());
        }
    });
}

BOOST_AUTO_TEST_CASE(ten_thousand_messages_one_page_at_a_time)
{
    static constexpr int count = 10'000;
    local_twilio twilio_(quick());
    auto o = twilio_.options();
    o.observer = nullptr; // it would say much
    with_provider(o, [](provider& p) -> asio::awaitable<void> {
        int next = 0;
        auto const source = [&next]() -> std::optional<notification> {
            return next < count ? std::optional(notification(number(next++), text())) : std::nullopt;
        };
        auto bulk = p.bulk(notification_source(source), bulk_options());
        while (auto item = co_await bulk.next())
            BOOST_TEST_REQUIRE(item->outcome.has_value());

        list_filter f;
        f.page_size = 200;
        auto list = p.messages().list(f);
        std::vector<bool> seen(count);
        std::size_t least = SIZE_MAX, most = 0;
        int listed = 0;
        for (; auto m = co_await list.next(); ++listed) {
            seen.at(static_cast<std::size_t>(std::stoi(m->to.substr(5)) - 1'000'000)) = true;
            if (listed >= 1000) {
                std::size_t const used = ::mallinfo2().uordblks; // of this thread's arena, not of the simulator's
                least = std::min(least, used);
                most = std::max(most, used);
            }
        }
        BOOST_TEST(listed == +count);
        BOOST_TEST(std::ranges::count(seen, true) == +count);
        BOOST_TEST(most - least < 1024u * 1024u); // all of them take eight times that
    });
}

BOOST_AUTO_TEST_CASE(lists_are_read_through_all_weathers)
{
    using enum simulated_list_fault;
    auto o = quick();
    o.list_script[""] = {error,     throttle,      unavailable,  reply_lost,   std::nullopt,
                         reply_cut, reply_garbled, std::nullopt, std::nullopt, throttle};
    local_twilio twilio_(o);
    auto options = twilio_.options();
    options.max_retries = 4;
    with_provider(options, [](provider& p) -> asio::awaitable<void> {
        for (int i = 0; i < 6; ++i)
            co_await send(p, i);
        list_filter f;
        f.page_size = 2;
        auto const all = co_await all_of(p.messages().list(f));
        BOOST_TEST(all.size() == 6u);
    });
}

BOOST_AUTO_TEST_CASE(a_list_goes_on_where_it_failed)
{
    using enum simulated_list_fault;
    auto o = quick();
    o.list_script[""] = {std::nullopt, forbidden, std::nullopt};
    local_twilio twilio_(o);
    with_provider(twilio_.options(), [](provider& p) -> asio::awaitable<void> {
        std::set<std::string> sids;
        for (int i = 0; i < 4; ++i)
            sids.insert(co_await send(p, i));
        list_filter f;
        f.page_size = 2;
        auto list = p.messages().list(f);
        int failures = 0;
        for (;;) {
            auto const m = co_await list.try_next();
            if (!m) {
                BOOST_TEST(text_of(m) == "not_sent " + twilio(20003));
                ++failures;
            } else if (*m) {
                sids.erase((*m)->sid);
            } else {
                break;
            }
        }
        BOOST_TEST(failures == 1);
        BOOST_TEST(sids.empty());
        auto const end = co_await list.try_next(); // and it stays at its end
        BOOST_TEST((end.has_value() && !end->has_value()));
    });
}

BOOST_AUTO_TEST_CASE(a_list_that_leads_astray)
{
    canned_server elsewhere([](std::string const&) { return canned_server::reply(200, ""); });
    std::string const path = "/2010-04-01/Accounts/" + account_sid + "/Messages.json";
    for (std::string const& next :
         {elsewhere.url() + path + "?Page=1", "//127.0.0.1:" + std::to_string(elsewhere.port()) + path + "?Page=1",
          std::string("/2010-04-01/Accounts/AC00000000000000000000000000000009/Messages.json?Page=1"),
          "/2010-04-01/Accounts/" + account_sid + "/Keys.json?Page=1"}) {
        canned_server server([&](std::string const&) {
            return canned_server::reply(200, R"({"messages":[{"sid":")" + no_message + R"("}],"next_page_uri":")" +
                                                 next + R"("})");
        });
        with_provider(options_for(server), [](provider& p) -> asio::awaitable<void> {
            auto list = p.messages().list();
            auto const first = co_await list.next();
            BOOST_TEST(first->sid == no_message); // what was read is not lost
            for (int i = 0; i < 2; ++i) {
                auto const second = co_await list.try_next();
                BOOST_TEST(text_of(second) == "not_sent " + ours(errc::malformed_reply));
                BOOST_TEST(second.error().conditions.contains(condition::configuration));
                BOOST_TEST(second.error().message ==
                           "the list's next page is not one of /2010-04-01/Accounts/" + account_sid +
                               "/Messages.json, so it was not asked for: credentials go nowhere else; check base_url");
            }
        });
        BOOST_TEST(server.requests() == 1);
    }
    BOOST_TEST(elsewhere.requests() == 0);
}

BOOST_AUTO_TEST_CASE(a_list_that_leads_in_a_circle)
{
    int pages = 0;
    canned_server server([&](std::string const&) {
        ++pages;
        return canned_server::reply(200, R"({"messages":[{"sid":")" + no_message +
                                             R"("}],"next_page_uri":"/2010-04-01/Accounts/)" + account_sid +
                                             "/Messages.json?Page=" + std::to_string(pages) +
                                             "&PageToken=" + (pages % 2 ? "a" : "b") + "\"}");
    });
    with_provider(options_for(server), [](provider& p) -> asio::awaitable<void> {
        auto list = p.messages().list();
        auto m = co_await list.try_next();
        for (int i = 0; i < 100 && m; ++i)
            m = co_await list.try_next();
        BOOST_TEST_REQUIRE(!m.has_value());
        BOOST_TEST(text_of(m) == "not_sent " + ours(errc::malformed_reply));
        BOOST_TEST(m.error().message.starts_with("the list leads in a circle"));
    });
    BOOST_TEST(server.requests() < 10);
}

BOOST_AUTO_TEST_CASE(closed_while_it_is_read)
{
    local_twilio twilio_(quick());
    with_provider(twilio_.options(), [](provider& p) -> asio::awaitable<void> {
        for (int i = 0; i < 4; ++i)
            co_await send(p, i);
        list_filter f;
        f.page_size = 2;
        auto const messages = p.messages();
        auto list = messages.list(f);
        auto const first = co_await list.try_next();
        BOOST_TEST(text_of(first) == "done");
        co_await p.close();
        auto const second = co_await list.try_next(); // it is in memory
        BOOST_TEST(text_of(second) == "done");
        auto const third = co_await list.try_next();
        BOOST_TEST(text_of(third) == "not_sent " + ours(errc::closed));
        auto const fetched = co_await messages.try_fetch(no_message);
        BOOST_TEST(text_of(fetched) == "not_sent " + ours(errc::closed));
    });
}

BOOST_AUTO_TEST_SUITE_END()
