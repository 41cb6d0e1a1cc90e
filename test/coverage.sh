#!/bin/sh
# Branch coverage of the decisions in src/core by the unit tests. Fails below 95 %.
# Usage: test/coverage.sh [BUILD_DIR]    (default: build/coverage in the repository)
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
build=${1:-$root/build/coverage}
least=95

command -v gcovr >/dev/null || {
    echo "coverage: gcovr is missing (apt-get install gcovr)" >&2
    exit 2
}
cmake -S "$root" -B "$build" -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS="--coverage -O0" \
    -DTWILIO_SMS_BUILD_TESTS=ON -DTWILIO_SMS_BUILD_TOOLS=OFF -DTWILIO_SMS_BUILD_EXAMPLES=OFF \
    -DTWILIO_SMS_BUILD_BENCHMARKS=OFF >/dev/null
cmake --build "$build" --target unit_tests --parallel "${JOBS:-$(nproc)}"
find "$build" -name '*.gcda' -delete # counts of an earlier run
"$build/test/unit/unit_tests" --color_output=no
gcovr --root "$root" --object-directory "$build" --filter "$root/src/core/" --branches \
    --exclude-throw-branches --exclude-unreachable-branches --fail-under-branch "$least" --print-summary "$build/src" "$build/test"
