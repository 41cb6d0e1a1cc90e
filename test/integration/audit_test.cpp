// Faults of every kind, and then the comparison: what the SDK claims against what the simulator knows.
#include "support.hpp"
#include <boost/test/unit_test.hpp>
#include <map>

namespace twilio_sms::test {
namespace {

struct claims {
    std::map<std::string, fate> fates; ///< by recipient
};

asio::awaitable<void> send_all(provider& p, int count, claims& made)
{
    std::vector<notification> messages;
    for (int i = 0; i < count; ++i)
        messages.emplace_back(number(i), text());
    auto run = p.bulk(messages);
    while (auto item = co_await run.next())
        made.fates[messages[item->index].to] = item->outcome ? fate::accepted : item->outcome.error().fate;
    co_await p.close();
}

simulator_options with_faults(double each)
{
    simulator_options o;
    o.seed = 7391;
    for (auto const f : {simulated_fault::reply_lost, simulated_fault::reset_before, simulated_fault::reset_after,
                         simulated_fault::stall_before, simulated_fault::stall_after, simulated_fault::error_before,
                         simulated_fault::error_after, simulated_fault::throttle})
        o.faults[f] = each;
    return o;
}

} // namespace

BOOST_AUTO_TEST_SUITE(audit)

BOOST_AUTO_TEST_CASE(claims_match_the_truth)
{
    for (bool const tls : {true, false})
        for (auto const policy : {unknown_policy::report, unknown_policy::retry}) {
            auto simulated = with_faults(0.02);
            simulated.tls = tls;
            local_twilio twilio(simulated);
            auto options = twilio.options();
            if (!tls)
                options.ca_file.clear();
            options.response_timeout = 200ms;
            options.when_unknown = policy;
            options.max_connections = 64;
            options.observer = nullptr; // thousands of lines that say the same
            constexpr int count = 2000;
            claims made;
            asio::io_context io;
            provider p(io.get_executor(), options);
            run(io, send_all(p, count, made));

            std::map<std::string, int> truth;
            for (auto const& m : twilio.server().messages())
                ++truth[m.to];
            std::map<fate, int> counts;
            int duplicates = 0;
            for (auto const& [to, claimed] : made.fates) {
                auto const times = truth.contains(to) ? truth[to] : 0;
                ++counts[claimed];
                duplicates += std::max(0, times - 1);
                if (claimed == fate::accepted)
                    BOOST_TEST(times >= 1, "claimed accepted, is not there");
                if (claimed == fate::not_sent || claimed == fate::rejected)
                    BOOST_TEST(times == 0, "claimed " << to_string(claimed) << ", is there");
            }
            BOOST_TEST(made.fates.size() == std::size_t(count));
            BOOST_TEST(counts[fate::rejected] == 0);
            if (policy == unknown_policy::report) {
                BOOST_TEST(duplicates == 0);
                BOOST_TEST(counts[fate::unknown] > 0);
            }
            BOOST_TEST_MESSAGE((tls ? "TLS, " : "HTTP, ")
                               << (policy == unknown_policy::report ? "report" : "retry") << ": accepted "
                               << counts[fate::accepted] << ", not_sent " << counts[fate::not_sent] << ", unknown "
                               << counts[fate::unknown] << ", duplicates " << duplicates);
        }
}

BOOST_AUTO_TEST_CASE(a_concurrency_limit_is_lived_with)
{
    simulator_options o;
    o.max_concurrency = 5;
    o.latency = 5ms;
    local_twilio twilio(o);
    auto options = twilio.options();
    options.max_connections = 32;
    options.max_retries = 50;
    claims made;
    asio::io_context io;
    provider p(io.get_executor(), options);
    run(io, send_all(p, 300, made));
    for (auto const& [to, claimed] : made.fates)
        BOOST_TEST((claimed == fate::accepted));
    BOOST_TEST(twilio.server().summary().duplicates == 0u);
    BOOST_TEST(twilio.server().summary().throttled > 0u);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
