#!/usr/bin/env bash
# Prism compares what the SDK sends with Twilio's own description of its API.
#   test/clients/prism.sh NODE_DIRECTORY TOOL SEND_EVERYTHING DESCRIPTION
# NODE_DIRECTORY has node_modules with Node and Prism. Ends with `N passed, N failed`. Exit code: 0 all passed, 1 not.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
modules=$1/node_modules tool=$2 send_everything=$3 description=$4
if [[ ! -f $description ]]; then
    echo "skipped: there is no description of Twilio's API at $description"
    echo "0 passed, 0 failed"
    exit 0
fi
node=("$modules"/node-linux-*/bin/node)
out=$(mktemp -d)
processes=()
finish() {
    if ((${#processes[@]})); then
        kill "${processes[@]}" 2>/dev/null || true
        wait "${processes[@]}" 2>/dev/null || true
    fi
    rm -rf "$out"
}
trap finish EXIT

start() { # start LOG COMMAND...: runs it until this ends, sets url to where it listens
    local log=$1 i
    shift
    : >"$log"
    "$@" </dev/null >"$log" 2>&1 &
    processes+=($!)
    url=
    for ((i = 0; i < 600; ++i)); do
        url=$(sed -n 's/.*listening on \(http:[^ ]*\).*/\1/p' "$log")
        [[ -z $url ]] || return 0
        kill -0 "${processes[-1]}" 2>/dev/null || break
        sleep 0.05
    done
    cat "$log" >&2
    echo "$1 did not start" >&2
    return 1
}
"${node[0]}" "$here/readable_description.mjs" "$description" "$out/description.json"
start "$out/prism.log" "${node[0]}" "$modules/@stoplight/prism-cli/dist/index.js" mock --errors --host 127.0.0.1 \
    --port 0 "$out/description.json"
prism=$url
start_names() { # with nothing sent yet
    start "$out/names.log" "${node[0]}" "$here/parameter_names.mjs" "$out/description.json" "$prism"
}

for name in "${!TWILIO_@}"; do unset "$name"; done
export TWILIO_ACCOUNT_SID=AC0123456789abcdef0123456789abcdef TWILIO_AUTH_TOKEN=0123456789abcdef0123456789abcdef
passed=0 failed=0
pass() { ((passed += 1)); }
fail() {
    ((failed += 1))
    echo "FAILED: $1"
}

# First of all: what is wrong is refused.
messages=/2010-04-01/Accounts/$TWILIO_ACCOUNT_SID/Messages
valid=(--data-urlencode To=+14155552345 --data-urlencode From=+15005550006 --data Body=hi)
ask() { # ask TARGET CURL_ARGUMENT...: prints status and body
    local target=$1
    shift
    curl --silent --show-error --noproxy '*' --user "$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN" \
        --write-out '\n%{http_code}' "$@" "$url$target" | tac
}
refused() { # refused STATUS WORDS TARGET CURL_ARGUMENT...
    local status=$1 words=$2 reply
    shift 2
    reply=$(ask "$@")
    if [[ $reply == "$status"*"$words"* ]]; then pass; else fail "not refused for '$words': $* -> $reply"; fi
}
accepted() { # accepted STATUS TARGET CURL_ARGUMENT...
    local status=$1 reply
    shift
    reply=$(ask "$@")
    if [[ $reply == "$status"* ]]; then pass; else fail "not accepted: $* -> $reply"; fi
}
start_names
accepted 201 "$messages.json" "${valid[@]}"
refused 422 "required property 'To'" "$messages.json" "${valid[@]:2}"
refused 422 "the parameter MediaUrls" "$messages.json" "${valid[@]}" --data MediaUrls=a.png
refused 422 "the parameter DateSentAfter" "$messages.json?DateSentAfter=2026-01-02"
refused 422 "MediaUrl.0 must match" "$messages.json" "${valid[@]}" --data-urlencode MediaUrl=a.png
refused 422 "ValidityPeriod must be integer" "$messages.json" "${valid[@]}" --data ValidityPeriod=10s
refused 422 "SendAt must match format" "$messages.json" "${valid[@]}" --data SendAt=tomorrow
refused 422 "RiskCheck must be equal to" "$messages.json" "${valid[@]}" --data RiskCheck=off
refused 422 "MessagingServiceSid" "$messages.json" "${valid[@]}" --data MessagingServiceSid=MG1
refused 422 "accountsid must match pattern" "${messages/AC01/AC0}.json" "${valid[@]}"
refused 422 "datesent must match" "$messages.json?DateSent=yesterday"
refused 422 "pagesize must be integer" "$messages.json?PageSize=many"
refused 422 "Status must be equal to" "$messages/SM0123456789abcdef0123456789abcdef.json" --data Status=cancelled
refused 401 "UNAUTHORIZED" "$messages.json" "${valid[@]}" --header Authorization:
refused 404 "NO_PATH_MATCHED" "${messages/Messages/messages}.json" "${valid[@]}"

refusals_before=$(wc -c <"$out/prism.log") # bytes
start_names
export TWILIO_BASE_URL=$url

# The tool, by its flags.
once=(--max-retries 0 --when-unknown report --to +14155552345) # the recipient of the description's example
send() { # send NAME FLAG...
    local name=$1 said
    shift
    if said=$("$tool" send "${once[@]}" "$@" 2>&1); then pass; else fail "$name: $said"; fi
}
send "tool: text" --from +15005550006 --text 'Ваш заказ отправлен, 你的订单已发货 👍🏽'
send "tool: one media" --from +15005550006 --media 'https://example.com/a.png?b=c&d=e'
send "tool: two media" --from +15005550006 --text look --media https://example.com/a.png \
    --media https://example.com/b.png
send "tool: messaging service" --messaging-service-sid MG0123456789abcdef0123456789abcdef --text hi
# A refusal must come through to this script: what Prism says to a wrong path.
if said=$("$tool" send "${once[@]}" --from +15005550006 --text hi --base-url "$url/elsewhere" 2>&1); then
    fail "tool: a wrong path was accepted: $said"
else
    pass
fi

# The SDK, by every field of a message.
everything=$("$send_everything" 2>&1) || true
if [[ $everything =~ ([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]; then
    ((passed += BASH_REMATCH[1], failed += BASH_REMATCH[2])) || true
    sed '$d' <<<"$everything"
else
    fail "send_everything: $everything"
fi

# What it refused to the SDK.
# Nothing is left out but what the SDK does not offer: what is obsolete or undocumented, pages by number, media by date.
# A page's token is in the address of the next page, which Prism's list does not come to.
never_sent="get /Messages/{MessageSid}/Media.json DateCreated
get /Messages/{MessageSid}/Media.json DateCreated<
get /Messages/{MessageSid}/Media.json DateCreated>
get /Messages/{MessageSid}/Media.json Page
get /Messages/{MessageSid}/Media.json PageToken
get /Messages.json Page
get /Messages.json PageToken
post /Messages.json MaxPrice
post /Messages.json TrafficType"
unsent=$(curl --silent --show-error --fail --noproxy '*' "$url/__unsent")
if [[ $unsent == "$never_sent" ]]; then pass; else fail "never sent: $unsent"; fi

((failed == 0)) || grep 'VALIDATOR.*error' <(tail -c "+$refusals_before" "$out/prism.log") || true
echo "$passed passed, $failed failed"
((failed == 0))
