#include "recording.hpp"
#include <algorithm>
#include <cmath>
#include <sys/resource.h>

namespace twilio_sms::load {
namespace {

std::chrono::microseconds duration(timeval const& t)
{
    return std::chrono::seconds(t.tv_sec) + std::chrono::microseconds(t.tv_usec);
}

} // namespace

resources resources::of_this_thread()
{
    rusage used{};
    ::getrusage(RUSAGE_THREAD, &used);
    return {duration(used.ru_utime) + duration(used.ru_stime), allocations_so_far()};
}

recording::recording(window const& w) : window_(w)
{
    auto const length = std::chrono::duration<double>(w.until - w.from).count();
    timeline.resize(static_cast<std::size_t>(std::ceil(length)));
}

void recording::begin(steady::time_point now, resources const& so_far)
{
    counting_since_ = now;
    at_begin_ = so_far;
}

void recording::end(steady::time_point now, resources const& so_far)
{
    seconds = std::chrono::duration<double>(now - *counting_since_).count();
    counting_since_.reset();
    used.cpu = so_far.cpu - at_begin_.cpu;
    used.allocations.calls = so_far.allocations.calls - at_begin_.allocations.calls;
    used.allocations.bytes = so_far.allocations.bytes - at_begin_.allocations.bytes;
    used.allocations.openssl_calls = so_far.allocations.openssl_calls - at_begin_.allocations.openssl_calls;
}

void recording::add(steady::time_point meant, steady::time_point now, fate f)
{
    ++fates[static_cast<std::size_t>(f)];
    if (f != fate::accepted)
        return;
    auto const latency = now - meant;
    if (window_.holds(meant))
        latencies.add(latency);
    if (!counting_since_)
        return;
    ++accepted;
    auto const place = static_cast<std::size_t>((now - *counting_since_) / std::chrono::seconds(1));
    auto& in = timeline[std::min(place, timeline.size() - 1)];
    ++in.accepted;
    in.latencies.add(std::chrono::duration_cast<std::chrono::microseconds>(latency));
}

void recording::begun(steady::time_point meant, steady::time_point now)
{
    if (window_.holds(meant))
        late.add(now - meant);
}

recording& recording::operator+=(recording const& other)
{
    latencies += other.latencies;
    late += other.late;
    for (std::size_t i = 0; i < timeline.size(); ++i) {
        timeline[i].accepted += other.timeline[i].accepted;
        timeline[i].latencies += other.timeline[i].latencies;
    }
    for (std::size_t i = 0; i < fates.size(); ++i)
        fates[i] += other.fates[i];
    accepted += other.accepted;
    seconds = std::max(seconds, other.seconds);
    used.cpu += other.used.cpu;
    used.allocations.calls += other.used.allocations.calls;
    used.allocations.bytes += other.used.allocations.bytes;
    used.allocations.openssl_calls += other.used.allocations.openssl_calls;
    return *this;
}

} // namespace twilio_sms::load
