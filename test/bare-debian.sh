#!/usr/bin/env bash
# The proof that the two commands of README.md do all on a bare Debian 12: makes a minimal one, copies the project's
# files into it (without build directories and changes that git ignores) and runs the commands as they are written.
#   test/bare-debian.sh [DIRECTORY]    default: ${TMPDIR:-/tmp}/twilio-sms-bare-debian; needs about 6 GB
# Needs root and debootstrap. The directory goes away when all passed, and stays for a look when not.
set -euo pipefail

fail() {
    echo "bare-debian: $1" >&2
    exit 1
}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
directory=${1:-${TMPDIR:-/tmp}/twilio-sms-bare-debian}
marker=$directory/.made-by-bare-debian
((EUID == 0)) || fail "needs root, for chroot"
command -v debootstrap >/dev/null || fail "needs debootstrap (apt-get install debootstrap)"
git -C "$root" rev-parse --is-inside-work-tree >/dev/null 2>&1 || fail "needs the git repository, to know its files"

commands=$(sed -n '/<!-- the two commands -->/,/^```$/p' "$root/README.md" | sed '/^<!--/d; /^```/d')
[[ $(wc -l <<<"$commands") == 2 ]] || fail "README.md does not show two commands below <!-- the two commands -->"

# The mirror is this machine's own.
mirror=$(find /etc/apt \( -name '*.sources' -o -name '*.list' \) -exec sed -n -e 's/^URIs: *\(http[^ ]*\).*/\1/p' \
    -e 's/^deb *\(\[[^]]*\] *\)\{0,1\}\(http[^ ]*\) *bookworm .*/\2/p' {} + | grep -m 1 '/debian/*$') ||
    fail "no Debian mirror in /etc/apt/sources.list*"

unmount() {
    local at
    for at in "$directory/proc" "$directory/dev/shm"; do
        ! mountpoint --quiet "$at" || umount "$at" 2>/dev/null || umount --lazy "$at"
    done
}
trap unmount EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

if [[ -e $marker ]]; then
    unmount
    rm -rf --one-file-system "$directory"
fi
[[ ! -e $directory || -z $(ls -A "$directory") ]] || fail "$directory is not empty and not made by this script"
mkdir -p "$directory"
touch "$marker"

echo "== Bare Debian 12 in $directory"
include=()
[[ $mirror != https:* ]] || include=(--include=ca-certificates)
debootstrap --variant=minbase "${include[@]}" bookworm "$directory" "$mirror" >"$directory.debootstrap.log" 2>&1 ||
    { tail -n 20 "$directory.debootstrap.log" >&2; fail "debootstrap failed; see $directory.debootstrap.log"; }
touch "$marker"
apt-config dump | grep -E '^Acquire::https?::Proxy' >"$directory/etc/apt/apt.conf.d/90proxy" || true
cp /etc/resolv.conf /etc/hosts "$directory/etc/"
mount -t proc proc "$directory/proc"
mkdir -p "$directory/dev/shm"
mount -t tmpfs tmpfs "$directory/dev/shm"
rm -f "$directory.debootstrap.log"

mkdir "$directory/twilio-sms"
git -C "$root" ls-files -z --cached --others --exclude-standard |
    (cd "$root" && while IFS= read -r -d '' file; do [[ ! -e $file ]] || printf '%s\0' "$file"; done) |
    tar --create --directory="$root" --null --files-from=- | tar --extract --directory="$directory/twilio-sms"

while IFS= read -r command; do
    echo "== $command"
    start=$SECONDS
    chroot "$directory" /usr/bin/env -i HOME=/root LANG=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin \
        bash -c 'cd /twilio-sms && eval "$1"' _ "$command" </dev/null || fail "$command failed; see above and $directory"
    echo "== $command: passed in $((SECONDS - start)) s"
done <<<"$commands"

unmount
rm -rf --one-file-system "$directory"
echo "both commands passed on a bare Debian 12"
