#include "hostile/row.hpp"
#include "integration/support.hpp"
#include <algorithm>
#include <boost/test/unit_test.hpp>

namespace twilio_sms::test {
namespace {

struct trial {
    row const* what;
    int version;
};

certificate const& own_certificate()
{
    static certificate const c = make_self_signed_certificate();
    return c;
}

provider_options options_for(row const& r, std::uint16_t port, std::string const& ca_file)
{
    provider_options o;
    o.account_sid = account_sid;
    o.auth_token = ::test::canary_token;
    o.from_number = sender;
    o.base_url = "https://127.0.0.1:" + std::to_string(port);
    o.ca_file = ca_file;
    o.max_connections = 1; // the next message takes the same connection if it may
    o.max_retries = r.max_retries;
    o.retry_delay = 1ms;
    o.when_unknown = unknown_policy::report;
    o.connect_timeout = o.response_timeout = r.stalling ? 1s : 60s;
    o.total_timeout = 120s;
    o.observer = make_log_observer(log_level::debug, text_sink(std::clog));
    return o;
}

std::string described(result<receipt> const& outcome)
{
    if (outcome)
        return "accepted " + outcome->sid;
    auto const& f = outcome.error();
    return std::string(to_string(f.fate)) + ' ' + f.code.category().name() + ':' + std::to_string(f.code.value()) +
           " \"" + f.message + '"';
}

// What is not as it has to be; "" when all is.
std::string problem_with_fate(row const& r, result<receipt> const& outcome, int requests_read)
{
    auto const got = outcome ? fate::accepted : outcome.error().fate;
    if (got != r.expected)
        return "fate is not " + std::string(to_string(r.expected));
    if (outcome)
        return outcome->sid == scripted_sid ? "" : "accepted with a SID that was not granted";
    auto const& f = outcome.error();
    if (f.code != r.code)
        return "error is not " + std::string(r.code.category().name()) + ':' + std::to_string(r.code.value());
    if (got == fate::not_sent && requests_read > 0 && !r.unprocessed)
        return "not_sent, although the server could read the request";
    for (std::string_view const secret :
         {::test::canary_token, ::test::canary_text, ::test::canary_number.substr(1), std::string_view("Basic ")})
        if (f.message.find(secret) != std::string::npos || f.request_id.find(secret) != std::string::npos)
            return "a secret shows in the failure";
    if (std::ranges::any_of(f.message, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7f; }))
        return "the failure is not one line";
    return {};
}

std::string problem_with_next(row const& r, hostile_server const& server, result<receipt> const& next)
{
    if (!next)
        return "the next message failed";
    if (next->sid != server.granted_sid())
        return "the next message got the answer of another";
    if (r.kept != (server.granted_on() == 0))
        return r.kept ? "the connection was not kept" : "the connection was used again";
    return {};
}

std::string problem_with(row const& r, int version, std::string const& ca_file)
{
    hostile_server server(own_certificate(), version, r.play);
    asio::io_context io;
    auto work = asio::make_work_guard(io);
    std::thread thread([&] { io.run(); });
    std::string problem;
    {
        provider p(io.get_executor(), options_for(r, server.port(), ca_file));
        auto const outcome =
            p.async_send(notification(std::string(::test::canary_number), text()), asio::use_future).get();
        if (!server.script_ended())
            problem = "the script did not end; ";
        auto const next = p.async_send(notification(number(7), text()), asio::use_future).get();
        asio::co_spawn(io, p.close(), asio::use_future).get();
        server.finish();
        if (auto const what = problem_with_fate(r, outcome, server.scripted_requests()); !what.empty())
            problem += what + ": " + described(outcome) + "; ";
        if (auto const what = problem_with_next(r, server, next); !what.empty())
            problem += what + ": " + described(next);
    }
    work.reset();
    thread.join();
    if (!problem.empty())
        problem = (version == TLS1_2_VERSION ? "TLS 1.2, " : "TLS 1.3, ") + r.name + ": " + problem;
    return problem;
}

} // namespace

script answers(std::string text)
{
    return [text = std::move(text)](peer& p) {
        if (p.shake_hands() && !p.read_request().empty())
            p.send(text);
    };
}

script answers(std::string text, goodbye how)
{
    return [then = answers(std::move(text)), how](peer& p) {
        then(p);
        p.leave(how);
    };
}

void play(std::vector<row> const& rows)
{
    std::vector<trial> trials;
    for (auto const& r : rows)
        for (int const version : {TLS1_2_VERSION, TLS1_3_VERSION})
            if (r.version == 0 || r.version == version)
                trials.push_back({&r, version});
    temporary_file const ca(own_certificate().certificate_pem);

    // Most of the time is spent waiting for time limits.
    std::atomic<std::size_t> next = 0;
    std::mutex mutex;
    std::vector<std::string> problems;
    std::vector<std::thread> players;
    for (int i = 0; i < 4; ++i)
        players.emplace_back([&] {
            for (auto at = next++; at < trials.size(); at = next++)
                if (auto problem = problem_with(*trials[at].what, trials[at].version, ca.path()); !problem.empty()) {
                    std::lock_guard const lock(mutex);
                    problems.push_back(std::move(problem));
                }
        });
    for (auto& p : players)
        p.join();
    for (auto const& problem : problems)
        BOOST_ERROR(problem);
    BOOST_TEST_MESSAGE(trials.size() << " trials of " << rows.size() << " rows");
    BOOST_TEST(!trials.empty());
}

} // namespace twilio_sms::test
