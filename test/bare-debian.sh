#!/usr/bin/env bash
# The proof that the two commands of README.md do all on a bare Debian 12: makes a minimal one, copies the project's
# files into it (without build directories and changes that git ignores) and runs the commands as they are written.
#   test/bare-debian.sh [DIRECTORY]    default: ${TMPDIR:-/tmp}/twilio-sms-bare-debian; needs about 6 GB
# Needs root and debootstrap. The directory goes away when all passed, and stays for a look when not.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=test/support/debian.sh
source "$root/test/support/debian.sh"
git -C "$root" rev-parse --is-inside-work-tree >/dev/null 2>&1 || fail "needs the git repository, to know its files"

commands=$(sed -n '/<!-- the two commands -->/,/^```$/p' "$root/README.md" | sed '/^<!--/d; /^```/d')
[[ $(wc -l <<<"$commands") == 2 ]] || fail "README.md does not show two commands below <!-- the two commands -->"

make_debian "${1:-${TMPDIR:-/tmp}/twilio-sms-bare-debian}"
mkdir "$directory/twilio-sms"
git -C "$root" ls-files -z --cached --others --exclude-standard |
    (cd "$root" && while IFS= read -r -d '' file; do [[ ! -e $file ]] || printf '%s\0' "$file"; done) |
    tar --create --directory="$root" --null --files-from=- | tar --extract --directory="$directory/twilio-sms"

while IFS= read -r command; do
    echo "== $command"
    start=$SECONDS
    in_debian 'cd /twilio-sms && eval "$1"' _ "$command" || fail "$command failed; see above and $directory"
    echo "== $command: passed in $((SECONDS - start)) s"
done <<<"$commands"

remove_debian
echo "both commands passed on a bare Debian 12"
