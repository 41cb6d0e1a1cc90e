#!/usr/bin/env bash
# Uses the library as others do, and runs what came out.
#   test/gates/consume.sh HOW ROOT BUILD COMPILER; HOW: find_package, pkg_config or add_subdirectory
set -euo pipefail
export CMAKE_GENERATOR=${CMAKE_GENERATOR:-Ninja} # Debian has no make unless somebody asked for it
how=$1 root=$2 build=$3 compiler=$4
directory=$(mktemp -d "$build/consume-$how.XXXXXX")
trap 'rm -rf "$directory"' EXIT
cp -r "$root/test/gates/consumer" "$directory/source" # so that nothing of the project is found by its place

installed=()
if [[ $how != add_subdirectory ]]; then
    cmake --install "$build" --prefix "$directory/prefix" >"$directory/install.log" || { cat "$directory/install.log"; exit 1; }
    test -x "$directory/prefix/bin/twilio-sms" || { echo "the tool is not installed" >&2; exit 1; }
    "$directory/prefix/bin/twilio-sms" --version
fi
case $how in
find_package) installed=(-DCMAKE_PREFIX_PATH="$directory/prefix") ;;
add_subdirectory) installed=(-DTWILIO_SMS_SOURCE="$root") ;;
esac
if [[ $how == pkg_config ]]; then
    export PKG_CONFIG_PATH
    PKG_CONFIG_PATH=$(dirname "$(find "$directory/prefix" -name twilio_sms.pc)")
    read -ra flags <<<"$(pkg-config --cflags --libs --static twilio_sms)"
    mkdir "$directory/out"
    "$compiler" -std=c++20 -fcoroutines "$directory/source/main.cpp" -o "$directory/out/consumer" "${flags[@]}"
else
    cmake -S "$directory/source" -B "$directory/out" -DCMAKE_CXX_COMPILER="$compiler" -DCMAKE_BUILD_TYPE=Debug \
        "${installed[@]}"
    cmake --build "$directory/out" --target consumer -j 2
fi
said=$("$directory/out/consumer")
echo "$said"
[[ $said == *E.164* ]]
