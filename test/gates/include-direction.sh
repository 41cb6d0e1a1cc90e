#!/usr/bin/env bash
# Who may include whom: arrows point down only (the layers of src/, and include/, which knows nothing of them).
#   test/gates/include-direction.sh [ROOT]
set -euo pipefail
cd "${1:-$(dirname "${BASH_SOURCE[0]}")/../..}"

declare -A may=(
    [core]="core"
    [crypto]="crypto"
    [twilio]="twilio core crypto"
    [net]="net core crypto"
    [client]="client net twilio core crypto"
    [http_server]="http_server net core"
    [ledger]="ledger core"
    [campaign]="campaign ledger core"
    [module]="module ledger core"
    [simulator]="simulator http_server net twilio crypto core"
    [cli]="cli campaign module simulator ledger client core"
)
bad=0
complain() {
    echo "$1" >&2
    bad=1
}

while IFS=: read -r file line include; do
    layer=${file#src/}
    layer=${layer%%/*}
    target=$(sed -n 's/.*#include "\([a-z_]*\)\/.*/\1/p' <<<"$include")
    [[ -n ${may[$layer]:-} ]] || complain "$file: src/$layer is not in the list of layers (test/gates/include-direction.sh)"
    [[ -n $target ]] || complain "$file:$line: write includes of src as \"layer/file.hpp\""
    [[ " ${may[$layer]:-} " == *" $target "* ]] || complain "$file:$line: src/$layer must not include $target"
done < <(grep -rnE '^ *# *include "' src --include='*.hpp' --include='*.cpp')

while IFS=: read -r file line _; do
    complain "$file:$line: headers of include/ include only their own, Asio's light ones and the standard library"
done < <(grep -rnE '^ *# *include *("|<(boost/(beast|json|url|asio\.hpp|asio/(ip|ssl|io_context))|openssl|CLI|fmt|sqlite))' include)

while IFS=: read -r file line _; do
    complain "$file:$line: decisions and formats do no I/O and know no clock: no Asio, no Beast, no OpenSSL"
done < <(grep -rnE '^ *# *include *<(boost/(asio|beast)|openssl)|(steady|system)_clock::now' src/core src/twilio)

while IFS=: read -r file line _; do
    complain "$file:$line: Beast and OpenSSL stay in src/net, src/crypto, src/http_server and src/simulator"
done < <(grep -rnE '^ *# *include *<(boost/beast|openssl)' src/client src/campaign src/cli)

((bad == 0)) && echo "includes point down only"
exit $bad
