# Sourced by tests that need a bare Debian 12; needs root and debootstrap.
#   make_debian DIRECTORY; sets `directory`. It stays for a look, until the next time, unless `remove_debian` is called
#   in_debian SCRIPT [NAME ARGUMENT...]: as `bash -c` in there
# shellcheck shell=bash

fail() {
    echo "${0##*/}: $1" >&2
    exit 1
}

unmount() {
    local at
    for at in "$directory/proc" "$directory/dev/shm"; do
        ! mountpoint --quiet "$at" || umount "$at" 2>/dev/null || umount --lazy "$at"
    done
}

make_debian() {
    directory=$1
    local marker=$directory/.made-by-a-test mirror include=()
    ((EUID == 0)) || fail "needs root, for chroot"
    command -v debootstrap >/dev/null || fail "needs debootstrap (apt-get install debootstrap)"
    # The mirror is this machine's own.
    mirror=$(find /etc/apt \( -name '*.sources' -o -name '*.list' \) -exec sed -n -e 's/^URIs: *\(http[^ ]*\).*/\1/p' \
        -e 's/^deb *\(\[[^]]*\] *\)\{0,1\}\(http[^ ]*\) *bookworm .*/\2/p' {} + | grep -m 1 '/debian/*$') ||
        fail "no Debian mirror in /etc/apt/sources.list*"

    trap unmount EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    if [[ -e $marker ]]; then
        unmount
        rm -rf --one-file-system "$directory"
    fi
    [[ ! -e $directory || -z $(ls -A "$directory") ]] || fail "$directory is not empty and not made by a test"
    mkdir -p "$directory"
    touch "$marker"

    echo "== Bare Debian 12 in $directory"
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
}

in_debian() {
    chroot "$directory" /usr/bin/env -i HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
        PATH=/usr/sbin:/usr/bin:/sbin:/bin bash -euo pipefail -c "$@" </dev/null
}

remove_debian() {
    unmount
    rm -rf --one-file-system "$directory"
}
