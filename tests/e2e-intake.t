#!/bin/bash
# Every sample mail, from the maildir into the ledger, as a person would
# have filed it; a second round changes nothing.
# shellcheck disable=SC1091
. "$SRC/tests/lib-unprivileged.sh"
set -u
. "$SRC/tests/lib-office.sh"

echo "1..$((10 + $(wc -l < "$T/mails")))"
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
new_office full small
deliver full 2026-05-12
round full 2026-05-12T08:00:00+07:00
deliver full
chmod 500 "$T/full/state/spool/tmp"
round full $now
end=$?
chmod 700 "$T/full/state/spool/tmp"
round full $now && [ $end -eq 75 ]
ok $? "a spool that cannot be written ends with 75, and goes on after" \
    "$T/full/log"

# ---- a flood of one sender, then a unit's report
new_office b
python3 - "$T/b/mail/new" "$samples/mail/m01-zimbra-web.eml" << 'EOF'
import os, shutil, sys
for i in range(200):
    path = "%s/%d.test" % (sys.argv[1], i)
    with open(path, "w") as f:
        f.write("From: Flood <FLOOD@x.example>\nSubject: %d\n\ntext %d\n" % (i, i))
    os.utime(path, (1778575000, 1778575000))
shutil.copyfile(sys.argv[2], sys.argv[1] + "/unit.test")
os.utime(sys.argv[1] + "/unit.test", (1778575323, 1778575323))
EOF
round b $now
python3 - "$T/b/state/tiepnhan.db" > "$T/why" << 'EOF'
import sqlite3, sys
db = sqlite3.connect("file:%s?mode=ro" % sys.argv[1], uri=True)
order = [r[0] for r in db.execute(
    "SELECT from_address FROM event JOIN mail USING (mail) WHERE verb = 'file'"
    " ORDER BY seq")]
print(order.index("cb.tdp05@thuynguyen.example") + 1, len(order))
EOF
read -r place all < "$T/why"
[ "$all" -eq 201 ] && [ "$place" -le 65 ]
ok $? "after 200 mails of one sender a unit's is filed as number $place" "$T/why"

# ---- an attachment of 50 MiB, of which no process has much in memory
new_office c small
python3 "$SRC/tests/bench/make_reports.py" big "$T/c/mail" 50
python3 - "$BUILD/tiepnhand" -c "$T/c/etc/tiepnhan.conf" --once --now $now \
    > "$T/peak" 2>> "$T/c/log" << 'EOF'
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:]).returncode
print(code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
EOF
read -r code kib < "$T/peak"
"$BUILD/tiepnhan" -c "$T/c/etc/tiepnhan.conf" list --json --now $now \
    > "$T/list"
[ "$code" -eq 0 ] && grep -q '"format": "docx"' "$T/list" &&
    [ -z "$(ls -A "$T/c/state/spool/tmp")" ]
ok $? "a report with a picture of 50 MiB is taken in" "$T/c/log"
if "$BUILD/tests/jail-attack" sanitized 2> /dev/null; then
    ok 0 "no process of that took 32 MiB # SKIP the sanitizer takes more"
else
    [ "$kib" -lt 32768 ]
    ok $? "no process of that took 32 MiB, the most was $kib KiB"
fi
