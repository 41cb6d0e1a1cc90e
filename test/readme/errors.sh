#!/usr/bin/env bash
# docs/errors.md names every condition, every code of our own and every code of Twilio's that the library knows.
#   test/readme/errors.sh ROOT
set -euo pipefail
root=$1
page=$root/docs/errors.md
missing=0
expect() { # expect PATTERN NAME
    grep -qE -- "$1" "$page" || { echo "docs/errors.md does not name $2" >&2; missing=1; }
}
names() { sed -n "/^enum class $1/,/^};/s/^    \([a-z_]*\)[ ,].*/\1/p" "$root/include/twilio_sms/error.hpp"; }
conditions=$(names condition)
codes=$(names errc)
twilio=$(sed -n 's/^    entry{\([0-9]*\),.*/\1/p' "$root/src/core/twilio_codes.cpp")
(($(wc -w <<<"$conditions") >= 10 && $(wc -w <<<"$codes") >= 20 && $(wc -w <<<"$twilio") >= 30)) ||
    { echo "cannot read the names from the sources" >&2; exit 1; }
for name in $conditions $codes; do expect "\`$name\`" "$name"; done
for code in $twilio; do expect "^\| ([0-9, ]*[ ,])?${code}[ ,]" "$code"; done
exit $missing
