#!/usr/bin/env bash
# Installs what is missing on Debian 12, as root or with sudo. Does nothing when all is there.
#   scripts/install-dependencies.sh            what the build needs
#   scripts/install-dependencies.sh --test     and what test/run.sh needs
#   scripts/install-dependencies.sh --bench    and what the benchmarks need
#   scripts/install-dependencies.sh --clients  and what the comparisons with programs of others need
# Exit code: 0 done, 1 the installation failed, 2 usage, 3 conflicting packages.
set -euo pipefail

fail() {
    echo "install-dependencies: $2" >&2
    exit "$1"
}

packages=(g++ cmake ninja-build pkg-config ca-certificates curl libssl-dev libsqlite3-dev libcli11-dev libfmt-dev
    libcsv-dev libboost1.81-dev libboost-json1.81-dev libboost-url1.81-dev)
for argument in "$@"; do
    case $argument in
    --test)
        packages+=(libboost-test1.81-dev libspdlog-dev doxygen openssl ccache clang-14 libclang-rt-14-dev clang-format-14
            gcovr shellcheck mandoc groff-base dpkg-dev file python3 valgrind)
        ;;
    --bench) packages+=(wrk libbenchmark-dev nghttp2-client libcurl4-openssl-dev nginx-light openssl python3 util-linux) ;;
    --clients)
        packages+=(python3-twilio python3-phonenumbers)
        command -v npm >/dev/null || packages+=(nodejs npm) # others' Node.js brings npm, and excludes Debian's
        ;;
    *) fail 2 "unknown argument $argument; use --test, --bench, --clients or nothing" ;;
    esac
done

system=$(. /etc/os-release 2>/dev/null && echo "${ID:-} ${VERSION_ID:-}") || system=unknown
if [[ $system != "debian 12" ]]; then
    echo "install-dependencies: this is not Debian 12, nothing was installed; needed are g++ 12, CMake 3.22, Ninja," \
        "pkg-config, curl, OpenSSL 3, Boost 1.81 (headers, json, url; for tests: test), SQLite 3, CLI11, fmt, libcsv" >&2
    exit 0
fi

installed() { [[ $(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null) == installed ]]; }

missing=()
for package in "${packages[@]}"; do
    installed "$package" || missing+=("$package")
done
((${#missing[@]})) || exit 0

conflicting=()
for package in libboost-dev libboost1.74-dev libphonenumber-dev; do
    if installed "$package"; then conflicting+=("$package"); fi
done
if ((${#conflicting[@]})) && ! installed libboost1.81-dev; then
    fail 3 "Boost 1.81 cannot be installed beside ${conflicting[*]}; remove them (apt-get remove ${conflicting[*]}) and start again"
fi

as_root=()
if ((EUID != 0)); then
    command -v sudo >/dev/null || fail 1 "cannot install ${missing[*]}: start this as root, or install sudo"
    as_root=(sudo)
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT

apt() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@" \
        </dev/null >"$log" 2>&1
}
install() { apt install --yes --no-install-recommends --no-remove "$@" "${missing[@]}"; }

echo "Installing ${missing[*]}"
if ! install --simulate; then # package lists missing or old
    apt update || { cat "$log" >&2; fail 1 "apt-get update failed; see above"; }
    if ! install --simulate; then
        cat "$log" >&2
        fail 3 "these packages cannot be installed beside those that are there; see above"
    fi
fi
if ! install; then # the lists named versions that are gone
    if ! apt update || ! install; then
        cat "$log" >&2
        fail 1 "apt-get install failed; see above"
    fi
fi
