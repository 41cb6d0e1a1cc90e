#!/usr/bin/env bash
# What compare.sh does not show, each in interleaved rounds:
#   benchmarks/more.sh simulator [ROUNDS]      the simulator and nginx's fixed answer, both driven by wrk
#   benchmarks/more.sh round-trips [ROUNDS]    64 in flight behind 10, 50 and 200 ms: which part of N / RTT is reached
#   benchmarks/more.sh cores [ROUNDS]          one and two threads, a provider each: CPU a message
#   benchmarks/more.sh idle                    memory of an idle TLS connection
# Exit code: 0, 1 something failed, 2 usage.
# shellcheck disable=SC2154 # work and cpu_seconds are of server.sh
set -euo pipefail
export CMAKE_GENERATOR=${CMAKE_GENERATOR:-Ninja} # Debian has no make unless somebody asked for it
what=${1:-} rounds=${2:-5}
[[ $what =~ ^(simulator|round-trips|cores|idle)$ && $rounds =~ ^[1-9][0-9]*$ && $# -le 2 ]] || {
    sed -n '2,7s/^# \{0,1\}//p' "$0" >&2
    exit 2
}
cd "$(dirname "${BASH_SOURCE[0]}")/.."
scripts/install-dependencies.sh --bench
# shellcheck source=server.sh
source benchmarks/server.sh
need more nginx wrk openssl taskset python3
build_benchmarks twilio-sms-load twilio_sms_tool idle_memory
tool=build/bench/src/cli/twilio-sms load=build/bench/benchmarks/twilio-sms-load
median() { sort -g | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }
figure() { python3 -c 'import json, sys; print(json.loads(open(sys.argv[1]).readline())[sys.argv[2]])' "$work/run" "$1"; }
loaded() { "$load" "$@" --json - >"$work/run"; } # a run; `figure` reads it

case $what in
simulator)
    wrk_request
    start_nginx
    nginx_url=$TWILIO_BASE_URL
    start_simulator "$tool"
    rate() { client wrk -t1 -c64 -d4s -s "$work/post.lua" "$1$BENCH_PATH" | awk '/^Requests\/sec:/ { print $2 }'; }
    for ((i = 1; i <= rounds; ++i)); do
        theirs=$(rate "$nginx_url") ours=$(rate "$TWILIO_BASE_URL")
        awk -v i="$i" -v n="$theirs" -v s="$ours" 'BEGIN { printf "round %d: nginx %.0f/s, simulator %.0f/s, ratio %.3f\n", i, n, s, s / n }' |
            tee -a "$work/rounds"
    done
    echo "median of the ratios: $(sed 's/.*ratio //' "$work/rounds" | median)"
    ;;
round-trips)
    for ms in 10 50 200; do
        start_simulator "$tool" --latency "${ms}ms"
        for ((i = 1; i <= rounds; ++i)); do
            loaded --in-flight 64 --warm-up 2 --seconds 6
            awk -v i="$i" -v ms=$ms -v r="$(figure rate)" 'BEGIN { printf "%d ms, round %d: %.0f/s, part of N / RTT %.3f\n", ms, i, r, r * ms / 64e3 }' |
                tee -a "$work/rounds-$ms"
        done
        stop_server
        echo "$ms ms: median $(sed 's/.*RTT //' "$work/rounds-$ms" | median)"
    done
    ;;
cores)
    # At half of what a core can do, so that the server's share of the two cores is free.
    start_nginx
    for ((i = 1; i <= rounds; ++i)); do
        for threads in 1 2; do
            loaded --bulk --rate 30000 --in-flight 64 --threads $threads --warm-up 1 --seconds 4
            awk -v i="$i" -v t=$threads -v r="$(figure rate)" -v c="$(figure cpu_us)" 'BEGIN { printf "round %d, %d threads: %.0f/s, %.2f us\n", i, t, r, c }' |
                tee -a "$work/threads-$threads"
        done
    done
    paste "$work/threads-1" "$work/threads-2" | sed 's/.*s, \([0-9.]*\) us\t.*s, \([0-9.]*\) us/\1 \2/' | awk '{ print $2 / $1 }' |
        { read -r first; { echo "$first"; cat; } | median; } | sed 's/^/median of the ratios, two threads to one: /'
    ;;
idle)
    start_nginx
    build/bench/benchmarks/idle_memory 1000
    ;;
esac
