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

python3 - "$T/ledger" "$samples/mail" > "$T/verdicts" << 'EOF'
import glob, hashlib, json, os, sys

ledger = json.load(open(sys.argv[1]))
mails = {m["sha256"]: m for m in ledger["mails"]}
sha = lambda path: hashlib.sha256(open(path, "rb").read()).hexdigest()

def wrong(folder, name):
    expect = json.load(open(f"{folder}/{name}.expect.json"))
    got = mails.get(sha(f"{folder}/{name}.eml"))
    if got is None or "kind" not in got:
        return "not filed"
    bad = []
    def check(what, want, have):
        if want != have:
            bad.append(f"{what}: {have!r}, expected {want!r}")
    check("kind", expect["kind"], got["kind"])
    check("counted", expect["counted"], got["counted"])
    check("needs_clerk", expect["needs_clerk"], got["needs_clerk"])
    check("basis", expect["unit_basis"], got["basis"])
    units = expect.get("units") or \
        ([expect["unit"]] if expect["unit"] else [])
    if expect["needs_clerk"] and not expect["counted"]:
        check("units", [], got["units"])
        for g in got["guesses"]:
            if g not in units + expect.get("guesses", []):
                bad.append(f"guess {g} is not to be made")
        for u in units:
            if u not in got["guesses"]:
                bad.append(f"guess {u} is missing")
    else:
        check("units", units, got["units"])
    other = expect.get("duplicate_of")
    check("duplicate_of", sha(f"{folder}/{other}") if other else "",
          got["duplicate_of"])
    want = []
    for a in expect["attachments"]:
        want.append((a["name"], "", a["format"], a["role"], a.get("unit")))
        want += [(c["name"], a["name"], c["format"], c["role"], None)
                 for c in a.get("contains", [])]
    have = [(a["name"], a["in"], a["format"], a["role"], a["unit"])
            for a in got["attachments"]]
    check("attachments", [w[:4] for w in want], [h[:4] for h in have])
    for w, h in zip(want, have):
        if w[4]:
            check("unit of " + w[0], w[4], h[4])
    return "; ".join(bad)

for path in sorted(glob.glob(sys.argv[2] + "/*.eml")):
    name = os.path.basename(path)[:-4]
    print(name, wrong(sys.argv[2], name), sep="\t")
EOF
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
