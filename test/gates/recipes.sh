#!/usr/bin/env bash
# The recipes of packaging/, as far as it can be told without vcpkg and Conan: they can be read, there is one version, and
# the options that they set exist.
#   test/gates/recipes.sh ROOT
set -euo pipefail
cd "$1"
bad=0
complain() {
    echo "$1" >&2
    bad=1
}
version=$(sed -n 's/^#define TWILIO_SMS_VERSION "\([0-9]*\.[0-9]*\.[0-9]*\)"$/\1/p' include/twilio_sms/version.hpp)
[[ -n $version ]] || complain "include/twilio_sms/version.hpp names no semantic version"

manifest=packaging/vcpkg/twilio-sms/vcpkg.json
grep -qF "\"version-semver\": \"$version\"" $manifest || complain "$manifest names another version than $version"
if grep -rnE '[0-9]+\.[0-9]+\.[0-9]+' packaging/conan packaging/vcpkg/twilio-sms/portfile.cmake --include='*.py' \
    --include='*.cmake' --include=CMakeLists.txt | grep -F "$version"; then
    complain "a version there must be read from version.hpp"
fi
for page in README.md docs/packages.md test/gates/consumer/CMakeLists.txt; do
    ! grep -oE 'find_package\(twilio_sms [0-9.]+' $page | grep -vxF "find_package(twilio_sms ${version%.*}" ||
        complain "$page asks for another version than ${version%.*}"
done
for option in $(grep -rhoE 'TWILIO_SMS_BUILD_[A-Z]+' packaging | sort -u) \
    $(sed -n 's/.*for part in (\(.*\)):/\1/p' packaging/conan/conanfile.py | grep -oE '[A-Z]+' | sed 's/^/TWILIO_SMS_BUILD_/'); do
    grep -q "option($option " CMakeLists.txt || complain "packaging/ sets $option, which CMakeLists.txt does not know"
done

if command -v python3 >/dev/null; then
    for recipe in packaging/conan/conanfile.py packaging/conan/test_package/conanfile.py; do
        python3 -c 'import ast, sys; ast.parse(open(sys.argv[1]).read(), sys.argv[1])' $recipe || bad=1
    done
    python3 -c 'import json, sys; json.load(open(sys.argv[1]))' $manifest || bad=1
fi
# Runs the port with vcpkg's functions as empty ones.
stub=$(mktemp)
trap 'rm -f "$stub"' EXIT
{
    for name in vcpkg_check_features vcpkg_cmake_configure vcpkg_cmake_install vcpkg_cmake_config_fixup \
        vcpkg_fixup_pkgconfig vcpkg_install_copyright; do
        echo "function($name)
endfunction()"
    done
    echo "set(CURRENT_PORT_DIR \"$PWD/packaging/vcpkg/twilio-sms\")
set(CURRENT_PACKAGES_DIR \"$stub.packages\")
include(\"\${CURRENT_PORT_DIR}/portfile.cmake\")
if(NOT EXISTS \"\${SOURCE_PATH}/include/twilio_sms/version.hpp\")
    message(FATAL_ERROR \"the port's SOURCE_PATH is not the tree\")
endif()"
} >"$stub"
cmake -P "$stub" || bad=1
((bad == 0)) && echo "version $version everywhere"
exit $bad
