#!/usr/bin/env bash
# Puts npm's twilio and the Node.js it runs on into build/clients/PROJECT, as the lock file has them.
#   test/clients/install-node.sh PROJECT...      node18: twilio 5 on Node 18; node20: twilio 6 on Node 20
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
for project in "$@"; do # no program of a package is run for it
    installed=$root/build/clients/$project
    if ! cmp --silent "$root/test/clients/$project/package-lock.json" "$installed/installed"; then
        mkdir -p "$installed"
        cp "$root/test/clients/$project"/package*.json "$installed/"
        npm ci --prefix "$installed" --ignore-scripts --no-audit --no-fund --loglevel=error
        cp "$root/test/clients/$project/package-lock.json" "$installed/installed"
    fi
done
