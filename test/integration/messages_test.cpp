// Messages that Twilio has, over real TLS: what can be done with one.
#include "messages_support.hpp"
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>

using namespace twilio_sms;
using namespace twilio_sms::test;

namespace {

std::string const no_media = "ME0123456789abcdef0123456789abcdef";

// By a provider with a messaging service.
asio::awaitable<std::string> schedule(provider& p, int i)
{
    notification n(number(i), text());
    n.send_at = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) + std::chrono::hours(1);
    auto const r = co_await p.send(n);
    co_return r.sid;
}

} // namespace

BOOST_AUTO_TEST_SUITE(messages_of_twilio)

BOOST_AUTO_TEST_CASE(fetch_redact_and_remove)
{
    local_twilio twilio_(quick());
    with_provider(twilio_.options(), [&](provider& p) -> asio::awaitable<void> {
        auto const messages = p.messages();
        auto const sid = co_await send(p, 1);
        auto const m = co_await final_one(messages, sid);
        BOOST_TEST(m.sid == sid);
        BOOST_TEST(m.account_sid == account_sid);
        BOOST_TEST(m.to == number(1));
        BOOST_TEST(m.from == sender);
        BOOST_TEST(m.text == text());
        BOOST_TEST(m.direction == "outbound-api");
        BOOST_TEST(m.segments == 1);
        BOOST_TEST(m.media == 0);
        BOOST_TEST(m.error_code == 0);
        BOOST_TEST(m.date_created.has_value());
        BOOST_TEST(m.date_sent.has_value());

        auto const redacted = co_await messages.redact(sid);
        BOOST_TEST(redacted.text == "");
        auto const again = co_await messages.redact(sid); // no harm
        BOOST_TEST(again.text == "");
        co_await messages.remove(sid);
        auto const gone = co_await messages.try_fetch(sid);
        BOOST_TEST(text_of(gone) == "rejected " + twilio(20404));
        auto const removed = co_await messages.try_remove(sid);
        BOOST_TEST(text_of(removed) == "rejected " + twilio(20404));
        auto const changed = co_await messages.try_redact(sid);
        BOOST_TEST(text_of(changed) == "rejected " + twilio(30404));
        BOOST_TEST(twilio_.server().messages().at(0).deleted);
        BOOST_TEST(twilio_.server().messages().at(0).body == text()); // the truth is what was accepted
    });
}

BOOST_AUTO_TEST_CASE(too_early_to_redact_or_remove)
{
    auto o = quick();
    o.delivery_time = 60s;
    local_twilio twilio_(o);
    with_provider(twilio_.options(), [](provider& p) -> asio::awaitable<void> {
        auto const sid = co_await send(p, 1);
        auto const redacted = co_await p.messages().try_redact(sid);
        BOOST_TEST(text_of(redacted) == "rejected " + twilio(20009));
        BOOST_TEST(redacted.error().conditions.contains(condition::retryable));
        BOOST_TEST(redacted.error().attempts == 1);
        auto const removed = co_await p.messages().try_remove(sid);
        BOOST_TEST(text_of(removed) == "rejected " + twilio(20009));
    });
}

BOOST_AUTO_TEST_CASE(cancel)
{
    local_twilio twilio_(quick());
    auto o = twilio_.options();
    o.from_number.clear();
    o.messaging_service_sid = "MG0123456789abcdef0123456789abcdef";
    with_provider(o, [](provider& p) -> asio::awaitable<void> {
        auto const messages = p.messages();
        auto const sid = co_await schedule(p, 1);
        auto const before = co_await messages.fetch(sid);
        BOOST_TEST(before.status == "scheduled");
        auto const m = co_await messages.cancel(sid);
        BOOST_TEST(m.status == "canceled");
        BOOST_TEST(m.sid == sid);
        auto const again = co_await messages.cancel(sid); // Twilio says 30409, and shows that it is
        BOOST_TEST(again.status == "canceled");
        BOOST_TEST(again.sid == sid);

        auto const sent = co_await send(p, 2);
        auto const late = co_await messages.try_cancel(sent);
        BOOST_TEST(text_of(late) == "rejected " + twilio(30409));
        auto const none = co_await messages.try_cancel(no_message);
        BOOST_TEST(text_of(none) == "rejected " + twilio(30404));
    });
}

