#!/usr/bin/env bash
# docs/observability.md names every event of the log with its fields, in their order.
#   test/readme/log_fields.sh ROOT
set -euo pipefail
root=$1
# A line for each event: its name and its fields; trace_id, which the page names once, is left out.
of_source() {
    awk '/void on_/ { within = 1 }
        within && match($0, /log_field const [a-z]+\{"[a-z_]+"/) { split($3, part, "{"); shared[part[1]] = part[1]; next }
        within && /write\(/ { if (event) print event; event = "" }
        within {
            line = $0
            while (match(line, /"[^"]*"|\{open|, open|, waiting/)) {
                word = substr(line, RSTART, RLENGTH); before = substr(line, 1, RSTART - 1)
                line = substr(line, RSTART + RLENGTH)
                sub(/^[{,] ?/, "", word)
                if (word in shared) event = event " " word
                else if (word ~ /^"/ && event == "") event = substr(word, 2, length(word) - 2)
                else if (word ~ /^"/ && before ~ /(\{|number\()$/ && word != "\"trace_id\"")
                    event = event " " substr(word, 2, length(word) - 2)
            }
        }
        /^private:/ { if (event) print event; exit }' "$root/src/client/log.cpp" | sort
}
of_page() {
    sed -n '/^| event | fields |/,/^$/s/^| `//p' "$root/docs/observability.md" | sed 's/([^)]*)//g; s/[^a-z_ ]/ /g; s/  */ /g; s/ $//' |
        sort
}
(($(of_source | wc -l) >= 10)) || { echo "cannot read the events from the sources" >&2; exit 1; }
diff <(of_source) <(of_page) || { echo "docs/observability.md (>) differs from src/client/log.cpp (<)" >&2; exit 1; }
