#!/usr/bin/env bash
# The SDK and other clients in one interleaved run against the same server; README.md tells the rules.
#   benchmarks/compare.sh [--rounds 5] [--seconds 4] [--in-flight "1 16 64 256"] [--clients "twilio-sms wrk ..."] [--out DIRECTORY]
# Installs what it needs. Writes DIRECTORY/runs.jsonl (every run), table.md (medians and in-round ratios) and
# compare.html (the same drawn); the default directory is build/bench/compare. Exit code: 0, 1 a client failed, 2 usage.
# shellcheck disable=SC2154 # work and cpu_seconds are of server.sh
set -euo pipefail
export CMAKE_GENERATOR=${CMAKE_GENERATOR:-Ninja} # Debian has no make unless somebody asked for it
rounds=5 seconds=4 levels="1 16 64 256" out=build/bench/compare
clients="twilio-sms bulk wrk h2load h2load-h2 libcurl beast twilio-node-5 twilio-node-6 twilio-python"
while (($#)); do
    case $1 in
    --rounds | --seconds | --in-flight | --clients | --out) (($# >= 2)) || { echo "compare: $1 needs a value" >&2; exit 2; } ;;&
    --rounds) rounds=$2 ;;
    --seconds) seconds=$2 ;;
    --in-flight) levels=$2 ;;
    --clients) clients=$2 ;;
    --out) out=$2 ;;
    *)
        echo "compare: unknown argument $1; see the head of benchmarks/compare.sh" >&2
        exit 2
        ;;
    esac
    shift 2
done
for number in $rounds $seconds $levels; do
    [[ $number =~ ^[1-9][0-9]*$ ]] || { echo "compare: $number is not a number above 0" >&2; exit 2; }
done
cd "$(dirname "${BASH_SOURCE[0]}")/.."
scripts/install-dependencies.sh --bench --clients
# shellcheck source=server.sh
source benchmarks/server.sh
need compare nginx wrk h2load openssl taskset python3 curl
build_benchmarks twilio-sms-load curl_multi beast_client
for project in node18 node20; do
    [[ $clients == *twilio-node* ]] || break
    test/clients/install-node.sh $project
    cp benchmarks/peers/twilio_node.mjs build/clients/$project/
done
mkdir -p "$out"
: >"$out/runs.jsonl"
start_nginx
wrk_request

load() { # load FLAG...: the SDK, counted as a whole process, as wrk is
    measured build/bench/benchmarks/twilio-sms-load --in-flight "$n" --seconds "$seconds" --warm-up 0 --json - "$@"
    python3 -c 'import json, sys
run = json.load(open(sys.argv[1]))
run["cpu_us"] = float(sys.argv[2]) * 1e6 / (run["sends"] + run["failed"])
print(json.dumps({k: v for k, v in run.items() if not isinstance(v, (dict, list))}))' "$work/out" "$cpu_seconds"
}
node() { # node PROJECT VERSION
    client env NODE_EXTRA_CA_CERTS="$TWILIO_CA_BUNDLE" build/clients/"$1"/node_modules/node-linux-*/bin/node \
        build/clients/"$1"/twilio_node.mjs "$n" "$seconds" "$2"
}
h2load_run() { # h2load_run CONNECTIONS STREAMS FLAG...
    local connections=$1 streams=$2
    shift 2
    printf '%s' "$BENCH_FORM" >"$work/form"
    measured h2load "$@" -t1 -c"$connections" -m"$streams" -D"$seconds" -d "$work/form" \
        -H "Content-Type: application/x-www-form-urlencoded" -H "Authorization: Basic $BENCH_BASIC" \
        -H "Accept: application/json" "$TWILIO_BASE_URL$BENCH_PATH"
    awk -v cpu="$cpu_seconds" '
        /^finished in/ { rate = $4 + 0 }
        /^status codes:/ { sends = $3 + 0; failed = $5 + $7 + $9 }
        END { printf "{\"sends\":%d,\"failed\":%d,\"rate\":%.0f,\"cpu_us\":%.3f}\n", sends, failed, rate, cpu * 1e6 / sends }' "$work/out"
}
run() { # run CLIENT: one line of figures
    case $1 in
    twilio-sms) load ;;
    bulk) load --bulk ;;
    wrk)
        measured wrk -t1 -c"$n" -d"${seconds}s" --latency -s "$work/post.lua" "$TWILIO_BASE_URL$BENCH_PATH"
        awk -v cpu="$cpu_seconds" '
            function us(t) { return t ~ /us$/ ? t + 0 : t ~ /ms$/ ? t * 1e3 : t * 1e6 }
            $1 == "50%" { p50 = us($2) } $1 == "99%" { p99 = us($2) }
            / requests in / { sends = $1 } /^Requests\/sec:/ { rate = $2 } /Non-2xx/ { failed = $NF } /Socket errors/ { failed += $4 + $6 + $8 + $10 }
            END { printf "{\"sends\":%d,\"failed\":%d,\"rate\":%.0f,\"cpu_us\":%.3f,\"p50_us\":%.0f,\"p99_us\":%.0f}\n", sends, failed, rate, cpu * 1e6 / sends, p50, p99 }' "$work/out"
        ;;
    h2load) h2load_run "$n" 1 --h1 ;;
    h2load-h2) h2load_run 1 "$n" ;;
    libcurl) client build/bench/benchmarks/curl_multi "$n" "$seconds" ;;
    beast) client build/bench/benchmarks/beast_client "$n" "$seconds" ;;
    twilio-node-5) node node18 5 ;;
    twilio-node-6) node node20 6 ;;
    twilio-python) client /usr/bin/python3 benchmarks/peers/twilio_python.py "$n" "$seconds" ;;
    *)
        echo "compare: no client is called $1" >&2
        return 2
        ;;
    esac
}

in_turn() { # in_turn ROUND: another client begins each round
    local -a names
    read -ra names <<<"$clients"
    local first=$((($1 - 1) % ${#names[@]}))
    printf '%s\n' "${names[@]:first}" "${names[@]:0:first}"
}

failed=0
for n in $levels; do
    for ((round = 1; round <= rounds; ++round)); do
        for name in $(in_turn "$round"); do
            if ! figures=$(run "$name") || ! [[ $figures =~ \"failed\":\ ?0[,}] ]]; then
                echo "compare: $name at $n in flight failed: ${figures:-no figures}" >&2
                failed=1
                continue
            fi
            python3 -c 'import json, sys
run = json.loads(sys.argv[1])
keep = ("sends", "failed", "rate", "cpu_us", "p50_us", "p99_us", "peak_rss_kib")
print(json.dumps({"client": sys.argv[2], "in_flight": int(sys.argv[3]), "round": int(sys.argv[4]), **{k: run[k] for k in keep if k in run}}))' \
                "$figures" "$name" "$n" "$round" | tee -a "$out/runs.jsonl"
        done
    done
done
benchmarks/compare.py "$out/runs.jsonl" --markdown "$out/table.md" --html "$out/compare.html"
exit $failed
