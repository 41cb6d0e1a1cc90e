#!/usr/bin/env bash
# Runs the ```sh blocks of README.md and docs/tool.md below a line <!-- run: EXIT CODE -->, with the tool on the PATH and
# the simulator as Twilio, in one empty directory.
#   test/readme/commands.sh ROOT TOOL
set -euo pipefail
root=$1 tool=$2
# shellcheck source=test/support/simulator.sh
source "$root/test/support/simulator.sh"

start_simulator "$tool"
mkdir "$directory/bin" "$directory/here"
ln -s "$tool" "$directory/bin/twilio-sms"
PATH=$directory/bin:$PATH
cd "$directory/here"
printf 'phone,name\n+15558675310,Ann\n+15558675311,Bob\n' >customers.csv

bad=0 count=0
# Blocks in order, each with its exit code before it, divided by a zero byte.
while IFS= read -r -d '' block; do
    ((count += 1))
    expected=${block%%$'\n'*} commands=${block#*$'\n'} code=0
    timeout 60 bash -euo pipefail -c "$commands" >"$directory/said" 2>&1 || code=$?
    if ((code != expected)); then
        printf 'a block ended with %d, not %d:\n%s\nand said:\n' "$code" "$expected" "$commands" >&2
        cat "$directory/said" >&2
        bad=1
    fi
done < <(awk '
    /^<!-- run: [0-9]+ -->$/ { code = $3; next }
    /^```sh$/ && code != "" { printf "%s\n", code; inside = 1; next }
    /^```$/ && inside { printf "%c", 0; inside = 0; code = ""; next }
    inside' "$root/README.md" "$root/docs/tool.md")
((count > 0)) || { echo "README.md has no block to run" >&2; bad=1; }
((bad == 0)) && echo "$count blocks ran"
exit $bad
