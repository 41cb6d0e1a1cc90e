#!/usr/bin/env bash
# Compares what a campaign says with what the simulator accepted.
#   examples/compare-with-truth.sh RESULTS TRUTH MESSAGES ROWS
# RESULTS: the campaign's --results file. TRUTH: the answer of GET /__truth/messages. MESSAGES: a line for each message
# that should go out, `number<tab>text as JSON`. ROWS: of the campaign file.
# Prints one line `report and truth agree: ...`, or each difference. Exit code: 0 they agree, 1 they do not, 2 usage.
set -euo pipefail

if (($# != 4)); then
    echo "usage: compare-with-truth.sh RESULTS TRUTH MESSAGES ROWS" >&2
    exit 2
fi
LC_ALL=C exec awk -v rows="$4" '
# The JSON text of a member, without decoding it. Members come in a fixed order, so the first match is the member.
function member(name,    at, rest)
{
    at = index($0, "\"" name "\":")
    if (!at)
        return ""
    rest = substr($0, at + length(name) + 3)
    if (substr(rest, 1, 1) == "\"") {
        match(rest, /^"([^"\\]|\\.)*"/)
        return substr(rest, 1, RLENGTH)
    }
    match(rest, /^[^,}]*/)
    return substr(rest, 1, RLENGTH)
}
function plain(text) { return substr(text, 2, length(text) - 2) }
function masked(number) { return substr(number, 1, 3) "***" substr(number, length(number) - 1) }
function differs(what)
{
    if (++differences <= 20)
        print "DIFFERENCE: " what
}
FNR == 1 { ++file }
file == 1 { # messages
    at = index($0, "\t")
    text_for[substr($0, 1, at - 1)] = substr($0, at + 1)
    next
}
file == 2 { # truth
    sid = plain(member("sid")); to = plain(member("to"))
    ++accepted_by_twilio
    taken[sid] = to
    if (++times[to] > 1)
        differs(masked(to) " got " times[to] " messages")
    if (!(to in text_for))
        differs(masked(to) " got a message and is not in the file")
    else if (member("body") != text_for[to])
        differs(masked(to) " got another text than the file says")
    next
}
{ # results
    fate = plain(member("fate")); to = plain(member("to")); row = member("row")
    if (row in seen)
        differs("row " row " is reported twice")
    seen[row] = 1
    ++count[fate]; ++reported
    if (fate == "accepted") {
        sid = plain(member("sid"))
        if (!(sid in taken))
            differs("row " row " is reported as accepted and is not in the truth")
        else if (taken[sid] != to)
            differs("row " row " is reported with the SID of a message to somebody else")
        explained[sid] = 1
    } else if (fate == "unknown") {
        is_unknown[to] = 1
    } else if (fate != "skipped" && to in times) {
        differs("row " row " is reported as " fate " and the message was accepted")
    }
    if (fate != "skipped")
        tried[to] = 1
}
END {
    for (sid in taken)
        if (!(sid in explained)) {
            if (taken[sid] in is_unknown)
                ++unknown_and_accepted
            else
                differs("a message to " masked(taken[sid]) " was accepted and is not reported")
        }
    for (to in text_for)
        if (!(to in tried))
            differs(masked(to) " is in the file and has no outcome")
    if (reported != rows)
        differs(rows " rows in the file, " reported + 0 " in the results")
    if (differences) {
        print "report and truth differ: " differences " differences"
        exit 1
    }
    printf "report and truth agree: %d rows, %d accepted, %d rejected, %d not sent, %d unknown (%d of them accepted),", \
        rows, count["accepted"], count["rejected"], count["not_sent"], count["unknown"], unknown_and_accepted
    printf " %d skipped; the simulator accepted %d; lost 0, duplicated 0, wrong text 0\n", count["skipped"], \
        accepted_by_twilio
}' "$3" "$2" "$1"
