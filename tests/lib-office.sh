# A made-up office for end-to-end tests; sourced. Everything below $T.
# shellcheck shell=bash

T=$(mktemp -d "${TMPDIR:-/tmp}/tiepnhan-e2e.XXXXXX") || exit 1
trap 'rm -rf "$T"' EXIT
trap 'exit 130' INT TERM
export TIEPNHAN_DATADIR="$BUILD/data"
samples=$SRC/tests/samples

n=0
ok() { # ok STATUS NAME
    n=$((n + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $n - $2"
    else
        echo "not ok $n - $2"
        [ -z "${3:-}" ] || sed 's/^/# /' "$3" | head -n 40
    fi
}

# shellcheck source=tests/lib-wait.sh
. "$SRC/tests/lib-wait.sh"

# new_office NAME [small]: 60 units or 17, an open campaign from the first letter, an
# empty maildir, mails of ours into another
new_office() {
    local o=$T/$1
    mkdir -p "$o/etc" "$o/state/campaigns" "$o/mail/new" "$o/mail/cur" \
        "$o/mail/tmp"
    if [ "${2:-}" = small ]; then
        grep -E "^(code|HDND|UBND|MTTQ|CD|CCB|DB-CA|CB-TYT|CB-HCC|CB-DVC|\
MN-HS|TH-NT|THCS-NT|TDP01|TDP05|TDP07|TDP08|TDP15)," \
            "$SRC/docs/examples/units.csv" > "$o/etc/units.csv"
    else
        cp "$SRC/docs/examples/units.csv" "$o/etc/"
    fi
    sed -e "s|^url = imaps:.*|url = maildir:$o/mail|" \
        -e "s|^url = smtps:.*|url = maildir:$o/outgoing|" \
        -e "s|^state = .*|state = $o/state|" \
        "$SRC/docs/examples/tiepnhan.conf" > "$o/etc/tiepnhan.conf"
    "$BUILD/tests/tool-campaign" "$o/etc/units.csv" \
        "$samples/letters/cong-van-dan-chu.docx" \
        "$o/state/campaigns/dan-chu" 12-CV/ĐU 2026-05-05 || {
        echo "Bail out! no campaign could be made from the letter"
        exit 1
    }
}

received() { # the date of the top Received field, in seconds
    awk 'BEGIN { got = 0 }
        /^[ \t]/ { if (got == 1) line = line $0; next }
        /^\r?$/ { exit }
        { if (got == 1) exit }
        tolower($0) ~ /^received:/ { got = 1; line = $0 }
        END { sub(/.*;/, "", line); gsub(/\r/, "", line); print line }' \
        "$1" | sed 's/(.*)//' | date -f - +%s
}
for mail in "$samples"/mail/*.eml; do
    printf '%s %s\n' "$(received "$mail")" "$mail"
done | sort -n > "$T/mails"

# deliver NAME [UNTIL]: sample mails received by then, into new/
deliver() {
    local until=${2:-2027-01-01} when mail name
    until=$(date -d "$until" +%s)
    while read -r when mail; do
        [ "$when" -le "$until" ] || continue
        name=$when.$(basename "$mail" .eml).test
        [ ! -e "$T/$1/mail/new/$name" ] || continue
        cp "$mail" "$T/$1/mail/tmp/$name"
        touch -d "@$when" "$T/$1/mail/tmp/$name"
        mv "$T/$1/mail/tmp/$name" "$T/$1/mail/new/"
    done < "$T/mails"
}

# round NAME NOW: one round of the daemon
round() {
    "$BUILD/tiepnhand" -c "$T/$1/etc/tiepnhan.conf" --once --now "$2" \
        2>> "$T/$1/log"
}
# ledger NAME NOW: everything the state holds, as JSON
ledger() {
    "$BUILD/tests/tool-ledger" "$T/$1/etc/tiepnhan.conf" "$2"
}

# ---- plans over days

# walk NAME YEAR TIME…: a round at each "MM-DDTHH:MM". One that sent something
# is run twice (all of them where $LONG is set): the second never adds anything
walk() {
    local name=$1 year=$2 at before
    shift 2
    for at in "$@"; do
        before=$(ls "$T/$name/outgoing/new" 2> /dev/null | wc -l)
        round "$name" "$year-$at:00+07:00"
        [ -z "${LONG:-}" ] &&
            [ "$before" = "$(ls "$T/$name/outgoing/new" 2> /dev/null | wc -l)" ] ||
            round "$name" "$year-$at:00+07:00"
    done
}
# said NAME: our unasked mails and those to the clerk, one line for each
# step and hour: "first 08/05 08:00 50"; the number of mails behind it
said() {
    ledger "$1" 2027-01-01T00:00:00+07:00 | python3 -c '
import collections, datetime, json, sys
tz = datetime.timezone(datetime.timedelta(hours=7))
kinds = ("reminder", "supplement", "unreadable", "call-list", "escalation",
         "summary", "preview")
c = collections.Counter()
for o in json.load(sys.stdin)["outgoing"]:
    if o["kind"] in kinds and o["state"] != "withdrawn":
        at = datetime.datetime.fromtimestamp(o["created"], tz)
        c[(at, o["step"] or o["kind"])] += 1
for (at, step), n in sorted(c.items()):
    print(step, at.strftime("%d/%m %H:%M"), n)'
}
# steps NAME: without the daily mails and the numbers
steps() {
    said "$1" | sed -n '/^summary\|^preview/!s/ [0-9]*$//p'
}
# edit NAME KEY VALUE: a line of the first campaign's campaign.conf
edit() {
    sed -i "s|^$2 = .*|$2 = $3|" "$T/$1/state/campaigns/dan-chu/campaign.conf"
}
# command_at NAME TIME VERB ARGUMENT…: the command, at that time
command_at() {
    local name=$1 now=$2
    shift 2
    "$BUILD/tiepnhan" -c "$T/$name/etc/tiepnhan.conf" "$@" --now "$now" \
        >> "$T/$name/log" 2>&1
}
# same NAME EXPECTED ACTUAL: two files are equal
same() {
    diff "$2" "$3" > "$T/why"
    ok $? "$1" "$T/why"
}
