#!/usr/bin/env bash
# The gate itself: each wrong arrow must fail.
set -euo pipefail
gate=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/include-direction.sh
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
mkdir -p include/twilio_sms src/{core,crypto,twilio,net,client,campaign,cli,simulator,new_layer}
"$gate" . >/dev/null

bad=0
wrong() { # wrong FILE LINE
    echo "$2" >"$1"
    if "$gate" . >/dev/null 2>&1; then
        echo "let pass: $2 in $1" >&2
        bad=1
    fi
    rm "$1"
}
wrong src/core/fate.cpp '#include "net/wire.hpp"'
wrong src/core/fate.cpp '#include <boost/asio/awaitable.hpp>'
wrong src/core/fate.cpp 'auto now = std::chrono::steady_clock::now();'
wrong src/twilio/form.cpp '#include "client/worker.hpp"'
wrong src/net/wire.cpp '#  include "twilio/form.hpp"'
wrong src/client/worker.hpp '#include "campaign/run.hpp"'
wrong src/client/worker.hpp '#include <openssl/ssl.h>'
wrong src/campaign/run.cpp '#include "cli/main.hpp"'
wrong src/simulator/api.cpp '#include "client/worker.hpp"'
wrong src/cli/main.cpp '#include "local.hpp"'
wrong src/new_layer/a.cpp '#include "core/fate.hpp"'
wrong include/twilio_sms/a.hpp '#include <boost/beast/http.hpp>'
wrong include/twilio_sms/a.hpp '#include "core/fate.hpp"'
((bad == 0)) && echo "every wrong arrow is found"
exit $bad
