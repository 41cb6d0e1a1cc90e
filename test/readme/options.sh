#!/usr/bin/env bash
# README.md names every public option, condition, fate and log event, and no option that does not exist.
#   test/readme/options.sh ROOT
set -euo pipefail
cd "$1"

bad=0
names() { # names WHAT NAME...: each is in README.md, in backquotes
    local what=$1 name
    shift
    (($# > 0)) || { echo "cannot find the ${what}s in the headers" >&2; bad=1; }
    for name in "$@"; do
        grep -qE "\`$name\`" README.md || { echo "README.md does not name the $what \`$name\`" >&2; bad=1; }
    done
}
enumerators() { # enumerators HEADER ENUM
    sed -n "/^enum class $2[ {]/,/^};/p" "include/twilio_sms/$1" | sed -nE 's/^    ([a-z_]+)[ ,].*/\1/p'
}
fields() { # fields HEADER STRUCT
    sed -n "/^struct [A-Z_ ]*$2 {/,/^};/p" "include/twilio_sms/$1" |
        sed -nE 's/^    [a-z_:<>]+(::[a-z_<>:]+)* ([a-z_]+)( =.*|\{.*)?;.*$/\2/p; s/^    std::chrono::milliseconds ([a-z_]+)\{$/\1/p'
}

mapfile -t options < <(fields provider_options.hpp provider_options)
mapfile -t conditions < <(enumerators error.hpp condition)
mapfile -t fates < <(enumerators error.hpp fate)
mapfile -t events < <(sed -n 's/^.*write([^"]*"\([a-z_]*\)",.*/\1/p' src/client/log.cpp)
names option "${options[@]}"
names condition "${conditions[@]}"
names fate "${fates[@]}"
names "log event" "${events[@]}"

while read -r name; do
    [[ " ${options[*]} " == *" $name "* ]] || { echo "README.md describes the option $name, which does not exist" >&2; bad=1; }
done < <(sed -n '/^## Options/,/^## /s/^| `\([a-z_]*\)` .*/\1/p' README.md)

while read -r name value; do
    grep -qF "| \`$name\` | $value |" README.md || { echo "README.md: the default of $name is $value" >&2; bad=1; }
done < <(sed -n '/^struct [A-Z_ ]*provider_options {/,/^};/p' include/twilio_sms/provider_options.hpp | tr -d "'" | tr -s '\n ' ' ' |
    grep -oE '[a-z_]+( = |\{ ?)([0-9]+|false|true)[;}]' | tr -c 'a-z_0-9\n' ' ')

((bad == 0)) && echo "${#options[@]} options, ${#conditions[@]} conditions, ${#events[@]} log events"
exit $bad
