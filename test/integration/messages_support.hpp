// What tests of `provider::messages` share.
#pragma once
#include "../support/canned_server.hpp"
#include "support.hpp"
#include <boost/asio/steady_timer.hpp>
#include <boost/test/unit_test.hpp>
#include <vector>

namespace twilio_sms::test {

inline std::string const no_message = "SM0123456789abcdef0123456789abcdef";

inline simulator_options quick()
{
    simulator_options o;
    o.delivery_time = 0ms;
    return o;
}

inline provider_options options_for(canned_server const& server)
{
    provider_options o;
    o.account_sid = account_sid;
    o.auth_token = ::test::canary_token;
    o.from_number = sender;
    o.base_url = server.url();
    return o;
}

// Runs one test's coroutine with a provider, which it closes at the end.
template <class Test>
void with_provider(provider_options options, Test test)
{
    asio::io_context io;
    provider p(io.get_executor(), std::move(options));
    run(io, [](provider& q, Test& t) -> asio::awaitable<void> {
        co_await t(q);
        co_await q.close();
    }(p, test));
}

inline asio::awaitable<void> pause(std::chrono::milliseconds time)
{
    asio::steady_timer timer(co_await asio::this_coro::executor, time);
    co_await timer.async_wait(asio::use_awaitable);
}

inline asio::awaitable<message> final_one(message_resource messages, std::string sid)
{
    for (;;) {
        auto m = co_await messages.fetch(sid);
        if (m.status == "delivered")
            co_return m;
        co_await pause(5ms);
    }
}

inline asio::awaitable<std::string> send(provider& p, int i, std::vector<std::string> media = {})
{
    notification n(number(i), text());
    n.media_urls = std::move(media);
    auto const r = co_await p.send(n);
    co_return r.sid;
}

template <class T>
std::string text_of(result<T> const& r)
{
    if (r.has_value())
        return "done";
    return std::string(to_string(r.error().fate)) + " " + r.error().code.to_string();
}

inline std::string twilio(int code)
{
    return error_code(code, twilio_category()).to_string();
}

inline std::string ours(errc e)
{
    return make_error_code(e).to_string();
}

} // namespace twilio_sms::test
