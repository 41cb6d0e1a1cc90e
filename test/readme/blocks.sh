#!/usr/bin/env bash
# Each ```cpp and ```cmake block of a page is part of the file that the comment before it names, line by line; it may
# be less indented there. Blocks of other languages may have such a comment.
#   test/readme/blocks.sh ROOT PAGE
set -euo pipefail
cd "$1"
page=$2

bad=0 checked=0
complain() {
    echo "$page:$1" >&2
    bad=1
}

# part_of FILE BLOCK: with an indentation of 0, 4, 8 or 12
part_of() {
    local whole indent
    whole=$'\n'$(<"$1")$'\n'
    for indent in "" "    " "        " "            "; do
        [[ $whole != *$'\n'"$(sed "s/^\(.\)/$indent\1/" <<<"$2")"$'\n'* ]] || return 0
    done
    return 1
}

number=0 language='' file='' block='' begin=0
while IFS= read -r line; do
    ((number += 1))
    if [[ -z $language ]]; then
        case $line in
        '<!-- '*.cpp' -->' | '<!-- '*.mjs' -->' | '<!-- '*.py' -->' | '<!-- '*CMakeLists.txt' -->')
            file=${line#<!-- }
            file=${file% -->}
            ;;
        '```'[a-z]*) language=${line#'```'} block='' begin=$number ;;
        '') ;;
        *) file='' ;;
        esac
    elif [[ $line == '```' ]]; then
        if [[ -n $file ]]; then
            ((checked += 1))
            if [[ ! -f $file ]]; then
                complain "$begin: there is no $file"
            elif ! part_of "$file" "${block%$'\n'}"; then
                complain "$begin: the block differs from $file"
            fi
        elif [[ $language == cpp || $language == cmake ]]; then
            complain "$begin: a $language block needs a line <!-- FILE --> before it, naming the program that it is part of"
        fi
        language='' file=''
    else
        block+=$line$'\n'
    fi
done <"$page"

((checked > 0)) || complain "1: no block was found"
((bad == 0)) && echo "$checked blocks are parts of programs"
exit $bad
