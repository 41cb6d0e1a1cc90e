// What operations cost, in instructions and in memory taken from the heap; benchmarks/cost.sh runs it and compares.
//   cost [SUBJECT...]        default: all. Sends go where TWILIO_BASE_URL, TWILIO_CA_BUNDLE and so on say
#include "micro/cases.hpp"
#include "sends.hpp"
#include <algorithm>
#include <exception>
#include <iostream>
#include <span>
#include <string>

namespace twilio_sms::benchmarks {
namespace {

constexpr std::size_t in_flight = 16;

void cost_of(micro_case const& c)
{
    constexpr std::size_t warm_up = 10;
    constexpr std::size_t measured = 1000;
    c.prepare(warm_up + measured);
    c.repeat(warm_up);
    measurement m(c.name);
    m.begin();
    c.repeat(measured);
    m.end(measured);
}

void measure(std::span<char* const> subjects)
{
    auto const wanted = [subjects](std::string const& s) {
        return subjects.empty() || std::ranges::find(subjects, s) != subjects.end();
    };
    for (auto const& c : all_micro_cases())
        if (wanted(c.name))
            cost_of(c);
    if (wanted("send"))
        cost_of_send(measurement("send"), in_flight);
    if (wanted("bulk"))
        cost_of_bulk(measurement("bulk"), in_flight);
}

} // namespace
} // namespace twilio_sms::benchmarks

int main(int argc, char** argv)
{
    try {
        twilio_sms::benchmarks::measure(std::span(argv + 1, static_cast<std::size_t>(argc - 1)));
        return 0;
    } catch (std::exception const& e) {
        std::cerr << "cost: " << e.what() << '\n';
        return 1;
    }
}
