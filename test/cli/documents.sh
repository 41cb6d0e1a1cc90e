#!/usr/bin/env bash
# Shell completion and manual page: every command and option of --help is in both, bash completes with it, and the page
# is sound roff.
#   test/cli/documents.sh TOOL
set -euo pipefail
tool=$1
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
bad=0
complain() {
    echo "$1" >&2
    bad=1
}

"$tool" completion bash >"$directory/completion"
"$tool" man >"$directory/page"

# ---- bash ----
# shellcheck source=/dev/null
source "$directory/completion"
[[ $(complete -p twilio-sms) == "complete -F _twilio_sms twilio-sms" ]] || complain "bash is not told whom to ask"

# proposals WORD...: what is proposed for the last of these words, as bash asks
proposals() {
    COMP_WORDS=(twilio-sms "$@") COMP_CWORD=$# COMPREPLY=()
    _twilio_sms twilio-sms "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
    echo "${COMPREPLY[*]}"
}
proposes() { # proposes EXPECTED WORD...
    local expected=$1 said
    shift
    said=$(proposals "$@")
    [[ $said == "$expected" ]] || complain "twilio-sms $*: proposed '$said', not '$expected'"
}
cd "$directory"
touch numbers.csv "a b.csv"
proposes "send segments simulate" s
proposes "run" campaign ''
proposes "--text --to-column --total-timeout" campaign run --t
proposes "--text --to-column --total-timeout" campaign run numbers.csv --t
proposes "resolve_then_retry report retry" send --when-unknown re
proposes "drop reject" send --invalid-media ''
proposes "reject" send --invalid-media = rej # as bash divides --invalid-media=rej
proposes "drop reject" send --invalid-media =
proposes "numbers.csv" send --ca-file num
proposes "numbers.csv" campaign run num
proposes "a b.csv" segments --file a
proposes "" send --text s
proposes "--json" send --text send --js # a value that looks like a command
proposes "" send num
proposes "bash" completion ''
proposes "" no-such-command --t

# ---- all commands ----
options_in_help() { "$tool" "$@" --help | sed -n 's/^  \(-[^ ]*\).*/\1/p' | tr ',' '\n'; }
commands_in_help() { "$tool" "$@" --help | sed -n '/^Subcommands:/,/^$/s/^  \([a-z-]*\) .*/\1/p'; }
count=0
look_at() { # look_at COMMAND...: this one and those below it
    local option names command commands
    names=" $(proposals "$@" -) "
    commands=$(commands_in_help "$@")
    for option in $(options_in_help "$@"); do
        ((count += 1))
        [[ $names == *" $option "* ]] || complain "twilio-sms $*: $option is not completed"
        # A command that only leads to others has but --help.
        grep -qF -- "\\fB${option//-/\\-}\\fR" page || complain "twilio-sms $*: $option is not in the manual page"
    done
    if [[ -z $commands ]]; then
        section=$(IFS=' ' && echo "twilio-sms $*")
        grep -qxF -- ".SS ${section//-/\\-}" page || complain "$section has no section in the manual page"
    fi
    for command in $commands; do
        [[ " $(proposals "$@" '') " == *" $command "* ]] || complain "twilio-sms $*: $command is not completed"
        look_at "$@" "$command"
    done
}
look_at
((count > 100)) || complain "only $count options were found in the help"

# ---- the page ----
said=$(groff -ww -man -Tutf8 page 2>&1 >rendered) || complain "groff refuses the page"
[[ -z $said ]] || complain "groff: $said"
grep -q 'SSeenndd\|Send one message' rendered || complain "groff renders nothing"
if command -v mandoc >/dev/null; then
    # A date would change the page with every build.
    said=$(mandoc -Tlint -Wwarning page | grep -v 'missing date') || true
    [[ -z $said ]] || complain "mandoc: $said"
fi
((bad == 0)) && echo "$count options are completed and described"
exit $bad
