#!/bin/sh
# Puts the mistakes of mutations.txt into a copy of the sources, one at a time, and checks that the named unit test
# fails with each of them. Ends with a line "N passed, N failed".
# Usage: test/mutations.sh [TABLE]
set -eu
export CMAKE_GENERATOR=${CMAKE_GENERATOR:-Ninja} # Debian has no make unless somebody asked for it
root=$(cd "$(dirname "$0")/.." && pwd)
table=${1:-$root/test/mutations.txt}
jobs=${JOBS:-$(nproc)}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Only what the decisions and their tests need: a mutation then costs one compilation and a link.
mkdir -p "$work/test"
cp -R "$root/include" "$root/src" "$work/"
cp -R "$root/test/unit" "$work/test/"
cat >"$work/CMakeLists.txt" <<'PROJECT'
cmake_minimum_required(VERSION 3.22)
project(mutations LANGUAGES CXX)
find_package(Boost 1.81 REQUIRED COMPONENTS json url unit_test_framework)
find_package(OpenSSL 3.0 REQUIRED)
find_package(Threads REQUIRED)
find_program(CCACHE ccache)
if(CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()
file(GLOB sources src/core/*.cpp test/unit/*.cpp test/unit/*/*.cpp)
file(GLOB formats src/crypto/*.cpp src/twilio/*.cpp)
add_executable(unit_tests ${sources} ${formats} src/net/base_url.cpp src/net/common_head.cpp
    src/net/lent_buffer.cpp src/net/proxy_url.cpp src/net/reply_parser.cpp src/client/destination.cpp
    src/client/attributed.cpp src/client/counters.cpp src/client/stats.cpp
    src/client/error.cpp src/client/failure_text.cpp src/client/log.cpp src/client/log_lines.cpp src/client/login.cpp
    src/client/provider_options.cpp)
target_compile_features(unit_tests PRIVATE cxx_std_20)
target_include_directories(unit_tests PRIVATE include src test/unit)
target_compile_definitions(unit_tests PRIVATE BOOST_TEST_DYN_LINK)
target_link_libraries(unit_tests PRIVATE Boost::json Boost::url Boost::unit_test_framework OpenSSL::Crypto
    Threads::Threads)
PROJECT
CCACHE_BASEDIR=$work CCACHE_NOHASHDIR=1
export CCACHE_BASEDIR CCACHE_NOHASHDIR

build() {
    cmake --build "$work/build" --parallel "$jobs" >"$work/build.log" 2>&1
}
run_case() { # a mutant may never end
    timeout 60 "$work/build/unit_tests" --run_test="$1" >"$work/test.log" 2>&1
}

echo "mutations: building the unmutated tests"
cmake -S "$work" -B "$work/build" >"$work/build.log" 2>&1 && build || {
    cat "$work/build.log"
    exit 2
}

passed=0
failed=0
report() { # passed|failed, why, the mutation
    if [ "$1" = passed ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
    printf '%s: %s\n        %s: %s\n' "$1" "$2" "$file" "$new"
}

# Replaces old by new in a file that holds old exactly once.
replace_once() {
    OLD=$old NEW=$new awk '
        BEGIN { RS = "\001"; ORS = "" }
        {
            old = ENVIRON["OLD"]
            at = index($0, old)
            if (at == 0 || index(substr($0, at + 1), old) != 0) exit 1
            print substr($0, 1, at - 1) ENVIRON["NEW"] substr($0, at + length(old))
        }' "$1" >"$2"
}

while IFS= read -r line; do
    case $line in '' | '#'*) continue ;; esac
    file=${line%%" | "*} rest=${line#*" | "}
    old=${rest%%" | "*} rest=${rest#*" | "}
    new=${rest%%" | "*} name=${rest#*" | "}
    source=$work/$file

    if [ ! -f "$source" ] || ! replace_once "$source" "$work/mutated"; then
        report failed "'$old' is not found exactly once; bring the table up to date"
        continue
    fi
    if ! run_case "$name"; then
        report failed "$name fails without the mutation"
        continue
    fi
    cp "$source" "$work/original"
    cp "$work/mutated" "$source"
    if ! build; then
        report failed "the mutation does not compile"
        cat "$work/build.log"
    elif run_case "$name"; then
        report failed "$name does not notice"
    else
        report passed "$name"
    fi
    cp "$work/original" "$source"
    # The next build brings back the original of this file too; the case that runs before it must not see the mutant.
    build
done <"$table"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
