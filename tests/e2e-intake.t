#!/bin/bash
# Every sample mail, from the maildir into the ledger, as a person would
# have filed it; a second round changes nothing.
# shellcheck disable=SC1091
. "$SRC/tests/lib-unprivileged.sh"
set -u
. "$SRC/tests/lib-office.sh"

echo "1..$((6 + $(wc -l < "$T/mails")))"
now=2026-05-14T17:00:00+07:00
new_office a
deliver a
round a $now
ok $? "one round takes everything in" "$T/a/log"
ledger a $now > "$T/ledger"

python3 "$SRC/tests/expected_mails.py" "$T/ledger" "$samples" > "$T/verdicts"
while IFS=$'\t' read -r name why; do
    echo "$why" > "$T/why"
    [ -z "$why" ]
    ok $? "$name is filed as a person would" "$T/why"
done < "$T/verdicts"

python3 - "$T/ledger" > "$T/why" << 'EOF'
import json, sys
c = json.load(open(sys.argv[1]))["counts"]["dan-chu"]
by_unit = c.pop("by_unit")
want = dict(units=60, submitted=19, not_submitted=41, excused=0, on_time=19,
            late=0, complete=15, incomplete=1, unreadable=3, in_review=0,
            needs_clerk=9)
if c != want:
    sys.exit(f"{c} is not {want}")
if by_unit["DN-MM"]["missing"] != ["V"]:
    sys.exit(f"DN-MM misses {by_unit['DN-MM']['missing']}")
EOF
ok $? "the sums are those of the samples" "$T/why"

cp -r "$T/a/state/status" "$T/before"
cp "$T/ledger" "$T/ledger.before"
round a $now
ok $? "a second round ends well too" "$T/a/log"
ledger a $now > "$T/ledger"
cmp "$T/ledger" "$T/ledger.before" > "$T/why"
ok $? "it changes nothing in the ledger" "$T/why"
diff -r "$T/before" "$T/a/state/status" > "$T/why"
ok $? "nor in the status files" "$T/why"

mv "$T/a/mail" "$T/a/mail.gone"
round a 2026-05-14T17:05:00+07:00
[ $? -eq 69 ]
ok $? "a mailbox that cannot be read ends with 69" "$T/a/log"
