#!/usr/bin/env bash
# Writes a campaign file to standard output: people of many scripts, texts of both SMS encodings, quotes, commas and
# line breaks in fields; of every 200 rows one has no valid number and one repeats a number. Always the same.
#   examples/make-campaign.sh [ROWS]            CSV with phone, name and note; 10000 rows if nothing is said
#   examples/make-campaign.sh [ROWS] messages   what `Hi {{name}}, {{note}}` makes of it: number, tab, text as JSON
set -euo pipefail

rows=${1:-10000}
form=${2:-csv}
if ! [[ $rows =~ ^[1-9][0-9]{0,6}$ && $form =~ ^(csv|messages)$ ]]; then
    echo "usage: make-campaign.sh [ROWS (1 to 9999999)] [messages]" >&2
    exit 2
fi

LC_ALL=C exec awk -v rows="$rows" -v form="$form" '
function replace(value, old, new,    result, at)
{
    while (at = index(value, old)) {
        result = result substr(value, 1, at - 1) new
        value = substr(value, at + length(old))
    }
    return result value
}
function csv(value) { return value ~ /[",\n]/ ? "\"" replace(value, "\"", "\"\"") "\"" : value }
function json(value)
{
    value = replace(replace(value, "\\", "\\\\"), "\"", "\\\"")
    return "\"" replace(value, "\n", "\\n") "\""
}
BEGIN {
    names = split("Anna Smith|José Álvarez|Zoë Dvořák|O\047Brien, Pat|Robert \"Bob\" Lee|Γιώργος Νικολάου|" \
        "Ольга Иванова|أحمد علي|דנה כהן|प्रिया शर्मा|王小明|佐藤 花子|김민준|Nguyễn Thị Lan|Łukasz Żak|Sam 🎉", name, "|")
    notes = split("your order # has shipped|your table is booked, see you at 7 pm|your code is #. Do not share it|" \
        "line one\nline two: order #|\"#\" is your ticket, gate 4|Dein Paket # kommt heute, grüße|" \
        "50% off today: [#] {only} ~you~ \\ ^here^|price: 20 €, order #|ваш заказ # отправлен|" \
        "您的订单 # 已发货|ご注文 # を発送しました|order #: 📦 is on its way|" \
        "this is a longer note about order #, which goes on for more than one segment, so that Twilio splits it " \
        "and the phone joins it again; nobody needs to do anything about that, it simply costs two segments", note, "|")
    bad = split("n/a|+0123456789|555-0100|call me|+1555010000000000001|15550100000", invalid, "|")
    if (form == "csv")
        print "phone,name,note"
    for (i = 1; i <= rows; ++i) {
        number = sprintf("+1555%07d", i)
        person = name[i % names + 1]
        text = replace(note[int(i / names) % notes + 1], "#", i)
        usable = 1
        if (i % 200 == 77) {
            number = invalid[int(i / 200) % bad + 1]
            usable = 0
        } else if (i % 200 == 143) {
            number = sprintf("+1555%07d", i - 100)
            usable = 0
        }
        if (form == "csv")
            print csv(number) "," csv(person) "," csv(text)
        else if (usable)
            print number "\t" json("Hi " person ", " text)
    }
}'
