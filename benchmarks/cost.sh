#!/usr/bin/env bash
# What a send and its parts cost, compared with benchmarks/cost.txt: instructions of the client, counted by callgrind, and
# memory taken from the heap. No figure is a time, so that a busy machine does not matter. Sends go through a provider and
# TLS to the simulator, a process of its own.
#   benchmarks/cost.sh [--update] [BUILD]      BUILD: a build directory of the preset dev; default build/test
# With --update cost.txt gets what has changed by more than half its tolerance, and keeps the tolerances.
# Exit code: 0 nothing costs more, 1 something does, 2 usage or nothing could be measured.
set -euo pipefail
update=0
if [[ ${1:-} == --update ]]; then
    update=1
    shift
fi
if (($# > 1)) || [[ ${1:-} == -* ]]; then
    echo "usage: benchmarks/cost.sh [--update] [BUILD]" >&2
    exit 2
fi
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
expected=$root/benchmarks/cost.txt
build=${1:-$root/build/test}
fail() {
    echo "cost: $1" >&2
    exit 2
}
command -v valgrind >/dev/null || fail "needs valgrind; run scripts/install-dependencies.sh --test"

# shellcheck source=test/support/simulator.sh
source "$root/test/support/simulator.sh"
out=$directory

{
    [[ -f $build/CMakeCache.txt ]] || (cd "$root" && cmake --preset dev -B "$build")
    cmake --build "$build" -j "${JOBS:-2}" --target cost twilio_sms_tool
} >"$out/build.log" 2>&1 || { cat "$out/build.log" >&2; fail "the programs could not be built; see above"; }
build=$(cd "$build" && pwd)

for name in HTTPS_PROXY https_proxy ALL_PROXY all_proxy; do unset "$name"; done
start_simulator "$build/src/cli/twilio-sms" || fail "there is nothing to measure against"
(cd "$out" && valgrind --quiet --tool=callgrind --instr-atstart=no --callgrind-out-file=callgrind \
    "$build/benchmarks/cost" >counts) || fail "the measurement failed; see above"

# A line for each subject: its name, then instructions, allocations and bytes for one operation.
awk '
FILENAME ~ /callgrind/ {
    if (sub(/^desc: Trigger: Client Request: /, "")) subject = $0
    if ($1 == "totals:") instructions[subject] = $2
    next
}
!($1 in instructions) { print "cost: callgrind did not count " $1 >"/dev/stderr"; exit 2 }
{ printf "%s %.1f %.2f %.1f\n", $1, instructions[$1] / $2, $3 / $2, $4 / $2 }' "$out"/callgrind.* "$out/counts" >"$out/measured"

awk -v update=$update -v new="$out/new" '
function round(x) { return x < 1000 ? sprintf("%.1f", x) : sprintf("%.0f", x) }
function line(subject, tolerance, slack) {
    return sprintf("%-24s %12s %4s %12.2f %5s %9s", subject, round(instructions[subject]), tolerance, allocations[subject], slack,
        round(bytes[subject]))
}
function limit(value, percent) { return value * percent / 100 > 5 ? value * percent / 100 : 5 } # short ones move by a register
function moved(measured, value, most) { return measured > value + most / 2 || measured < value - most / 2 }
function compare(what, measured, value, most,   change) {
    change = value ? sprintf(" (%+.1f %%)", (measured / value - 1) * 100) : ""
    if (measured > value + most) {
        worse = worse sprintf("%s: %s %s, expected %s%s\n", $1, measured, what, value, change)
    } else if (measured < value - most) {
        better = better sprintf("%s: %s %s, expected %s%s\n", $1, measured, what, value, change)
    }
}
FNR == NR { instructions[$1] = $2; allocations[$1] = $3; bytes[$1] = $4; order[++subjects] = $1; next }
/^#/ || NF == 0 { print >new; next }
{
    listed[$1] = 1
    if (!($1 in instructions)) { if (!update) worse = worse $1 ": was not measured\n"; next }
    print line($1, $3, $5)
    changed = moved(instructions[$1], $2, limit($2, $3)) || moved(allocations[$1], $4, $5) || moved(bytes[$1], $6, limit($6, $3))
    print (changed ? line($1, $3, $5) : $0) >new
    compare("instructions", instructions[$1], $2, limit($2, $3))
    compare("allocations", allocations[$1], $4, $5)
    compare("bytes allocated", bytes[$1], $6, limit($6, $3))
}
END {
    for (i = 1; i <= subjects; ++i)
        if (!(order[i] in listed)) {
            if (!update) worse = worse order[i] ": is not in cost.txt\n"
            print line(order[i], 2, 0.05) >new
        }
    if (update) exit
    if (better) printf "\nLess than expected; `benchmarks/cost.sh --update` lets nobody lose it again:\n%s", better
    if (worse) printf "\nMORE THAN EXPECTED:\n%sMake it cheaper. When it is worth its cost: `benchmarks/cost.sh --update`, and say why in the commit message.\n", worse
    exit worse != ""
}' "$out/measured" "$expected" || exit 1

if ((update)); then
    cp "$out/new" "$expected"
    git -C "$root" --no-pager diff --stat -- "$expected" 2>/dev/null || true
fi