BOOST_AUTO_TEST_CASE(media_and_feedback)
{
    local_twilio twilio_(quick());
    with_provider(twilio_.options(), [&](provider& p) -> asio::awaitable<void> {
        auto const messages = p.messages();
        std::vector<std::string> const urls{"https://example.com/a.png", "https://example.com/b.pdf"};
        auto const sid = co_await send(p, 1, urls);
        std::vector<media_item> found;
        auto list = messages.media(sid);
        while (auto one = co_await list.next())
            found.push_back(*std::move(one));
        BOOST_TEST_REQUIRE(found.size() == 2u);
        BOOST_TEST(found[1].content_type == "application/pdf");
        BOOST_TEST(found[1].message_sid == sid);
        auto const one = co_await messages.fetch_media(sid, found[0].sid);
        BOOST_TEST(one.sid == found[0].sid);
        BOOST_TEST(one.content_type == "image/png");
        BOOST_TEST(one.date_created.has_value());
        co_await messages.remove_media(sid, found[0].sid);
        auto const gone = co_await messages.try_fetch_media(sid, found[0].sid);
        BOOST_TEST(text_of(gone) == "rejected " + twilio(20404));
        auto rest = messages.media(sid);
        auto const left = co_await rest.next();
        BOOST_TEST(left->sid == found[1].sid);

        co_await messages.feedback(sid, feedback_outcome::confirmed);
        BOOST_TEST(twilio_.server().messages().at(0).feedback == "confirmed");
        co_await messages.feedback(sid, feedback_outcome::unconfirmed);
        BOOST_TEST(twilio_.server().messages().at(0).feedback == "unconfirmed");
        auto const none = co_await messages.try_feedback(no_message, feedback_outcome::confirmed);
        BOOST_TEST(text_of(none) == "rejected " + twilio(20404));
    });
}

BOOST_AUTO_TEST_CASE(removed_by_an_attempt_in_doubt)
{
    canned_server server([&server](std::string const&) {
        return server.requests() == 1
                   ? std::string()
                   : canned_server::reply(404, R"({"code":20404,"message":"not found","status":404})");
    });
    auto o = options_for(server);
    o.retry_delay = 1ms;
    with_provider(o, [](provider& p) -> asio::awaitable<void> {
        auto const removed = co_await p.messages().try_remove(no_message);
        BOOST_TEST(text_of(removed) == "done");
    });
    BOOST_TEST(server.requests() == 2);
}

BOOST_AUTO_TEST_CASE(an_answer_that_differs_is_none)
{
    std::string body;
    canned_server server([&body](std::string const&) { return canned_server::reply(200, body); });
    auto o = options_for(server);
    o.max_retries = 0;
    with_provider(o, [&body](provider& p) -> asio::awaitable<void> {
        auto const messages = p.messages();
        auto const asks = "not_sent " + ours(errc::malformed_reply), changes = "unknown " + ours(errc::malformed_reply);
        auto const other = "SM" + std::string(32, 'b');
        // About this message, but neither canceled nor redacted nor removed; then about another one, which is.
        body = R"({"sid":")" + no_message + R"(","status":"sent","body":"hi"})";
        auto const fetched = co_await messages.try_fetch(no_message);
        BOOST_TEST(text_of(fetched) == "done");
        for (int i = 0; i < 2; ++i) {
            auto const canceled = co_await messages.try_cancel(no_message);
            BOOST_TEST(text_of(canceled) == changes);
            auto const redacted = co_await messages.try_redact(no_message);
            BOOST_TEST(text_of(redacted) == changes);
            auto const removed = co_await messages.try_remove(no_message);
            BOOST_TEST(text_of(removed) == changes);
            body = R"({"sid":")" + other + R"(","status":"canceled","body":""})";
        }
        auto const another = co_await messages.try_fetch(no_message);
        BOOST_TEST(text_of(another) == asks);
        body = R"({"sid":")" + no_media + R"(","parent_sid":")" + other + R"("})";
        auto const media = co_await messages.try_fetch_media(no_message, no_media);
        BOOST_TEST(text_of(media) == asks);
        auto const media_gone = co_await messages.try_remove_media(no_message, no_media);
        BOOST_TEST(text_of(media_gone) == changes);
        body = R"({"message_sid":")" + other + R"(","outcome":"confirmed"})";
        auto const told = co_await messages.try_feedback(no_message, feedback_outcome::confirmed);
        BOOST_TEST(text_of(told) == changes);
    });
}

