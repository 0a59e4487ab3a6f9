// SPDX-License-Identifier: MIT
//
// Google Benchmark over a peer's jobs. tests/bench/run starts the peers in turn, many times.
#include "inputs.hpp"
#include "jobs.hpp"

#include <benchmark/benchmark.h>

int main(int argc, char** argv) {
    static const bench::inputs in = bench::make_inputs();
    for (const bench::job* job : bench::all_jobs) {
        if (!job->available) continue;
        job->check(in);
        benchmark::RegisterBenchmark(job->name, [job](benchmark::State& state) {
            for (auto _ : state) job->run(in);
        });
    }
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
}
