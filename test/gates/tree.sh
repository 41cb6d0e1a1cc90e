#!/usr/bin/env bash
# What the files of the project must not hold, and how long they may be.
#   test/gates/tree.sh [ROOT]
set -euo pipefail
cd "${1:-$(dirname "${BASH_SOURCE[0]}")/../..}"

# An export has no .git.
if git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
    mapfile -t files < <(git ls-files --cached --others --exclude-standard | while read -r f; do [[ ! -f $f ]] || echo "$f"; done)
else
    mapfile -t files < <(find . -type f -not -path './build*' -not -path './.git/*' -not -path './.cache/*' | sed 's|^\./||')
fi
for i in "${!files[@]}"; do # corpora hold anything
    if [[ ${files[i]} == test/fuzz/corpus/* ]]; then unset "files[i]"; fi
done
bad=0
none() { # none WHAT PATTERN: no line of any file matches
    local found
    found=$(grep --line-number --with-filename --binary-files=without-match --extended-regexp -- "$2" "${files[@]}") || return 0
    echo "$1:" >&2
    echo "$found" >&2
    bad=1
}

none "paths of one machine" '(^|[^A-Za-z0-9_./])/(work|farm|home|root|Users)/[A-Za-z0-9]'
none "hosts of package registries" '(deb|security)[.]debian[.]org|archive[.]ubuntu[.]com|registry[.]npmjs[.]org|pypi[.]org'
none "unfinished lines" '(^|[^A-Za-z])(TO[D]O|FIX[M]E|XX[X]|HAC[K])([^A-Za-z]|$)'
none "white space at the end of a line" '[ 	]+$'

for file in "${files[@]}"; do
    case $file in
    *.cpp | *.hpp | *.sh | *.cmake | *CMakeLists.txt) lines=$(wc -l <"$file") ;;
    *) continue ;;
    esac
    if ((lines > 500)); then
        echo "$file has $lines lines, at most 500: a file holds one idea" >&2
        bad=1
    elif ((lines > 400)); then
        echo "warning: $file has $lines lines, better fewer than 400"
    fi
done

for file in "${files[@]}"; do
    [[ $file == *.sh || $file == .ci/run ]] || continue
    bash -n "$file" || bad=1
    if [[ ! -x $file ]]; then
        echo "$file is not executable (chmod +x)" >&2
        bad=1
    fi
    if command -v shellcheck >/dev/null; then shellcheck --external-sources --severity=warning "$file" || bad=1; fi
done
((bad == 0)) && echo "${#files[@]} files looked at"
exit $bad
