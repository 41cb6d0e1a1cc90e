#!/usr/bin/env bash
# Uses the library as others do, from a clean directory: builds programs with it that send a message, one to the tool's
# simulator, and where the simulator library is installed one to that.
#   test/gates/consume.sh HOW ROOT BUILD COMPILER
# HOW: find_package, pkg_config, add_subdirectory or fetch_content. BUILD must hold the tool; its libraries may be shared.
# BUILD - means what is installed on this system.
set -euo pipefail
export CMAKE_GENERATOR=${CMAKE_GENERATOR:-Ninja} # Debian has no make unless somebody asked for it
how=$1 root=$2 build=$3 compiler=$4
# shellcheck source=test/support/simulator.sh
source "$root/test/support/simulator.sh"
if [[ $build == - ]]; then
    here=$(mktemp -d)
else
    here=$(mktemp -d "$build/consume-$how.XXXXXX") # below the build directory, so that ccache knows it
fi
trap 'end_simulator; rm -rf "$here"' EXIT
cp -r "$root/test/gates/consumer" "$here/source" # so that nothing of the project is found by its place
mkdir "$here/out"
tool=$build/src/cli/twilio-sms prefix=$here/prefix

configuration=()
case $how in
find_package | pkg_config)
    if [[ $build == - ]]; then
        tool=$(command -v twilio-sms) prefix=/usr
    else
        cmake --install "$build" --prefix "$prefix" >"$here/install.log" || { cat "$here/install.log"; exit 1; }
        tool=$prefix/bin/twilio-sms
        configuration=(-DCMAKE_PREFIX_PATH="$prefix")
    fi
    "$tool" --version
    ;;
add_subdirectory) configuration=(-DTWILIO_SMS_SOURCE="$root") ;;
fetch_content) # of an archive with no more than the library needs
    tar --create --gzip --file="$here/twilio_sms.tar.gz" --directory="$root" CMakeLists.txt cmake include src
    configuration=(-DTWILIO_SMS_ARCHIVE="$here/twilio_sms.tar.gz")
    ;;
*) echo "consume: $how is not a way to use the library" >&2; exit 2 ;;
esac
if [[ $how == pkg_config ]]; then
    PKG_CONFIG_PATH=$(dirname "$(find "$prefix" -name twilio_sms.pc)")
    export PKG_CONFIG_PATH LD_LIBRARY_PATH=${PKG_CONFIG_PATH%/pkgconfig}
    build_program() { # build_program SOURCE PROGRAM PACKAGE...
        read -ra flags <<<"$(pkg-config --cflags --libs "${@:3}")"
        "$compiler" -std=c++20 -fcoroutines "$here/source/$1" -o "$here/out/$2" "${flags[@]}"
    }
    build_program main.cpp consumer twilio_sms
    build_program simulated.cpp simulated twilio_sms_simulator
else
    mkdir "$here/modules" # of the consumer's own, with names that the project's have
    for module in "$root"/cmake/*.cmake; do
        echo 'message(FATAL_ERROR "this is of another project")' >"$here/modules/${module##*/}"
    done
    cmake -Wno-dev -S "$here/source" -B "$here/out" -DCMAKE_CXX_COMPILER="$compiler" -DCMAKE_BUILD_TYPE=Debug \
        -DCMAKE_MODULE_PATH="$here/modules" "${configuration[@]}" >"$here/configure.log" || { cat "$here/configure.log"; exit 1; }
    if grep -E '^TWILIO_SMS_(BUILD_[A-Z]+|INSTALL):BOOL=ON' "$here/out/CMakeCache.txt"; then
        echo "within another project only the SDK is built unless somebody asks for more" >&2
        exit 1
    fi
    cmake --build "$here/out" -j 2
fi

if [[ $how == find_package ]]; then # a component that there is not is named
    mkdir "$here/wrong"
    printf '%s\n' 'cmake_minimum_required(VERSION 3.22)' 'project(wrong LANGUAGES CXX)' \
        'find_package(twilio_sms REQUIRED COMPONENTS nonsense)' >"$here/wrong/CMakeLists.txt"
    said=$(cmake -S "$here/wrong" -B "$here/wrong/out" -DCMAKE_CXX_COMPILER="$compiler" "${configuration[@]}" 2>&1) &&
        { echo "there should be no component nonsense" >&2; exit 1; }
    grep -q 'There is no component nonsense; simulator is one' <<<"$said" || { echo "$said" >&2; exit 1; }
fi

if [[ $how == find_package || $how == pkg_config ]]; then # what is installed has the simulator library
    said=$("$here/out/simulated")
    echo "$said"
    [[ $said == "sent; the simulator accepted 1" ]]
fi
start_simulator "$tool"
said=$("$here/out/consumer")
echo "$said"
[[ $said == *"sent: SM"*"refused: "*E.164* ]]
[[ $(truth messages | wc -l) == 1 ]]
