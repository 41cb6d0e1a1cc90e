#!/usr/bin/env bash
# From nothing to a campaign of 10,000 rows on Debian 12: installs what is missing, builds the tool, starts the
# simulator (a local Twilio), sends the campaign and compares the report with what the simulator accepted.
# Sends nothing to Twilio and needs no account. Exit code: 0 report and truth agree, 1 they do not or a step failed.
set -euo pipefail

fail() {
    echo "quickstart: $1" >&2
    exit 1
}
(($# == 0)) || fail "takes no arguments"

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$root/build/release
out=$build/quickstart
tool=$build/src/cli/twilio-sms
rows=10000

# Nothing of a real account may get in.
for name in "${!TWILIO_@}"; do unset "$name"; done
export XDG_CONFIG_HOME=$out

simulator=
# shellcheck disable=SC2317 # the trap calls it
finish() {
    if [[ -n $simulator ]]; then
        kill "$simulator" 2>/dev/null || true
        wait "$simulator" 2>/dev/null || true
    fi
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

echo "== Build"
"$root/scripts/install-dependencies.sh"
memory=$(awk '/^MemAvailable/ {print int($2 / 1500000)}' /proc/meminfo) # a compiler takes up to 1.5 GB
jobs=$(nproc)
if ((jobs > memory)); then jobs=$((memory > 0 ? memory : 1)); fi
mkdir -p "$build"
if ! (cd "$root" && cmake --preset release -B "$build") >"$build/configure.log" 2>&1; then
    cat "$build/configure.log" >&2
    fail "cmake failed; see above"
fi
cmake --build "$build" --target twilio_sms_tool -j "$jobs"

echo "== Campaign file"
mkdir -p "$out"
"$root/examples/make-campaign.sh" $rows >"$out/campaign.csv"
"$root/examples/make-campaign.sh" $rows messages >"$out/messages.txt"
echo "$rows rows, the first:"
head -n 4 "$out/campaign.csv"

echo "== Simulator"
rm -f "$out/ca.pem"
: >"$out/simulator.log"
"$tool" simulate --listen 127.0.0.1:0 --ca-out "$out/ca.pem" --scenario "$root/examples/scenario.json" \
    </dev/null >"$out/simulator.log" 2>&1 &
simulator=$!
url=
for ((i = 0; i < 200; ++i)); do
    url=$(sed -n 's/.*listening on \(https:[^ ,]*\).*/\1/p' "$out/simulator.log")
    [[ -z $url ]] || break
    kill -0 "$simulator" 2>/dev/null || break
    sleep 0.05
done
if [[ -z $url ]]; then
    cat "$out/simulator.log" >&2
    fail "the simulator did not start; see above"
fi
echo "listening on $url; it is slow at times, answers 429, loses some replies and shows messages late ($root/examples/scenario.json)"

echo "== Campaign"
export TWILIO_ACCOUNT_SID=AC0123456789abcdef0123456789abcdef # the simulator's
export TWILIO_AUTH_TOKEN=0123456789abcdef0123456789abcdef
code=0
# shellcheck disable=SC1083 # the braces are the template's
"$tool" campaign run "$out/campaign.csv" --text 'Hi {{name}}, {{note}}' --from +15005550006 --base-url "$url" \
    --ca-file "$out/ca.pem" --settle-time 2s --results "$out/results.jsonl" --overwrite || code=$?
case $code in # 1: rejected or not sent, 4: unknown; the truth tells whether that is so
0 | 1 | 4) ;;
130) exit 130 ;;
*) fail "the campaign failed with exit code $code" ;;
esac

echo "== Truth"
fetch() { curl --silent --show-error --fail --noproxy '*' --cacert "$out/ca.pem" "$url/$1"; }
fetch __truth || fail "cannot read the truth from the simulator"
echo
fetch __truth/messages >"$out/truth.jsonl" || fail "cannot read the truth from the simulator"
"$root/examples/compare-with-truth.sh" "$out/results.jsonl" "$out/truth.jsonl" "$out/messages.txt" $rows

cat <<TEXT
== Next
the outcome of every row:  $out/results.jsonl
a simulator to play with:  $tool simulate --listen 127.0.0.1:4010 --ca-out ca.pem
send one message to it:    TWILIO_ACCOUNT_SID=$TWILIO_ACCOUNT_SID TWILIO_AUTH_TOKEN=$TWILIO_AUTH_TOKEN \\
                           $tool send --base-url https://127.0.0.1:4010 --ca-file ca.pem \\
                           --from +15005550006 --to +15558675310 --text 'Your order has shipped'
all tests:                 $root/test/run.sh
TEXT
