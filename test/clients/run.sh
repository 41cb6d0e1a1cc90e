#!/usr/bin/env bash
# Programs of others against this project: npm's twilio 5 on Node 18 and 6 on Node 20, and Python's twilio drive the
# simulator, a process of its own; Prism compares what the SDK sends with Twilio's description.
#   test/clients/run.sh BUILD_DIRECTORY [DESCRIPTION]
# Installs what is missing; npm's packages, Node.js too, go to build/clients. The description is no part of the project:
# it is read where it lies beside it, ../shared/twilio-messages-openapi.json, and that part skipped where it does not.
# Ends with `N passed, N failed`. Exit code: 0 all passed, 1 something failed, 2 usage.
set -euo pipefail
if (($# < 1 || $# > 2)); then
    echo "usage: test/clients/run.sh BUILD_DIRECTORY [DESCRIPTION]" >&2
    exit 2
fi
build=$(cd "$1" && pwd)
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
description=$(realpath --canonicalize-missing "${2:-$root/../shared/twilio-messages-openapi.json}")
cd "$root/test/clients"
tool=$build/src/cli/twilio-sms
installed=$root/build/clients

"$root/scripts/install-dependencies.sh" --clients
./install-node.sh node18 node20
for project in node18 node20; do
    cp ./*.mjs "$installed/$project/" # they look for packages beside themselves
done

passed=0 failed=0
run() { # run NAME COMMAND...: adds up the figures of its last line
    local name=$1 log=$installed/log ok=0
    shift
    printf '== %s\n' "$name"
    "$@" </dev/null | tee "$log" || ok=$?
    if [[ $(tail -n 1 "$log") =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]; then
        ((passed += BASH_REMATCH[1], failed += BASH_REMATCH[2])) || true
        ((ok == 0 || BASH_REMATCH[2] > 0)) && return
    fi
    echo "FAILED: $name ended with code $ok" # and not as it should
    ((failed += 1))
}

# shellcheck source=../support/simulator.sh
source ../support/simulator.sh
start_simulator "$tool" --scenario scenario.json
for project in node18 node20; do
    node=("$installed/$project"/node_modules/node-linux-*/bin/node)
    run "npm's twilio on $("${node[0]}" --version)" env --unset=TWILIO_CA_BUNDLE --unset=HTTP_PROXY \
        NODE_EXTRA_CA_CERTS="$TWILIO_CA_BUNDLE" "${node[0]}" "$installed/$project/twilio_node.mjs" cases.json
done
run "Python's twilio" env PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 twilio_python.py cases.json
run Prism ./prism.sh "$installed/node18" "$tool" "$build/test/clients/send_everything" "$description"

echo "$passed passed, $failed failed"
((failed == 0))