BOOST_AUTO_TEST_CASE(malformed_arguments_go_nowhere)
{
    provider_options o = local_twilio().options(); // nobody listens there any more
    o.base_url = "http://127.0.0.1:9";
    o.ca_file.clear();
    with_provider(o, [](provider& p) -> asio::awaitable<void> {
        auto const messages = p.messages();
        auto const refused = "rejected " + ours(errc::invalid_parameter);
        std::string const good = no_message;
        for (std::string const sid :
             {"", "SM1", "SM0123456789abcdef0123456789abcdeg", "AC0123456789abcdef0123456789abcdef",
              "SM0123456789abcdef0123456789abcdef/../../Calls", "SM0123456789abcdef0123456789abcde\n",
              "ME0123456789abcdef0123456789abcdef", "../../AC0123456789abcdef0123456789"}) {
            auto const fetched = co_await messages.try_fetch(sid);
            BOOST_TEST(text_of(fetched) == refused, sid);
            BOOST_TEST(fetched.error().attempts == 0);
            BOOST_TEST(fetched.error().message.starts_with("sid: is not SM or MM and 32 hex digits; "));
            auto const cancelled = co_await messages.try_cancel(sid);
            BOOST_TEST(text_of(cancelled) == refused, sid);
            auto const redacted = co_await messages.try_redact(sid);
            BOOST_TEST(text_of(redacted) == refused, sid);
            auto const removed = co_await messages.try_remove(sid);
            BOOST_TEST(text_of(removed) == refused, sid);
            auto const told = co_await messages.try_feedback(sid, feedback_outcome::confirmed);
            BOOST_TEST(text_of(told) == refused, sid);
            auto list = messages.media(sid);
            auto const listed = co_await list.try_next();
            BOOST_TEST(text_of(listed) == refused, sid);
            auto const media = co_await messages.try_fetch_media(sid, no_media);
            BOOST_TEST(text_of(media) == refused, sid);
            auto const media_gone = co_await messages.try_remove_media(sid, no_media);
            BOOST_TEST(text_of(media_gone) == refused, sid);
        }
        for (std::string const media_sid : {"", "ME1", "SM0123456789abcdef0123456789abcdef"}) {
            auto const media = co_await messages.try_fetch_media(good, media_sid);
            BOOST_TEST(text_of(media) == refused);
            BOOST_TEST(media.error().message.starts_with("media_sid: is not ME and 32 hex digits; "));
            auto const media_gone = co_await messages.try_remove_media(good, media_sid);
            BOOST_TEST(text_of(media_gone) == refused);
        }
        list_filter f;
        f.page_size = 0;
        auto list = messages.list(f);
        auto const listed = co_await list.try_next();
        BOOST_TEST(text_of(listed) == refused);
        auto const asked = co_await messages.try_fetch(good); // this one goes out
        BOOST_TEST(asked.error().attempts == 4);
    });
}

BOOST_AUTO_TEST_CASE(the_throwing_forms_throw)
{
    local_twilio twilio_(quick());
    with_provider(twilio_.options(), [](provider& p) -> asio::awaitable<void> {
        int thrown = 0;
        try {
            co_await p.messages().fetch(no_message);
        } catch (send_error const& e) {
            BOOST_TEST(e.details().twilio_code == 20404);
            BOOST_TEST(std::string(e.what()).ends_with(
                "check the SID: the account has no such message or media, or not any more"));
            ++thrown;
        }
        try {
            co_await p.messages().remove("x");
        } catch (send_error const& e) {
            BOOST_TEST((e.code() == errc::invalid_parameter));
            ++thrown;
        }
        BOOST_TEST(thrown == 2);
    });
}

