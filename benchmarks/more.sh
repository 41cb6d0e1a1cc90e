#!/usr/bin/env bash
# What compare.sh does not show, each in interleaved rounds:
#   benchmarks/more.sh simulator [ROUNDS]      the simulator and nginx's fixed answer, both driven by wrk
#   benchmarks/more.sh round-trips [ROUNDS]    64 in flight behind 10, 50 and 200 ms: the part of N / RTT that is reached
#   benchmarks/more.sh cores [ROUNDS]          one and two threads, a provider each behind one rate limit: CPU a message
#   benchmarks/more.sh server [ROUNDS]         how much of its core nginx takes under wrk and under the SDK
#   benchmarks/more.sh idle                    memory of an idle TLS connection
# Exit code: 0, 1 something failed, 2 usage.
# shellcheck disable=SC2154 # work and cpu_seconds are of server.sh
set -euo pipefail
export CMAKE_GENERATOR=${CMAKE_GENERATOR:-Ninja} # Debian has no make unless somebody asked for it
what=${1:-} rounds=${2:-5}
[[ $what =~ ^(simulator|round-trips|cores|server|idle)$ && $rounds =~ ^[1-9][0-9]*$ && $# -le 2 ]] || {
    sed -n '2,8s/^# \{0,1\}//p' "$0" >&2
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
loaded() { client "$load" "$@" --json - >"$work/run"; } # a run; `figure` reads it

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
    # A round trip is what a bare client sees that has the simulator for itself: the machine's timers and wake-ups make
    # it longer than the latency that was asked for.
    wrk_request
    lone() { client wrk -t1 -c1 -d3s --latency -s "$work/post.lua" "$TWILIO_BASE_URL$BENCH_PATH" | awk '$1 == "50%" { print $2 + 0 }'; }
    for ms in 10 50 200; do
        start_simulator "$tool" --latency "${ms}ms"
        for ((i = 1; i <= rounds; ++i)); do
            rtt=$(lone)
            loaded --in-flight 64 --warm-up 2 --seconds 6
            awk -v i="$i" -v ms=$ms -v rtt="$rtt" -v r="$(figure rate)" 'BEGIN {
                printf "%d ms, round %d: %.0f/s; of N / %d ms %.3f, of N / the round trip of %.2f ms %.3f\n", ms, i, r, ms, r * ms / 64e3, rtt, r * rtt / 64e3 }' |
                tee -a "$work/rounds-$ms"
        done
        stop_server
        echo "$ms ms: median $(sed 's/.* //' "$work/rounds-$ms" | median)"
    done
    ;;
cores)
    # Two threads also share the two cores with the server; so do two processes, which share nothing else.
    start_nginx
    run=(--bulk --rate 1000000 --warm-up 1 --seconds 3 --json -)
    cpu() { python3 -c 'import json, sys
runs = [json.loads(open(f).readline()) for f in sys.argv[1:]]
print(sum(r["cpu_us"] * r["rate"] for r in runs) / sum(r["rate"] for r in runs))' "$@"; }
    for ((i = 1; i <= rounds; ++i)); do
        "$load" "${run[@]}" --in-flight 64 >"$work/one"
        "$load" "${run[@]}" --in-flight 128 --threads 2 >"$work/threads"
        "$load" "${run[@]}" --in-flight 64 >"$work/first" &
        servers+=($!) # ended with the servers when something fails
        "$load" "${run[@]}" --in-flight 64 >"$work/second"
        wait "${servers[-1]}"
        unset "servers[-1]"
        awk -v i="$i" -v one="$(cpu "$work/one")" -v threads="$(cpu "$work/threads")" -v processes="$(cpu "$work/first" "$work/second")" 'BEGIN {
            printf "round %d: CPU us a message: one thread %.2f, two threads %.2f, two processes %.2f; two threads to one %.3f, to two processes %.3f\n",
                i, one, threads, processes, threads / one, threads / processes }' | tee -a "$work/rounds"
    done
    echo "medians: two threads to one $(sed 's/.*to one \([0-9.]*\).*/\1/' "$work/rounds" | median), to two processes $(sed 's/.* //' "$work/rounds" | median)"
    ;;
server)
    wrk_request
    start_nginx
    worker=
    while [[ -z $worker ]]; do # nginx listens before it starts it
        kill -0 "${servers[-1]}"
        worker=$(awk '{ print $1 }' "/proc/${servers[-1]}/task/${servers[-1]}/children")
    done
    ticks() { awk '{ print $14 + $15 }' "/proc/$worker/stat"; } # user and system
    busy() { # busy COMMAND...: percent of a core that nginx took meanwhile
        local from=$EPOCHREALTIME before after
        before=$(ticks)
        client "$@" >"$work/run"
        after=$(ticks)
        awk -v t="$((after - before))" -v hz="$(getconf CLK_TCK)" -v from="$from" -v to="$EPOCHREALTIME" \
            'BEGIN { printf "%.1f", 100 * t / hz / (to - from) }'
    }
    for n in 16 64 256; do
        for ((i = 1; i <= rounds; ++i)); do
            theirs=$(busy wrk -t1 -c$n -d4s -s "$work/post.lua" "$TWILIO_BASE_URL$BENCH_PATH")
            ours=$(busy "$load" --in-flight $n --warm-up 0 --seconds 4)
            echo "$n in flight, round $i: nginx takes $theirs % of a core under wrk, under the SDK $ours" |
                tee -a "$work/rounds-$n"
        done
        echo "$n in flight: medians $(sed 's/.*takes \([0-9.]*\).*/\1/' "$work/rounds-$n" | median) and $(sed 's/.* //' "$work/rounds-$n" | median)"
    done
    ;;
idle)
    start_nginx
    build/bench/benchmarks/idle_memory 1000
    ;;
esac
