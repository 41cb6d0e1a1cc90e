#!/usr/bin/env bash
# Runs the programs of examples/ against the simulator; what they say and what it accepted must be as expected.
#   test/readme/examples.sh TOOL DIRECTORY
set -euo pipefail
tool=$1 examples=$2
# shellcheck source=test/readme/simulator.sh
source "$(dirname "${BASH_SOURCE[0]}")/simulator.sh"

bad=0
# expect NAME PATTERN [ARGUMENT...]: the whole output, both streams, matches
expect() {
    local name=$1 pattern=$2 code=0 said
    shift 2
    said=$(timeout 60 "$examples/example_$name" "$@" 2>&1) || code=$?
    # shellcheck disable=SC2053 # a pattern
    if ((code != 0)) || [[ $said != $pattern ]]; then
        printf 'example_%s ended with %d and said:\n%s\nexpected:\n%s\n' "$name" "$code" "$said" "$pattern" >&2
        bad=1
    else
        echo "example_$name: as expected"
    fi
}

cat >"$directory/scenario.json" <<'JSON'
{"script": {"+15558675311": ["reply_lost"]}}
JSON
start_simulator "$tool" --scenario "$directory/scenario.json"

expect send 'sent: SM????????????????????????????????'
expect coroutine $'sent: SM*\ncode: queued'
expect decide $'accepted: SM*\nrejected: *E.164*\nask a person: *may have been sent*'
expect options 'sent: MM????????????????????????????????'
printf '%s\n' +15558675310 +15558675312 555-0100 +15558675313 >"$directory/numbers"
expect bulk $'line 3: *E.164*\naccepted 3, others 1' "$directory/numbers"
expect log $'INFO initialized: *\nINFO sent: * to=+15*******10 sid=SM*'
expect observer 'accepted 1, rejected 1'
expect messages $'+15558675310 *\nSM* *\nnot yet: HTTP 409 *, code 20009: *'
if [[ -x $examples/example_simulated ]]; then
    expect simulated 'we say: accepted; Twilio accepted: 1'
fi

# send 1, coroutine 2, decide 2 (one of them with a lost reply), options 1, bulk 3, log 1, observer 1, messages 1
counts=$(truth)
if [[ $counts != *'"accepted":12,'* ]]; then
    echo "the simulator should have accepted 12 messages: $counts" >&2
    bad=1
fi
exit $bad
