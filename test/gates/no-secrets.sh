#!/usr/bin/env bash
# Fails when the values of test/canary.hpp show up in the given files or directories: a token, also as the base64 of a
# basic authorization; a message text, also form-encoded; a number that is not masked.
#   test/gates/no-secrets.sh FILE|DIRECTORY...
set -euo pipefail

header=$(dirname "${BASH_SOURCE[0]}")/../canary.hpp
value() { sed -n "s/.* $1 = \"\([^\"]*\)\".*/\1/p" "$header"; }
token=$(value canary_token)
text=$(value canary_text)
number=$(value canary_number)
if [[ -z $token || -z $text || -z $number ]]; then
    echo "no-secrets: cannot read the canary values from $header" >&2
    exit 2
fi
if (($# == 0)); then
    echo "usage: no-secrets.sh FILE|DIRECTORY..." >&2
    exit 2
fi

if [[ -z $(find "$@" -type f -size +0 -print -quit) ]]; then
    echo "no-secrets: there is nothing to look at in $*" >&2
    exit 2
fi

forms=("$token" "$text" "${number#+}")
for before in "" x xx; do # whatever stands before the token moves its base64 by 0 to 2 bytes
    encoded=$(printf '%s' "$before$token" | base64 -w 0)
    forms+=("${encoded:4:36}")
done

# The other numbers that tests send to, `number(i)` of test/integration/support.hpp.
if grep --recursive --line-number --text --extended-regexp --only-matching '15551[0-9]{6}' -- "$@"; then
    echo "no-secrets: FAILED, unmasked numbers in the lines above" >&2
    exit 1
fi
# A look at nothing proves nothing: the log of the SDK, at its most talkative, must be there.
if ! grep --recursive --quiet --text 'INFO sent: message sent to=+15\*' -- "$@"; then
    echo "no-secrets: no log of the SDK in $*" >&2
    exit 2
fi

patterns=$(printf '%s\n' "${forms[@]}")
code=0
grep --recursive --line-number --text --fixed-strings --only-matching --file=<(echo "$patterns") -- "$@" || code=$?
case $code in
0) echo "no-secrets: FAILED, secrets of the tests in the lines above" >&2; exit 1 ;;
1) echo "no-secrets: nothing found in $*" ;;
*) echo "no-secrets: cannot read $*" >&2; exit 2 ;;
esac
