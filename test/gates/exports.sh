#!/usr/bin/env bash
# A shared library shows what test/gates/exports/NAME.txt lists and no more: a symbol that is gone breaks programs, one
# that came by accident must be kept for ever.
#   test/gates/exports.sh ROOT BUILD [--update]    BUILD: made with BUILD_SHARED_LIBS=ON
# --update writes the lists anew; look at the difference before you commit it.
set -euo pipefail
root=$1 build=$2 update=${3:-}
lists=$root/test/gates/exports
bad=0

# Names only: addresses and kinds differ from build to build. Weak symbols of other namespaces are templates of Asio and
# the standard library, which every program has its own copy of; so it is with vtables, which come and go with
# optimisation.
shown() {
    nm --dynamic --demangle --defined-only "$1" | sed -E 's/^[0-9a-f]* *//' |
        grep -E '^([A-TX-Z] |W twilio_sms::[^ ]*\(|V typeinfo for twilio_sms::)' | sed -E 's/^. //' | LC_ALL=C sort -u
}

for name in libtwilio_sms libtwilio_sms_simulator; do
    library=$(find "$build/src" -name "$name.so")
    [[ -n $library ]] || { echo "there is no $name.so below $build/src" >&2; exit 1; }
    if [[ $update == --update ]]; then
        shown "$library" >"$lists/$name.txt"
    elif ! diff -u --label "listed in test/gates/exports/$name.txt" --label "shown by $name.so" \
        "$lists/$name.txt" <(shown "$library"); then
        echo "$name.so shows other symbols than are listed: mark declarations with TWILIO_SMS_API or take the mark away;" \
            "if it is meant, write the list anew with --update" >&2
        bad=1
    fi
done
((bad)) || wc -l "$lists"/*.txt
exit $bad
