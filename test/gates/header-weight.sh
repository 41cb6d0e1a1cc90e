#!/usr/bin/env bash
# What including the whole public interface costs: its preprocessed lines against those of the two Asio headers that it
# cannot do without. At most 1.25 times as many.
#   test/gates/header-weight.sh ROOT COMPILER [FLAG...]
set -euo pipefail
root=$1
shift
lines() { printf '%s\n' "$@" | "${compile[@]}" -E -P -x c++ - | wc -l; }
compile=("$@" -std=c++20 -DBOOST_ASIO_NO_DEPRECATED -I"$root/include")
ours=$(lines '#include <twilio_sms/twilio_sms.hpp>')
asio=$(lines '#include <boost/asio/awaitable.hpp>' '#include <boost/asio/any_io_executor.hpp>')
echo "twilio_sms.hpp: $ours lines; Asio's awaitable.hpp and any_io_executor.hpp: $asio lines;" \
    "$((ours * 100 / asio)) %, at most 125 %"
if ((ours * 100 > asio * 125)); then
    echo "the public headers became too heavy: find what was included (-H lists it)" >&2
    exit 1
fi
