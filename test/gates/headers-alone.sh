#!/usr/bin/env bash
# Each public header compiles without another one before it.
#   test/gates/headers-alone.sh ROOT COMPILER [FLAG...]
set -euo pipefail
root=$1
shift
bad=0
for header in "$root"/include/twilio_sms/*.hpp; do
    name=twilio_sms/${header##*/}
    if ! printf '#include <%s>\n' "$name" "$name" | "$@" -std=c++20 -DBOOST_ASIO_NO_DEPRECATED -Wall -Wextra -Wpedantic \
        -Wshadow -Wconversion -Werror -I"$root/include" -fsyntax-only -x c++ -; then
        echo "$name does not compile alone" >&2
        bad=1
    fi
done
((bad == 0)) && echo "all compile alone"
exit $bad
