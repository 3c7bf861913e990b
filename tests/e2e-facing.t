#!/bin/bash
# Two offices whose mails all go to the other: each is the other's unit and
# the other's clerk. For thirty days nothing goes round in circles. $LONG: a
# round every two hours of each day; else the days of the plan and a few.
# shellcheck disable=SC1091
. "$SRC/tests/lib-unprivileged.sh"
set -u
. "$SRC/tests/lib-office.sh"

echo "1..4"
for o in a b; do
    new_office $o small
done
sed -i 's/^from = .*/from = Đảng ủy A <a@a.example>/; s/^clerk = .*/clerk = b@b.example/
    s/^name = .*/name = Đảng ủy A/' "$T/a/etc/tiepnhan.conf"
sed -i 's/^from = .*/from = Đảng ủy B <b@b.example>/; s/^clerk = .*/clerk = a@a.example/
    s/^name = .*/name = Đảng ủy B/' "$T/b/etc/tiepnhan.conf"
# the whole roster of each has the other's address
for o in a b; do
    other=$([ $o = a ] && echo b@b.example || echo a@a.example)
    python3 - "$T/$o/etc/units.csv" "$other" << 'PY'
import csv, sys
with open(sys.argv[1], encoding="utf-8-sig", newline="") as f:
    rows = list(csv.DictReader(f))
for i, r in enumerate(rows):
    if i % 3 == 0:
        r["emails"] = sys.argv[2]
with open(sys.argv[1], "w", encoding="utf-8", newline="") as f:
    w = csv.DictWriter(f, rows[0].keys())
    w.writeheader()
    w.writerows(rows)
PY
done
# carry FROM TO ADDRESS TIME: what FROM sent to ADDRESS lands in TO's mailbox;
# a gateway on the way takes the marks of automatic mail off every other one
carry() {
    python3 - "$T/$1/outgoing" "$T/$2/mail" "$3" "$4" << 'PY'
import os, re, sys, datetime
out, box, to, at = sys.argv[1:]
when = datetime.datetime.fromisoformat(at).timestamp()
for i, name in enumerate(sorted(os.listdir(out + "/new"))
                         if os.path.isdir(out + "/new") else []):
    with open(f"{out}/new/{name}", "rb") as f:
        raw = f.read()
    os.rename(f"{out}/new/{name}", f"{out}/cur/{name}")
    if f"To: {to}".encode() not in raw:
        continue
    if i % 2:
        raw = re.sub(rb"(?mi)^(Auto-Submitted|X-Auto-Response-Suppress):"
                     rb".*\r\n", b"", raw)
    path = f"{box}/tmp/{name}"
    with open(path, "wb") as f:
        f.write(raw)
    os.utime(path, (when, when))
    os.rename(path, f"{box}/new/{name}")
PY
}
bad=0
days="0 2 6 7 9 13 14 20 27"
hours="08:00 16:30"
if [ -n "${LONG:-}" ]; then
    days=$(seq 0 29)
    hours="07:30 08:00 08:30 10:00 12:00 14:00 16:30 20:00"
fi
for day in $days; do
    for hour in $hours; do
        now=$(date -u -d "2026-05-06 + $day days" +%F)T$hour:00+07:00
        for o in a b; do
            # both start with a report of a unit of theirs
            [ "$day$hour" != "608:00" ] ||
                cp "$samples/mail/m01-zimbra-web.eml" "$T/$o/mail/new/report"
            round $o "$now" || [ $? -eq 75 ] || bad=1
        done
        carry a b b@b.example "$now"
        carry b a a@a.example "$now"
    done
done
ok $bad "every round ends well" "$T/a/log"
for o in a b; do
    ledger $o "$now" > "$T/$o.json"
done
judge() {
    cat > "$T/judge.py"
    python3 "$T/judge.py" "$T/a.json" "$T/b.json" > "$T/why" 2>&1
    ok $? "$1" "$T/why"
}
judge "mails did pass, both ways" << 'PY'
import json, sys
for path in sys.argv[1:]:
    d = json.load(open(path))
    assert len(d["mails"]) > 5, len(d["mails"])
    assert len(d["outgoing"]) > 5, len(d["outgoing"])
PY
judge "nothing of the other's counts as a report, nothing is answered" << 'PY'
import json, sys
for path in sys.argv[1:]:
    d = json.load(open(path))
    other = "b@b.example" if "a.json" in path else "a@a.example"
    bad = [m for m in d["mails"] if other in m["from"] and m["counted"]]
    assert not bad, bad
    for o in d["outgoing"]:
        assert not (o["kind"] == "receipt" and o["to"] == other), o
PY
judge "there is no more mail at the end than at the start" << 'PY'
import collections, datetime, json, sys
for path in sys.argv[1:]:
    d = json.load(open(path))
    c = collections.Counter(
        datetime.date.fromtimestamp(o["created"] + 25200)
        for o in d["outgoing"])
    days = sorted(c)
    assert max(c.values()) <= 20, c
    # after the plan is over: a summary, and what waits, told once
    late = [n for day, n in c.items() if day > datetime.date(2026, 5, 22)]
    assert max(late, default=0) <= 3, c
PY
