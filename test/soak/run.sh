#!/usr/bin/env bash
# A long run over real TLS sockets: messages to a simulator, a process of its own, that spoils one in twenty, and the
# audit against its truth. Nothing may be lost, doubled or told wrongly, and memory must stay flat.
#   test/soak/run.sh TOOL SOAK [MESSAGES [MESSAGES_A_SECOND]]    default: 200000, as fast as it goes
# Memory is compared when there is a rate: what must be remembered of a message is remembered for some seconds, so 10,000
# messages have to take as long.
# Ends with one line of figures. Exit code: 0 all is well, 1 not, 2 usage.
set -euo pipefail
if (($# < 2 || $# > 4)); then
    echo "usage: test/soak/run.sh TOOL SOAK [MESSAGES [MESSAGES_A_SECOND]]" >&2
    exit 2
fi
tool=$1 soak=$2 messages=${3:-200000} rate=${4:-}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=test/support/simulator.sh
source "$here/../support/simulator.sh"
out=$directory
start_simulator "$tool" --scenario "$here/scenario.json"

"$soak" "$url" "$out/ca.pem" "$messages" "$out/report" ${rate:+"$rate"} | tee "$out/figures"
truth >"$out/truth.json"
truth messages >"$out/truth"
cat "$out/truth.json"
echo

# Truth: how often each numbered message was taken. Report: what was said of it.
LC_ALL=C awk -v messages="$messages" '
function complain(what) { if (++wrong <= 20) print "WRONG: message " what }
FNR == NR {
    if (match($0, /"body":"message [0-9]+"/)) {
        number = substr($0, RSTART + 16, RLENGTH - 17)
        ++taken[number]
        if (taken[number] == 2) { ++duplicated; complain(number " was taken twice") }
    }
    next
}
{
    split($0, field, "\t")
    number = field[1]
    if (number in said) complain(number " has two outcomes")
    said[number] = field[2]
    if (field[2] == "accepted" && !taken[number]) { ++lost; complain(number " was accepted, it says, but was not taken") }
    if ((field[2] == "not_sent" || field[2] == "rejected") && taken[number]) complain(number " was taken, but is said to be " field[2])
    if (field[2] == "unknown") ++unknown
}
END {
    for (i = 0; i < messages; ++i)
        if (!(i in said)) complain(i " has no outcome")
    printf "lost %d, duplicated %d, unknown %d, otherwise wrong %d\n", lost, duplicated, unknown, wrong - lost - duplicated
    exit wrong > 0
}' "$out/truth" "$out/report"

if [[ -n $rate ]]; then
    after=$(sed -n 's/.*"kib_warm":\([0-9]*\).*/\1/p' "$out/figures")
    peak=$(sed -n 's/.*"kib_peak_later":\([0-9]*\).*/\1/p' "$out/figures")
    echo "memory: $after KiB after 10,000 messages, at most $peak KiB later ($((peak * 100 / after)) %, at most 105 %)"
    ((peak * 100 <= after * 105))
fi
