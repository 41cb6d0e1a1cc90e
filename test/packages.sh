#!/usr/bin/env bash
# The Debian packages: builds them, installs the tool's and the library's on a bare Debian 12 with nothing else, sends
# with the tool, then builds a program against the library and sends with that.
#   test/packages.sh [DIRECTORY]    default: ${TMPDIR:-/tmp}/twilio-sms-packages; needs about 2 GB
#   test/packages.sh --build        only builds them, to build/packages, and looks at what is in them
# Needs dpkg-dev; and root and debootstrap unless --build. JOBS: how many compilers at once, default 2.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=test/support/debian.sh
source "$root/test/support/debian.sh"
build=$root/build/packages

cmake -S "$root" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DBUILD_SHARED_LIBS=ON -DCMAKE_INSTALL_PREFIX=/usr \
    -DTWILIO_SMS_BUILD_EXAMPLES=OFF -DTWILIO_SMS_BUILD_BENCHMARKS=OFF >"$build.log" || { cat "$build.log" >&2; exit 1; }
cmake --build "$build" -j "${JOBS:-2}"
rm -f "$build"/*.deb
(cd "$build" && cpack >cpack.log) || { cat "$build/cpack.log" >&2; exit 1; }

version=$(sed -n 's/^#define TWILIO_SMS_VERSION "\(.*\)"$/\1/p' "$root/include/twilio_sms/version.hpp")
runtime=libtwilio-sms${version%.*}
package() { echo "$build/$1_${version}_$(dpkg --print-architecture).deb"; }
holds() { # holds PACKAGE PATTERN...
    local name=$1 pattern files
    shift
    files=$(dpkg-deb --fsys-tarfile "$(package "$name")" | tar --list)
    for pattern in "$@"; do
        grep -qE "^\./usr/$pattern\$" <<<"$files" || fail "$name holds no $pattern, but only: $files"
    done
}
holds twilio-sms bin/twilio-sms share/man/man1/twilio-sms.1 share/bash-completion/completions/twilio-sms \
    share/doc/twilio-sms/copyright
holds "$runtime" "lib/.*/libtwilio_sms\.so\.$version" "lib/.*/libtwilio_sms_simulator\.so\.${version%.*}"
holds libtwilio-sms-dev include/twilio_sms/provider.hpp 'lib/.*/libtwilio_sms\.so' \
    'lib/.*/cmake/twilio_sms/twilio_sms-config\.cmake' 'lib/.*/pkgconfig/twilio_sms_simulator\.pc'
for name in twilio-sms "$runtime" libtwilio-sms-dev; do
    dpkg-deb --info "$(package "$name")" | grep -E '^ (Package|Version|Depends|Section|Installed-Size):'
done
[[ ${1:-} != --build ]] || exit 0

make_debian "${1:-${TMPDIR:-/tmp}/twilio-sms-packages}"
mkdir -p "$directory/packages" "$directory/project/test/support" "$directory/project/test/gates"
cp "$build"/*.deb "$directory/packages"
cp "$root/test/support/simulator.sh" "$directory/project/test/support"
cp -r "$root/test/gates/consume.sh" "$root/test/gates/consumer" "$directory/project/test/gates"

echo "== the tool alone"
in_debian 'apt-get -q update && apt-get -q install --yes --no-install-recommends curl "$@"' _ \
    "/packages/$(basename "$(package twilio-sms)")" >"$directory/install.log" 2>&1 ||
    { cat "$directory/install.log" >&2; fail "the tool's package cannot be installed"; }
in_debian 'source /project/test/support/simulator.sh
    start_simulator /usr/bin/twilio-sms
    twilio-sms send --to +15558675310 --text hello
    [[ $(truth messages | wc -l) == 1 ]]' || fail "the installed tool does not send"

echo "== the library"
in_debian 'apt-get -q install --yes --no-install-recommends g++ cmake ninja-build pkg-config "$@"' _ \
    "/packages/$(basename "$(package "$runtime")")" "/packages/$(basename "$(package libtwilio-sms-dev)")" \
    >"$directory/install.log" 2>&1 ||
    { cat "$directory/install.log" >&2; fail "the library's packages cannot be installed"; }
for how in find_package pkg_config; do
    in_debian "/project/test/gates/consume.sh $how /project - c++" || fail "a program made with $how does not send"
done

remove_debian
echo "the packages work on a bare Debian 12"
