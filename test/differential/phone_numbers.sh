#!/usr/bin/env bash
# Compares our check of E.164 numbers with Debian's python3-phonenumbers on random texts.
#   test/differential/phone_numbers.sh PROGRAM [COUNT [SEED]]     PROGRAM: the built check_numbers; COUNT: 100000
# Lists the differences by class. Exit code: 0 all explained by their class (phone_numbers.py says how), 1 not, 2 usage.
set -euo pipefail
if (($# < 1 || $# > 3)) || [[ ! -x $1 ]]; then
    echo "usage: test/differential/phone_numbers.sh PROGRAM [COUNT [SEED]]" >&2
    exit 2
fi
# Debian's own: another Python on the PATH does not see its packages.
exec /usr/bin/python3 "$(dirname "${BASH_SOURCE[0]}")/phone_numbers.py" "$(realpath "$1")" "${2:-100000}" "${3:-1}"
