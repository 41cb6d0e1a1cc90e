#!/usr/bin/env bash
# Installs what the tests need, builds everything and runs every test and check. Ends with `N passed, N failed`.
#   test/run.sh              under half an hour on two cores
#   test/run.sh --ci         also coverage of the decisions, mutations, and comparisons with other programs
#   test/run.sh --nightly    also a million sends in virtual time, 200,000 over sockets, a build and run with Clang,
#                            longer fuzzing, the Debian packages, and the proof on a bare Debian
# Sends nothing to Twilio. Exit code: 0 all passed, 1 something failed, 2 usage.
set -euo pipefail
export CMAKE_GENERATOR=${CMAKE_GENERATOR:-Ninja} # Debian has no make unless somebody asked for it

level=0
case "$#:${1:-}" in
0:) ;;
1:--ci) level=1 ;;
1:--nightly) level=2 ;;
*)
    echo "usage: test/run.sh [--ci|--nightly]" >&2
    exit 2
    ;;
esac
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Nothing of a real account may get in.
for name in "${!TWILIO_@}"; do unset "$name"; done

passed=0 failed=0
failed_stages=()
times=()

# stage NAME COMMAND...: runs a command and notes its time; false when it failed.
stage() {
    local name=$1 start=$SECONDS ok=0
    shift
    printf '\n== %s\n' "$name"
    "$@" </dev/null || ok=$?
    times+=("$(printf '%4d s  %s' $((SECONDS - start)) "$name")")
    if ((ok != 0)); then
        failed_stages+=("$name")
        ((failed += 1)) # a stage that is no ctest run; `run_tests` takes it back
    fi
    return $ok
}

build() { # build PRESET DIRECTORY [CMAKE ARGUMENT...]
    local preset=$1 directory=$2
    shift 2
    cmake --preset "$preset" -B "$directory" "$@" >"$directory.log" 2>&1 || { cat "$directory.log" >&2; return 1; }
    cmake --build "$directory" -j 2
}

# Sanitizers of GCC 12 cannot map their shadow when addresses are spread too widely.
fixed_addresses=()
if setarch "$(uname -m)" -R true 2>/dev/null; then fixed_addresses=(setarch "$(uname -m)" -R); fi

run_tests() { # run_tests NAME DIRECTORY CTEST ARGUMENT...
    local name=$1 directory=$2 log=build/logs/$1.log ok=0 line
    shift 2
    stage "$name" run_ctest "$log" --test-dir "$directory" "$@" || ok=1
    cp "$directory/Testing/Temporary/LastTest.log" "build/logs/$name.details.log" 2>/dev/null || true
    line=$(grep -E '^[0-9]+% tests passed, [0-9]+ tests failed out of [0-9]+' "$log" || true)
    if [[ $line =~ passed,\ ([0-9]+)\ tests\ failed\ out\ of\ ([0-9]+) ]]; then
        ((passed += BASH_REMATCH[2] - BASH_REMATCH[1])) || true
        if ((BASH_REMATCH[1] > 0)); then
            ((failed += BASH_REMATCH[1])) || true
            ((failed -= ok)) || true # counted by name now
        fi
    fi
}
run_ctest() {
    local log=$1
    shift
    "${fixed_addresses[@]}" ctest --output-on-failure --no-tests=error --timeout 600 "$@" 2>&1 | tee "$log"
}

