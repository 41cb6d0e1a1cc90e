// What a /metrics page of your program would hold: the provider's numbers as Prometheus reads them.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <iostream>
#include <twilio_sms/twilio_sms.hpp>

namespace asio = boost::asio;
namespace sms = twilio_sms;

double seconds(std::chrono::microseconds duration)
{
    return std::chrono::duration<double>(duration).count();
}

void write_metrics(std::ostream& out, sms::provider_stats const& s)
{
    out << "# TYPE sms_sends_total counter\n"
        << "sms_sends_total{fate=\"accepted\"} " << s.sends.accepted << '\n'
        << "sms_sends_total{fate=\"rejected\"} " << s.sends.rejected << '\n'
        << "sms_sends_total{fate=\"not_sent\"} " << s.sends.not_sent << '\n'
        << "sms_sends_total{fate=\"unknown\"} " << s.sends.unknown << '\n'
        << "# TYPE sms_throttled_total counter\nsms_throttled_total " << s.throttled << '\n'
        << "# TYPE sms_connections gauge\nsms_connections " << s.pool.open << '\n'
        << "# TYPE sms_waiting gauge\nsms_waiting " << s.pool.waiting << '\n'
        << "# TYPE sms_latency_seconds histogram\n";
    std::uint64_t below = 0;
    for (std::size_t i = 0; i + 1 < s.latency.size; ++i) {
        below += s.latency.counts[i];
        if (i % 16 == 15) // one line for each doubling
            out << "sms_latency_seconds_bucket{le=\"" << seconds(s.latency.lower_bound(i + 1)) << "\"} " << below
                << '\n';
    }
    out << "sms_latency_seconds_bucket{le=\"+Inf\"} " << s.latency.count() << "\nsms_latency_seconds_count "
        << s.latency.count() << "\nsms_latency_seconds_sum " << seconds(s.latency.sum) << '\n';
}

asio::awaitable<void> run(sms::provider& provider)
{
    co_await provider.send({"+15558675310", "Your order has shipped"});
    co_await provider.try_send({"555-0100", "Your order has shipped"}); // not E.164
    co_await provider.close();
}

int main()
{
    asio::io_context io;
    sms::provider provider(io.get_executor(), sms::provider_options::from_environment());
    asio::co_spawn(io, run(provider), [](std::exception_ptr e) {
        if (e)
            std::rethrow_exception(e);
    });
    io.run();
    write_metrics(std::cout, provider.stats());
}
