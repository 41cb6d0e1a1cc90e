// What the peers written in C++ share: the request from the environment, times, and the line they print.
#pragma once
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <sys/resource.h>
#include <vector>

namespace peer {

using steady = std::chrono::steady_clock;

inline std::string environment(char const* name)
{
    char const* const value = std::getenv(name);
    if (!value || !*value)
        throw std::runtime_error(std::string(name) + " is not set; compare.sh starts this program");
    return value;
}

struct request {
    std::string url = environment("TWILIO_BASE_URL"); // https://localhost:PORT
    std::string ca_file = environment("TWILIO_CA_BUNDLE");
    std::string path = environment("BENCH_PATH");
    std::string basic = environment("BENCH_BASIC"); // base64 of account and token
    std::string form = environment("BENCH_FORM");
};

inline double cpu_microseconds()
{
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    auto const microseconds = [](timeval const& t) {
        return static_cast<double>(t.tv_sec) * 1e6 + static_cast<double>(t.tv_usec);
    };
    return microseconds(used.ru_utime) + microseconds(used.ru_stime);
}

/// Counts after half a second of warm-up, for so many seconds.
class measurement {
public:
    explicit measurement(double seconds)
        : from_(steady::now() + std::chrono::milliseconds(500)),
          until_(from_ + std::chrono::duration_cast<steady::duration>(std::chrono::duration<double>(seconds)))
    {
        microseconds_.reserve(4'000'000);
    }

    bool over() const { return steady::now() >= until_; }

    void done(steady::time_point begun, bool accepted)
    {
        auto const now = steady::now();
        if (!accepted)
            ++failed_;
        if (now < from_)
            return;
        if (!counting_) {
            counting_ = true;
            from_ = now;
            cpu_ = cpu_microseconds();
        } else if (accepted)
            microseconds_.push_back(std::chrono::duration<float, std::micro>(now - begun).count());
    }

    /// Prints the figures as JSON; returns the exit code.
    int report(char const* client)
    {
        auto const cpu = cpu_microseconds() - cpu_;
        auto const seconds = std::chrono::duration<double>(steady::now() - from_).count();
        auto const sends = static_cast<double>(microseconds_.size());
        if (microseconds_.empty()) {
            std::fprintf(stderr, "%s: nothing was accepted, %zu failed\n", client, failed_);
            return 1;
        }
        rusage used{};
        getrusage(RUSAGE_SELF, &used);
        std::printf(R"({"client":"%s","seconds":%.3f,"sends":%zu,"failed":%zu,"rate":%.0f,"cpu_us":%.3f,"p50_us":%.0f,)"
                    R"("p99_us":%.0f,"peak_rss_kib":%ld})"
                    "\n",
                    client, seconds, microseconds_.size(), failed_, sends / seconds, cpu / sends,
                    static_cast<double>(percentile(0.5)), static_cast<double>(percentile(0.99)), used.ru_maxrss);
        return failed_ == 0 ? 0 : 1;
    }

private:
    float percentile(double share)
    {
        auto const at =
            microseconds_.begin() + static_cast<std::ptrdiff_t>(static_cast<double>(microseconds_.size() - 1) * share);
        std::nth_element(microseconds_.begin(), at, microseconds_.end());
        return *at;
    }

    steady::time_point from_, until_;
    double cpu_ = 0;
    bool counting_ = false;
    std::size_t failed_ = 0;
    std::vector<float> microseconds_; // of each send counted
};

} // namespace peer
