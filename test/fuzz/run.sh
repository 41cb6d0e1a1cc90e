#!/usr/bin/env bash
# Builds the fuzzers and runs each for some seconds, starting with a copy of its corpus. Writes to build/fuzz only.
#   test/fuzz/run.sh SECONDS [NAME...]     JOBS=2 runs two at a time
# Prints a line for each. What failed is in build/fuzz/found/NAME: give that file to build/fuzz/test/fuzz/fuzz_NAME to
# see it again, and add it to test/fuzz/corpus/NAME once it is mended.
# Exit code: 0 nothing found, 1 a crash, a property that does not hold, a leak or a time-out, 2 usage, 3 the build failed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
here=test/fuzz
build=build/fuzz

mapfile -t all < <(find "$here" -maxdepth 1 -name '*.cpp' -printf '%f\n' | sed 's/[.]cpp$//' | sort)
seconds=${1:-}
if [[ ! $seconds =~ ^[1-9][0-9]*$ ]]; then
    echo "usage: test/fuzz/run.sh SECONDS [NAME...]; the names are: ${all[*]}" >&2
    exit 2
fi
shift
names=("$@")
((${#names[@]})) || names=("${all[@]}")
for name in "${names[@]}"; do
    if [[ ! -f $here/$name.cpp ]]; then
        echo "run.sh: there is no fuzzer $name; the names are: ${all[*]}" >&2
        exit 2
    fi
done

mkdir -p "$build"
if ! { cmake --preset fuzz -B "$build" && cmake --build "$build" -j "${JOBS:-1}" --target "${names[@]/#/fuzz_}"; } \
    >"$build/build.log" 2>&1; then
    cat "$build/build.log" >&2
    exit 3
fi

# The sanitizers of Clang 14 cannot map their shadow when addresses are spread too widely.
fixed_addresses=()
if setarch "$(uname -m)" -R true 2>/dev/null; then fixed_addresses=(setarch "$(uname -m)" -R); fi

run() { # run NAME: false when something was found
    local name=$1 code=0 found=$build/found/$1 work=$build/work/$1 log=$build/$1.log
    rm -rf "$work" "$found"
    mkdir -p "$found" "$build/work"
    cp -r "$here/corpus/$name" "$work"
    "${fixed_addresses[@]}" "$build/test/fuzz/fuzz_$name" -dict="$here/dictionaries/$name.dict" -timeout=10 \
        -rss_limit_mb=2048 -max_total_time="$seconds" -print_final_stats=1 -artifact_prefix="$found/" "$work" \
        >"$log" 2>&1 </dev/null || code=$?
    value() { sed -n "$1" "$log" | tail -n 1; }
    printf '%-16s %10s executions, %7s a second, coverage %5s, corpus %5s, %s found\n' "$name" \
        "$(value 's/^stat::number_of_executed_units: *//p')" "$(value 's/^stat::average_exec_per_sec: *//p')" \
        "$(value 's/.* cov: \([0-9]*\) .*/\1/p')" "$(value 's/.* corp: \([0-9]*\).*/\1/p')" "$(find "$found" -type f | wc -l)"
    if ((code != 0)); then
        sed -n '/property does not hold\|^==.*ERROR\|runtime error\|Assertion\|SUMMARY/p' "$log" >&2
        find "$found" -type f >&2
    fi
    return $code
}

# JOBS at a time.
bad=0 running=0
for name in "${names[@]}"; do
    if ((running >= ${JOBS:-1})); then
        wait -n || bad=1
        running=$((running - 1))
    fi
    run "$name" &
    running=$((running + 1))
done
while ((running > 0)); do
    wait -n || bad=1
    running=$((running - 1))
done
exit $bad
