// Sends many messages over real sockets to a simulator that spoils some, and writes down what it was told about each.
//   soak BASE_URL CA_FILE MESSAGES REPORT [MESSAGES_A_SECOND]
// REPORT gets a line `number<tab>fate<tab>SID` for each message; standard output one JSON object. test/soak/run.sh
// compares with the simulator's truth.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>
#include <twilio_sms/twilio_sms.hpp>
#include <unistd.h>

namespace sms = twilio_sms;
namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t recipients = 5000; // so every number gets many messages, some of them at the same time
constexpr std::size_t warm = 10'000;     // messages, after them memory must be flat

std::size_t resident_kib()
{
    std::ifstream statm("/proc/self/statm");
    std::size_t total = 0, resident = 0;
    statm >> total >> resident;
    return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE)) / 1024;
}

sms::notification message(std::size_t number)
{
    char to[16];
    std::snprintf(to, sizeof to, "+1555%07zu", 1000 + number % recipients);
    return {to, "message " + std::to_string(number)};
}

struct run {
    std::size_t messages;
    std::FILE* report;
    std::optional<double> rate;
    std::size_t counts[4] = {};
    std::size_t from_list = 0, repeated = 0;
    std::size_t warm_kib = 0, peak_kib = 0;
};

asio::awaitable<void> send_all(sms::provider& provider, run& r)
{
    std::size_t next = 0;
    sms::notification_source const source = [&next, &r]() -> std::optional<sms::notification> {
        if (next == r.messages)
            return std::nullopt;
        return message(next++);
    };
    sms::bulk_options limits;
    limits.max_in_flight = 32;
    limits.max_per_second = r.rate;
    auto bulk = provider.bulk(source, limits);
    for (std::size_t done = 0;; ++done) {
        auto item = co_await bulk.next();
        if (!item)
            break;
        auto const& outcome = item->outcome;
        auto const what = outcome ? sms::fate::accepted : outcome.error().fate;
        ++r.counts[static_cast<std::size_t>(what)];
        if (outcome) {
            r.from_list += outcome->evidence == sms::evidence::list;
            r.repeated += outcome->attempts > 1;
        }
        std::fprintf(r.report, "%zu\t%s\t%s\n", item->index, std::string(to_string(what)).c_str(),
                     outcome ? outcome->sid.c_str() : "");
        if (done == warm)
            r.warm_kib = resident_kib();
        if (done > warm && done % 1000 == 0)
            r.peak_kib = std::max(r.peak_kib, resident_kib());
    }
    co_await provider.close();
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 5 && argc != 6) {
        std::cerr << "usage: soak BASE_URL CA_FILE MESSAGES REPORT [MESSAGES_A_SECOND]\n";
        return 2;
    }
    sms::provider_options options;
    options.account_sid = "AC0123456789abcdef0123456789abcdef";
    options.auth_token = "0123456789abcdef0123456789abcdef"; // the simulator's
    options.from_number = "+15005550006";
    options.base_url = argv[1];
    options.ca_file = argv[2];
    options.max_connections = 32;
    options.retry_delay = 50ms;
    options.response_timeout = 1s;
    options.settle_time = 2s; // above what the scenario's acceptance and list may lag
    run r{std::strtoul(argv[3], nullptr, 10), std::fopen(argv[4], "w"),
          argc == 6 ? std::optional(std::strtod(argv[5], nullptr)) : std::nullopt};
    if (!r.report) {
        std::perror(argv[4]);
        return 2;
    }
    asio::io_context io;
    sms::provider provider(io.get_executor(), options);
    asio::co_spawn(io, send_all(provider, r), [](std::exception_ptr failed) {
        if (failed)
            std::rethrow_exception(failed);
    });
    io.run();
    if (std::fclose(r.report) != 0) {
        std::perror(argv[4]);
        return 2;
    }
    std::printf("{\"messages\":%zu,\"accepted\":%zu,\"rejected\":%zu,\"not_sent\":%zu,\"unknown\":%zu,"
                "\"from_list\":%zu,\"repeated\":%zu,\"kib_warm\":%zu,\"kib_peak_later\":%zu}\n",
                r.messages, r.counts[0], r.counts[1], r.counts[2], r.counts[3], r.from_list, r.repeated, r.warm_kib,
                r.peak_kib);
}
