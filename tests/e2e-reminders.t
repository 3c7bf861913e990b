#!/bin/bash
# The reminder plan of the sample letter, 4 to 25 May 2026, every day, each
# round twice: who is written to on which day, and who never is.
# shellcheck disable=SC1091
. "$SRC/tests/lib-unprivileged.sh"
set -u
. "$SRC/tests/lib-office.sh"

echo "1..13"
new_office a
bad=0
for day in $(seq -w 4 25); do
    for hour in 08:00 08:30 14:00 16:30; do
        now=2026-05-${day}T$hour:00+07:00
        deliver a "$now"
        round a "$now" || bad=1
        round a "$now" || bad=1
    done
done
ok $bad "every round ends well" "$T/a/log"
ledger a 2026-05-25T16:30:00+07:00 > "$T/ledger"

judge() { # judge NAME < PYTHON: sees the mails of ours as `out`
    {
        cat << 'EOF'
import collections, datetime, json, sys
tz = datetime.timezone(datetime.timedelta(hours=7))
ledger = json.load(open(sys.argv[1]))
out = ledger["outgoing"]
for o in out:
    o["at"] = datetime.datetime.fromtimestamp(o["created"], tz)
    o["day"] = o["at"].strftime("%d/%m %H:%M")
asked = [o for o in out if o["kind"] == "reminder"]
unasked = [o for o in out if o["kind"] in
           ("reminder", "supplement", "unreadable")]
def days(kind, step=None):
    return sorted({o["day"] for o in out if o["kind"] == kind and
                   (step is None or o["step"] == step)})
def expect(have, want):
    if have != want:
        sys.exit(f"{have} is not {want}")
EOF
        cat
    } > "$T/judge.py"
    python3 "$T/judge.py" "$T/ledger" > "$T/why" 2>&1
    ok $? "$1" "$T/why"
}
judge "each step runs on its day and hour, and only then" << 'EOF'
expect(days("reminder", "first"), ["08/05 08:00"])
expect(days("reminder", "last"), ["12/05 08:00"])
expect(days("reminder", "overdue-1"), ["15/05 08:30"])
expect(days("reminder", "overdue-2"), ["19/05 08:30"])
expect(len(asked), sum(1 for o in asked if o["step"] in
       ("first", "last", "overdue-1", "overdue-2")))
EOF
judge "the clerk has the call list, then the end of the plan" << 'EOF'
expect(days("call-list"), ["13/05 14:00"])
expect(days("escalation"), ["20/05 08:30"])
EOF
judge "the clerk has a summary on working days, where there is something to tell" << 'EOF'
expect(days("summary"), [f"{d:02}/05 16:30" for d in
       (4, 6, 7, 8, 11, 12, 13, 14, 15, 18, 19, 20, 21, 22, 25)])
EOF
judge "everything was sent" << 'EOF'
expect({o["state"] for o in out}, {"sent"})
EOF
judge "no unit has two mails that it did not ask for on a day" << 'EOF'
c = collections.Counter((u, o["day"][:5]) for o in unasked
                        for u in o["units"])
expect([k for k, v in c.items() if v > 1], [])
c = collections.Counter((o["to"], o["day"][:5]) for o in unasked)
expect([k for k, v in c.items() if v > 1], [])
EOF
judge "units that share a mailbox get one mail that names them all" << 'EOF'
expect([o["units"] for o in asked if o["to"] == "tdp.liencum@hopthu.example"
        and o["step"] == "first"], [["TDP07", "TDP08"]])
EOF
judge "leaders' offices and a unit without address are never written to" << 'EOF'
named = {u for o in unasked for u in o["units"]}
expect(named & {"HDND", "UBND", "TDP15"}, set())
EOF
judge "who has handed in is reminded no more" << 'EOF'
def units(step):
    return {u for o in asked if o["step"] == step for u in o["units"]}
expect("CB-HCC" in units("first"), True) # its report came that afternoon
expect(units("last") & {"CB-HCC", "CB-QS", "TDP09", "DTN", "MN-HS",
       "THCS-NT", "DB-CA", "QTD"}, set())
expect(units("overdue-1") & {"DN-MM", "TDP12", "HTX-NN", "MTTQ"}, set())
EOF
judge "a mail in doubt holds the unit it may be from" << 'EOF'
def units(step):
    return {u for o in asked if o["step"] == step for u in o["units"]}
expect("TDP17" in units("last"), True)
expect(units("overdue-1") & {"TDP17", "TDP03", "MN-SM"}, set())
expect({s["outcome"] for s in ledger["steps"] if s["unit"] == "TDP17" and
        s["step"] == "overdue-1"}, {"lapsed"})
EOF
judge "who sent what cannot be read is asked once for a Word file" << 'EOF'
expect(sorted(u for o in out if o["kind"] == "unreadable"
              for u in o["units"]), ["DN-TL", "QTD", "TDP09"])
EOF
cp "$T/ledger" "$T/before"
round a 2026-05-25T16:30:00+07:00
ledger a 2026-05-25T16:30:00+07:00 > "$T/ledger"
cmp "$T/before" "$T/ledger" > "$T/why"
ok $? "the last round once more sends nothing" "$T/why"
cat > "$T/draft.py" << 'EOF'
import email, email.policy, glob, io, json, sys, zipfile
import xml.etree.ElementTree as ET
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
owing = [u["name"] for u in json.load(open(sys.argv[2]))["units"]
         if not u["submitted"] and not u["excused"]]
found = 0
for path in glob.glob(sys.argv[1] + "/*"):
    mail = email.message_from_binary_file(open(path, "rb"),
                                          policy=email.policy.default)
    if "Hết các bước nhắc" not in mail["Subject"]:
        continue
    found += 1
    text = mail.get_body().get_content()
    for part in mail.iter_attachments():
        name = part.get_filename()
        if "\n- " + name not in text:
            print("the text does not name", name)
        z = zipfile.ZipFile(io.BytesIO(part.get_content()))
        body = ET.fromstring(z.read("word/document.xml"))
        rows = [["".join(t.text or "" for t in c.iter(W + "t"))
                 for c in r.iter(W + "tc")] for r in body.iter(W + "tr")]
        have = [r[1] for r in rows if len(r) == 4 and r[0].isdigit()]
        if have != owing:
            print(have, "are not", owing)
    if len(list(mail.iter_attachments())) != 1:
        print("no draft")
if found != 1:
    print(found, "mails at the end of the plan")
EOF
"$BUILD/tiepnhan" -c "$T/a/etc/tiepnhan.conf" status --json \
    --now 2026-05-20T08:30:00+07:00 > "$T/status" &&
    python3 "$T/draft.py" "$T/a/outgoing/new" "$T/status" > "$T/why" 2>&1 &&
    [ ! -s "$T/why" ]
ok $? "the end of the plan brings the draft letter with who owes" "$T/why"
