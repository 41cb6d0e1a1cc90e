#!/usr/bin/env bash
# Runs the programs of examples/ against the simulator; what they say and what it accepted must be as expected.
#   test/readme/examples.sh TOOL DIRECTORY
set -euo pipefail
tool=$1 examples=$2
# shellcheck source=test/support/simulator.sh
source "$(dirname "${BASH_SOURCE[0]}")/../support/simulator.sh"

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
{"script": {"+15558675311": ["reply_lost"], "+15558675314": ["stall_after"]}}
JSON
start_simulator "$tool" --scenario "$directory/scenario.json"

expect send 'sent: SM????????????????????????????????'
expect tokens $'callback: SM*\nfuture: SM*'
expect coroutine $'sent: SM*\ncode: queued'
expect decide $'accepted: SM*\nrejected: *E.164*\nask a person: *may have been sent*'
expect options 'sent: MM????????????????????????????????'
expect mms $'sent: MM*\nimage/png\nvideo/mp4'
from_service() { # from_service COMMAND...
    local TWILIO_FROM_NUMBER=
    local -x TWILIO_MESSAGING_SERVICE_SID=MG0123456789abcdef0123456789abcdef
    "$@"
}
from_service expect scheduled $'scheduled\ncanceled'
printf '%s\n' +15558675310 +15558675312 555-0100 +15558675313 >"$directory/numbers"
expect bulk $'line 3: *E.164*\naccepted 3, others 1' "$directory/numbers"
seq --format '+1555868%05g' 1 100 >"$directory/guests"
TWILIO_AUTH_TOKEN=wrong expect resumable 'begun *, accepted 0, rejected 0' "$directory/guests"
sort "$directory/guests.again" | cmp - "$directory/guests" || bad=1 # all of them, whether it came to them or not
expect generator 'accepted 100 of 100'
expect log $'INFO initialized: *\nINFO sent: * to=+15*******10 sid=SM*'
expect observer 'accepted 1, rejected 1'
expect prometheus $'# TYPE sms_sends_total counter
sms_sends_total{fate="accepted"} 1
sms_sends_total{fate="rejected"} 1
*
# TYPE sms_latency_seconds histogram
*{le="+Inf"} 1
sms_latency_seconds_count 1
sms_latency_seconds_sum 0*'
expect messages $'+15558675310 *\nSM* *\nnot yet: HTTP 409 *, code 20009: *'
# Some examples are built only where the library they show is installed.
optional() { [[ ! -x $examples/example_$1 ]] || expect "$@"; }
optional spdlog $'sms info: initialized *\nsms info: sent to=+15*******10 sid=SM*\nsms error: gave_up *'
optional simulated 'we say: accepted; Twilio accepted: 1'
optional unit_test '*No errors detected*'

# Interrupted, it leaves in a file what it did not come to.
seq --format '+1555868%05g' 1 20000 >"$directory/guests"
before=$(truth)
"$examples/example_resumable" "$directory/guests" >"$directory/resumable" &
resumable_pid=$!
for ((i = 0; i < 400; ++i)); do
    [[ $(truth) == "$before" ]] || break
    sleep 0.01
done
kill -INT "$resumable_pid"
wait "$resumable_pid" || { echo "example_resumable ended with $?" >&2; bad=1; }
said=$(<"$directory/resumable")
resumed=${said##*accepted } resumed=${resumed%,*}
if [[ $said != "begun $resumed, accepted $resumed, rejected 0" ]] || ((resumed == 20000)) ||
    ! tail --lines=+$((resumed + 1)) "$directory/guests" | cmp - "$directory/guests.again"; then
    echo "example_resumable said: $said" >&2
    bad=1
fi

# The server, asked by curl.
"$examples/example_server" >"$directory/server" &
server_pid=$!
for ((i = 0; i < 400; ++i)); do
    [[ ! -s $directory/server ]] || break
    sleep 0.05
done
ask() { # ask NUMBER STATUS PATTERN
    local said
    said=$(curl --silent --noproxy '*' --max-time 30 --write-out '%{http_code}' --data 'Your code is 1234' \
        "$(<"$directory/server")/$1") || true
    # shellcheck disable=SC2053 # a pattern
    if [[ $said != $3$'\n'$2 ]]; then
        printf 'example_server answered about %s: %s\nexpected: %s\n' "$1" "$said" "$3 $2" >&2
        bad=1
    fi
}
ask +15558675310 202 'SM????????????????????????????????'
ask 555-0100 422 '*E.164*'
ask +15558675314 504 '*may have been sent*' # it never answers, but for two seconds only
kill "$server_pid"
wait "$server_pid" || { echo "example_server ended with $?" >&2; bad=1; }

# send 1, tokens 2, coroutine 2, decide 2 (one of them with a lost reply), options 1, mms 1, scheduled 1, bulk 3,
# generator 100, log 1, observer 1, prometheus 1, messages 1, server 2, spdlog 1
expected=$((120 + resumed))
[[ -x $examples/example_spdlog ]] || ((expected -= 1))
counts=$(truth)
if [[ $counts != *"\"accepted\":$expected,"* ]]; then
    echo "the simulator should have accepted $expected messages: $counts" >&2
    bad=1
fi
exit $bad
