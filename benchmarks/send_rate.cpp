// How many sends a second one thread manages in a closed loop, and what each costs:
//   send_rate IN_FLIGHT SECONDS        options from the environment (TWILIO_BASE_URL, TWILIO_CA_BUNDLE, ...)
// Prints: sends=N seconds=S failed=N rate=R cpu_us=U p50_us=A p99_us=B
#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <sys/resource.h>
#include <twilio_sms/twilio_sms.hpp>
#include <vector>

namespace asio = boost::asio;
namespace sms = twilio_sms;
using steady = std::chrono::steady_clock;

namespace {

double cpu_seconds()
{
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    auto const seconds = [](timeval const& t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

struct measurement {
    steady::time_point from, until; // what is counted: after the warm-up
    double cpu_at_start = 0;
    bool begun = false;
    std::size_t failed = 0;
    std::vector<float> microseconds; // of each send counted
};

asio::awaitable<void> send_in_a_loop(sms::provider& provider, measurement& m, int& running)
{
    for (;;) {
        auto const start = steady::now();
        if (start >= m.until)
            break;
        if (start >= m.from && !m.begun) {
            m.begun = true;
            m.from = start;
            m.cpu_at_start = cpu_seconds();
        }
        auto const outcome = co_await provider.try_send(
            {"+15558675310",
             "Your verification code is 481516. It expires in 10 minutes. Do not share it with anyone"});
        if (!outcome)
            ++m.failed;
        else if (m.begun)
            m.microseconds.push_back(std::chrono::duration<float, std::micro>(steady::now() - start).count());
    }
    if (--running == 0)
        co_await provider.close();
}

float percentile(std::vector<float>& of, double p)
{
    auto const at = of.begin() + static_cast<std::ptrdiff_t>(static_cast<double>(of.size() - 1) * p);
    std::nth_element(of.begin(), at, of.end());
    return *at;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 3 || std::atoi(argv[1]) < 1 || std::atof(argv[2]) <= 0) {
        std::cerr << "usage: send_rate IN_FLIGHT SECONDS   (options come from TWILIO_... variables)\n";
        return 2;
    }
    try {
        int running = std::atoi(argv[1]);
        auto options = sms::provider_options::from_environment();
        options.max_connections = static_cast<std::size_t>(running);
        asio::io_context io(1);
        sms::provider provider(io.get_executor(), options);
        measurement m;
        m.from = steady::now() + std::chrono::milliseconds(500);
        m.until =
            m.from + std::chrono::duration_cast<steady::duration>(std::chrono::duration<double>(std::atof(argv[2])));
        m.microseconds.reserve(4'000'000);
        for (int i = 0, n = running; i < n; ++i)
            asio::co_spawn(io, send_in_a_loop(provider, m, running), asio::detached);
        io.run();

        auto const seconds = std::chrono::duration<double>(steady::now() - m.from).count();
        auto const sends = static_cast<double>(m.microseconds.size());
        if (m.microseconds.empty()) {
            std::cerr << "no send was accepted: " << m.failed << " failed\n";
            return 1;
        }
        std::cout << "sends=" << m.microseconds.size() << " seconds=" << seconds << " failed=" << m.failed
                  << " rate=" << static_cast<long>(sends / seconds)
                  << " cpu_us=" << (cpu_seconds() - m.cpu_at_start) * 1e6 / sends
                  << " p50_us=" << percentile(m.microseconds, 0.5) << " p99_us=" << percentile(m.microseconds, 0.99)
                  << '\n';
        return m.failed == 0 ? 0 : 1;
    } catch (std::exception const& e) {
        std::cerr << "send_rate: " << e.what() << '\n';
        return 2;
    }
}
