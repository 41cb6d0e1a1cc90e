#!/usr/bin/env bash
# The gate itself: it must find each value, in each form, and must let masked ones pass.
set -euo pipefail
gate=$(dirname "${BASH_SOURCE[0]}")/no-secrets.sh
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT

token=f00dcafef00dcafef00dcafef00dcafe
account=AC0123456789abcdef0123456789abcdef
for secret in "token $token." "Basic $(printf '%s' "$account:$token" | base64 -w 0)" \
    "Basic $(printf '%s' "SK1:$token" | base64 -w 0)" "Basic $(printf '%s' "SK12:$token" | base64 -w 0)" \
    "text=CANARY-TEXT-zebra-7391!" "to=+15550107391" "To=%2B15550107391&From=1" "to +15551000007"; do
    printf 'INFO sent: message sent to=+15*******91\n%s\nanother\n' "$secret" >"$directory/log"
    if "$gate" "$directory/log" >/dev/null 2>&1; then
        echo "not found: $secret" >&2
        exit 1
    fi
done
printf 'INFO sent: message sent to=+15*******91 sid=SM00\n' >"$directory/log"
"$gate" "$directory"
printf 'all tests passed\n' >"$directory/log"
if "$gate" "$directory" 2>/dev/null; then
    echo "let pass: no log of the SDK" >&2
    exit 1
fi
rm "$directory/log"
if "$gate" "$directory" 2>/dev/null; then
    echo "let pass: nothing to look at" >&2
    exit 1
fi
