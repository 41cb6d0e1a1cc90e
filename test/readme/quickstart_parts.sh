#!/usr/bin/env bash
# The parts of examples/quickstart.sh: the campaign file is what `campaign run --dry-run` expects, and the comparison
# with the truth finds what it must find.
#   test/readme/quickstart_parts.sh ROOT TOOL
set -euo pipefail
root=$1 tool=$2
# shellcheck source=test/support/simulator.sh
source "$root/test/support/simulator.sh"

start_simulator "$tool" --scenario "$root/examples/scenario.json"
cd "$directory"
rows=1000
"$root/examples/make-campaign.sh" $rows >campaign.csv
"$root/examples/make-campaign.sh" $rows messages >messages.txt
[[ $(wc -l <messages.txt) == 990 ]] || { echo "5 invalid and 5 duplicate rows are expected" >&2; exit 1; }
code=0
"$tool" campaign run campaign.csv --text 'Hi {{name}}, {{note}}' --results results.jsonl || code=$?
((code == 0 || code == 4)) || exit 1
truth messages >truth.jsonl
compare() { "$root/examples/compare-with-truth.sh" results.jsonl truth.jsonl messages.txt $rows; }
compare

bad=0
# differs WHAT FILE SED-SCRIPT: with that change to the file the comparison must fail, and say WHAT
differs() {
    local said code=0
    cp "$2" kept
    sed -i "$3" "$2"
    if cmp --quiet kept "$2"; then
        echo "this changes nothing: $3" >&2
        bad=1
    fi
    said=$(compare) || code=$?
    if ((code != 1)) || [[ $said != *"$1"* ]]; then
        printf 'the comparison did not find: %s; it ended with %d and said:\n%s\n' "$1" "$code" "$said" >&2
        bad=1
    fi
    mv kept "$2"
}
differs "is not in the truth" truth.jsonl 5d                          # lost
differs "got 2 messages" truth.jsonl 5p                               # duplicated
differs "the message was accepted" results.jsonl '20s/"fate":"accepted"/"fate":"rejected"/'
differs "got another text" truth.jsonl '7s/order/oder/'
differs "no outcome" results.jsonl 11d
differs "1000 rows in the file, 999 in the results" results.jsonl 11d
differs "reported twice" results.jsonl '11s/"row":[0-9]*/"row":1/;1s/"row":[0-9]*/"row":1/'
differs "SID of a message to somebody else" truth.jsonl '3s/"to":"[^"]*"/"to":"+15550000999"/'
exit $bad