BOOST_AUTO_TEST_CASE(a_handle_outlives_its_provider)
{
    auto o = quick();
    o.latency = 60s;
    local_twilio twilio_(o);
    asio::io_context io;
    std::optional<provider> p(std::in_place, io.get_executor(), twilio_.options());
    std::string pending = "running", after;
    asio::co_spawn(
        io,
        [](message_resource messages, std::string& said) -> asio::awaitable<void> {
            auto list = messages.list();
            auto const m = co_await list.try_next();
            said = text_of(m);
        }(p->messages(), pending),
        asio::detached);
    auto const handle = p->messages();
    asio::steady_timer timer(io, 50ms); // it is under way, or about to be: the end is the same
    timer.async_wait([&](error_code) { p.reset(); });
    io.run();
    BOOST_TEST(pending == "not_sent " + ours(errc::closed));
    io.restart();
    run(io, [](message_resource messages, std::string& said) -> asio::awaitable<void> {
        auto const m = co_await messages.try_remove(no_message);
        said = text_of(m);
        auto list = messages.list();
        auto const listed = co_await list.try_next();
        said += ", " + text_of(listed);
    }(handle, after));
    BOOST_TEST(after == "not_sent " + ours(errc::closed) + ", not_sent " + ours(errc::closed));
}

// Nothing must be left of what waits when everything ends at once: the sanitizers look for it.
BOOST_AUTO_TEST_CASE(everything_ends_with_a_request_under_way)
{
    auto o = quick();
    o.latency = 60s;
    local_twilio twilio_(o);
    bool told = false;
    {
        asio::io_context io;
        provider p(io.get_executor(), twilio_.options());
        asio::co_spawn(
            io,
            [](message_resource messages, bool& ended) -> asio::awaitable<void> {
                auto list = messages.list();
                co_await list.try_next();
                ended = true;
            }(p.messages(), told),
            asio::detached);
        io.run_for(50ms);
    }
    BOOST_TEST(!told);
}

BOOST_AUTO_TEST_CASE(cancellation)
{
    auto o = quick();
    o.latency = 60s;
    local_twilio twilio_(o);
    for (auto const type : {asio::cancellation_type::terminal, asio::cancellation_type::all}) {
        asio::io_context io;
        provider p(io.get_executor(), twilio_.options());
        asio::cancellation_signal signal;
        std::string read, removed;
        asio::steady_timer timer(io, 50ms);
        timer.async_wait([&](error_code) { signal.emit(type); });
        asio::co_spawn(
            io,
            [](message_resource messages, std::string& said) -> asio::awaitable<void> {
                auto list = messages.list();
                auto const m = co_await list.try_next();
                said = text_of(m);
            }(p.messages(), read),
            asio::bind_cancellation_slot(signal.slot(), [&](std::exception_ptr e) {
                BOOST_TEST(!e);
                asio::co_spawn(io, p.close(), asio::detached);
            }));
        io.run();
        BOOST_TEST(read == "not_sent " + ours(errc::cancelled));
    }
}

BOOST_AUTO_TEST_CASE(its_own_executor_is_kept_running)
{
    local_twilio twilio_(quick());
    asio::io_context io, other;
    provider p(io.get_executor(), twilio_.options());
    std::string said;
    asio::co_spawn(
        other,
        [](message_resource messages, std::string& to) -> asio::awaitable<void> {
            auto const m = co_await messages.try_fetch(no_message);
            to = text_of(m);
        }(p.messages(), said),
        asio::detached);
    auto work = asio::make_work_guard(io); // before the thread, which would find nothing to do
    std::thread runner([&io] { io.run(); });
    other.run(); // has work until the answer is there, though nothing else keeps it going
    BOOST_TEST(said == "rejected " + twilio(20404));
    {
        provider ending(std::move(p));
    }
    work.reset();
    runner.join();
}

BOOST_AUTO_TEST_SUITE_END()
