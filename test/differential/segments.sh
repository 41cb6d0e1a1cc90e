#!/usr/bin/env bash
# Compares our count of segments with that of Twilio's own calculator, npm's sms-segments-calculator, on random texts.
#   test/differential/segments.sh PROGRAM [COUNT [SEED]]     PROGRAM: the built count_segments; COUNT: 100000
# Installs the calculator into build/differential. Exit code: 0 no difference, or only such as the rule in segments.js
# explains; 1 another one; 2 usage; 3 no calculator.
set -euo pipefail
version=1.3.0
if (($# < 1 || $# > 3)) || [[ ! -x $1 ]]; then
    echo "usage: test/differential/segments.sh PROGRAM [COUNT [SEED]]" >&2
    exit 2
fi
program=$(realpath "$1")
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
modules=$here/../../build/differential
if [[ ! -d $modules/node_modules/sms-segments-calculator ]]; then
    mkdir -p "$modules"
    npm install --no-save --no-audit --no-fund --ignore-scripts --prefix "$modules" \
        "sms-segments-calculator@$version" >"$modules/npm.log" 2>&1 ||
        { cat "$modules/npm.log" >&2; echo "segments.sh: npm cannot install the calculator; see above" >&2; exit 3; }
fi
NODE_PATH=$(realpath "$modules")/node_modules exec node "$here/segments.js" "$program" "${2:-100000}" "${3:-1}"
