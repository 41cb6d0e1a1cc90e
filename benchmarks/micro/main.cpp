// How long the parts of a send take: Google Benchmark, with its options (`micro --help`).
#include "cases.hpp"
#include <benchmark/benchmark.h>

namespace {

void run(benchmark::State& state, twilio_sms::benchmarks::micro_case const& c)
{
    constexpr std::size_t batch = 1000;
    while (state.KeepRunningBatch(batch)) {
        state.PauseTiming();
        c.prepare(batch);
        state.ResumeTiming();
        c.repeat(batch);
    }
}

} // namespace

int main(int argc, char** argv)
{
    for (auto const& c : twilio_sms::benchmarks::all_micro_cases())
        benchmark::RegisterBenchmark(c.name.c_str(), run, c);
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv))
        return 2;
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