thread_programs() { # the programs of tests labelled `threads`, as the generator names them
    find build/tsan -name CTestTestfile.cmake -exec awk '
        /^add_test\(/ { split($0, quoted, "\""); split($1, name, "("); program[name[2]] = quoted[2] }
        /^set_tests_properties\(/ && /LABELS "([^"]*;)?threads[";]/ { split($1, name, "("); print program[name[2]] }' {} + |
        sed "s|^$PWD/build/tsan/||" | sort -u
}
build_threads() {
    cmake --preset tsan -B build/tsan >build/tsan.log 2>&1 || { cat build/tsan.log >&2; return 1; }
    local targets
    mapfile -t targets < <(thread_programs)
    if ((${#targets[@]} == 0)); then
        echo "no test carries the label threads" >&2
        return 1
    fi
    cmake --build build/tsan -j 2 --target "${targets[@]}"
}

clang_syntax() {
    cmake --preset clang -B build/clang >build/clang.log 2>&1 || { cat build/clang.log >&2; return 1; }
    test/gates/clang-syntax.sh build/clang/compile_commands.json
}

# The objects are the same as in build/test, so ccache has them.
shared_libraries() {
    build dev build/shared -DBUILD_SHARED_LIBS=ON -DTWILIO_SMS_BUILD_EXAMPLES=OFF -DTWILIO_SMS_BUILD_BENCHMARKS=OFF &&
        test/gates/exports.sh . build/shared &&
        test/gates/consume.sh find_package "$PWD" "$PWD/build/shared" "${CXX:-c++}" &&
        test/gates/consume.sh pkg_config "$PWD" "$PWD/build/shared" "${CXX:-c++}"
}

formatted() {
    local directories=(include src test examples)
    [[ ! -d benchmarks ]] || directories+=(benchmarks)
    find "${directories[@]}" \( -name '*.hpp' -o -name '*.cpp' \) -print0 |
        xargs -0 clang-format-14 --dry-run -Werror
}

documentation() { (cd docs && doxygen); } # docs/Doxyfile; a warning is an error

rm -rf build/logs
mkdir -p build/logs

if ! stage install scripts/install-dependencies.sh --test; then
    echo "0 passed, 1 failed"
    exit 1
fi
if command -v ccache >/dev/null; then
    # The same source in another directory is the same to the cache.
    export CMAKE_CXX_COMPILER_LAUNCHER=ccache CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1
fi
export JOBS=2 # of the scripts below

if stage build build dev build/test; then
    run_tests tests build/test -LE gate
    run_tests gates build/test -L gate -j 2
    stage cost benchmarks/cost.sh build/test || true
fi
stage "shared libraries" shared_libraries || true
if stage "build with ASan and UBSan" build asan build/asan; then
    run_tests asan build/asan
fi
if stage "build with TSan" build_threads; then
    run_tests tsan build/tsan -L threads
fi
stage "secrets" test/gates/no-secrets.sh build/logs || true
stage "clang -fsyntax-only" clang_syntax || true
stage "format" formatted || true
stage "documentation" documentation || true
stage fuzz test/fuzz/run.sh "$((level >= 2 ? 60 : 3))" || true

if ((level >= 1)); then
    stage coverage test/coverage.sh || true
    stage mutations test/mutations.sh || true
    if stage "install clients" scripts/install-dependencies.sh --clients; then
        texts=$((level >= 2 ? 100000 : 20000))
        stage "segments as Twilio's calculator" \
            test/differential/segments.sh build/test/test/differential/count_segments $texts || true
        stage "numbers as phonenumbers" \
            test/differential/phone_numbers.sh build/test/test/differential/check_numbers $texts || true
        stage clients test/clients/run.sh build/test || true
    fi
fi
if ((level >= 2)); then
    stage "a million sends" build/test/test/model/random_simulation --sends 1000000 --seed "$(date +%Y%m%d)" || true
    stage "soak" test/soak/run.sh build/test/src/cli/twilio-sms build/test/test/soak/soak 200000 400 || true
    if stage "build with Clang" build clang build/clang; then
        run_tests clang build/clang -LE gate
    fi
    stage "Debian packages" test/packages.sh || true
    stage "bare Debian" test/bare-debian.sh || true
fi

printf '\n'
printf '%s\n' "${times[@]}" "$(printf '%4d s  in all' "$SECONDS")"
if ((${#failed_stages[@]})); then
    printf 'FAILED:'
    printf ' [%s]' "${failed_stages[@]}"
    printf '\n'
fi
echo "$passed passed, $failed failed"
((${#failed_stages[@]} == 0))
