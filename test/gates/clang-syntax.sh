#!/usr/bin/env bash
# Looks at every source file with the commands of a compile_commands.json, without making objects.
#   test/gates/clang-syntax.sh COMPILE_COMMANDS
set -euo pipefail
commands=$1
count=$(grep -c '"command":' "$commands")
sed -n 's/^ *"command": "\(.*\)",$/\1/p' "$commands" | sed -e 's/\\\(["\\]\)/\1/g' -e 's/^[^ ]*ccache //' \
    -e 's/ -o [^ ]* -c / -fsyntax-only /' | tr '\n' '\0' |
    xargs -0 -P 2 -I '{}' bash -c 'eval "$1" || { echo "failed: ${1##* }" >&2; exit 1; }' _ '{}'
echo "$count files looked at"
