#!/bin/bash
# Real mails from public projects through the whole daemon: each is filed,
# bounces and automatic answers as such, and none is left waiting.
# shellcheck disable=SC1091
. "$SRC/tests/lib-unprivileged.sh"
set -u
corpus=${CORPUS:-$SRC/../shared/corpus}
if [ ! -r "$corpus/mail/MANIFEST.tsv" ]; then
    echo "1..0 # SKIP no corpus of real mails here"
    exit 0
fi
. "$SRC/tests/lib-office.sh"

echo "1..4"
now=2026-05-12T08:00:00+07:00
new_office a
python3 - "$corpus/mail" "$T/a/mail/new" << 'EOF'
import csv, os, shutil, sys
with open(sys.argv[1] + "/MANIFEST.tsv", encoding="utf-8") as f:
    rows = list(csv.DictReader(f, delimiter="\t"))
for i, row in enumerate(rows):
    to = "%s/%d.test" % (sys.argv[2], i)
    shutil.copyfile(os.path.join(sys.argv[1], row["file"]), to)
    os.utime(to, (1778500000 + i, 1778500000 + i))
EOF
round a $now
ok $? "one round takes every mail in" "$T/a/log"
ledger a $now > "$T/ledger"
python3 - "$corpus/mail" "$T/ledger" > "$T/figures" << 'EOF'
import collections, csv, hashlib, json, sys
with open(sys.argv[1] + "/MANIFEST.tsv", encoding="utf-8") as f:
    rows = list(csv.DictReader(f, delimiter="\t"))
mails = {m["sha256"]: m for m in json.load(open(sys.argv[2]))["mails"]}
kinds, waiting, bounces, answers, counted = collections.Counter(), [], [], [], []
for row in rows:
    with open(sys.argv[1] + "/" + row["file"], "rb") as f:
        m = mails.get(hashlib.sha256(f.read()).hexdigest())
    if m is None or "kind" not in m or m["state"] not in ("filed", "held"):
        waiting.append(row["file"])
        continue
    what = list(row.values())[-1].split(",")
    kinds[m["kind"]] += 1
    if m["counted"]:
        counted.append(row["file"])
    # a list's refusal, complaints and providers' digests are no reports
    if set(what) & {"bounce-dsn", "bounce-hard", "bounce-CRLF", "bounce-CR-lineends"} \
            and m["kind"] != "bounce" and "feedback" not in row["file"] \
            and not any(p in row["file"] for p in ("-fml-", "__aol", "__yahoo", "arf")):
        bounces.append(row["file"])
    if "auto-reply" in what and m["kind"] != "auto-reply":
        answers.append(row["file"])
print("kinds\t%d mails: %s" % (sum(kinds.values()), ", ".join(
    "%d %s" % (n, k) for k, n in kinds.most_common())))
for name in ("waiting", "bounces", "answers", "counted"):
    print(name, " ".join(globals()[name]), sep="\t")
EOF
line() { sed -n "s/^$1\t//p" "$T/figures" | tr ' ' '\n' > "$T/why"; }
line kinds
[ -s "$T/why" ] && line waiting && ! grep -q . "$T/why"
ok $? "each ends in a verdict ($(sed -n 's/^kinds\t//p' "$T/figures"))" "$T/why"
line bounces && ! grep -q . "$T/why" && line answers && ! grep -q . "$T/why"
ok $? "bounces and automatic answers are filed as such" "$T/figures"
line counted && ! grep -q . "$T/why"
ok $? "none counts as a report" "$T/why"
