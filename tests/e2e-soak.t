#!/bin/bash
# kill -9 at random moments of the intake from a real Dovecot (TLS): no mail
# is lost, none is there twice, and the ledger is that of an office that was
# never disturbed. Then the server counts its mails anew.
# KILLS and MAILS make it longer (make soak).
# shellcheck disable=SC1091,SC2012
. "$SRC/tests/lib-unprivileged.sh"
set -u
if ! command -v dovecot > /dev/null; then
    echo "1..0 # SKIP no dovecot"
    exit 0
fi
. "$SRC/tests/lib-net.sh"
NET=$T
. "$SRC/tests/lib-office.sh"
OFFICE=$T
n=0
trap 'T=$NET; cleanup; rm -rf "$OFFICE"' EXIT

echo "1..9"
now=2026-05-07T10:00:00+07:00
kills=${KILLS:-30}
mails=${MAILS:-150}
T=$NET
make_ca
cert good localhost 10
dovecot_start box good
T=$OFFICE
box=$NET/box/mail
mkdir "$T/pool"
python3 "$SRC/tests/soak_mails.py" "$samples" "$SRC/docs/examples/units.csv" \
    "$mails" "$T/pool"
for o in hunted calm; do
    new_office $o
    printf 'secret\n' > "$T/$o/etc/password"
    sed -i -e "s|^url = maildir:$T/$o/mail|url = imaps://localhost:$port|" \
        -e "0,/^user = /s|^user = .*|user = reader\npassword_file = password|" \
        -e "0,/^ca_file =/s|^ca_file =.*|ca_file = $NET/ca.pem|" \
        -e 's|^folders = .*|folders = INBOX|' "$T/$o/etc/tiepnhan.conf"
done

python3 "$SRC/tests/soak_kill.py" "$BUILD/tiepnhand" \
    "$T/hunted/etc/tiepnhan.conf" $now "$T/pool" "$box/new" "$kills" \
    "${SEED:-20260505}" > "$T/figures"
ok $? "the office lives through $kills kills" "$T/figures"
sed 's/^/# /' "$T/figures"
sleep 1 # workers of the dead see the end of their pipes and leave
round hunted $now
ok $? "then a round ends well" "$T/hunted/log"
round calm $now
ok $? "and so does one that nobody disturbs" "$T/calm/log"

count() { # count NAME: rows of mails, and of the mailbox's mails without one
    python3 - "$T/$1/state" "$box" << 'EOF'
import hashlib, os, re, sqlite3, sys
db = sqlite3.connect("file:%s/tiepnhan.db?mode=ro" % sys.argv[1], uri=True)
rows = [r[0] for r in db.execute("SELECT sha256 FROM mail")]
spool = [n[:64] for n in os.listdir(sys.argv[1] + "/spool") if n.endswith(".eml")]
lost = doubled = 0
for folder in ("new", "cur"):
    for name in os.listdir(os.path.join(sys.argv[2], folder)):
        with open(os.path.join(sys.argv[2], folder, name), "rb") as f:
            sha = hashlib.sha256(f.read()).hexdigest()
        lost += rows.count(sha) == 0 or spool.count(sha) == 0
        doubled += rows.count(sha) > 1
doubled += len(rows) - len(set(rows)) + len(set(spool) ^ set(rows))
left = len(os.listdir(sys.argv[1] + "/spool/tmp")) + \
    len(os.listdir(sys.argv[1] + "/spool/incoming"))
print("%d mails in the ledger, %d lost, %d doubled, %d files left over"
      % (len(rows), lost, doubled, left))
EOF
}
want="$mails mails in the ledger, 0 lost, 0 doubled, 0 files left over"
count hunted > "$T/why"
grep -q "^$want$" "$T/why"
ok $? "$kills kills over $mails mails: $(cat "$T/why")"

# What is decided on each mail, what is told of it and answered to it. What
# the clerk is told at the end of a round depends on the rounds, and whose
# turn it is among senders on how much of each waits.
decided() {
    ledger "$1" $now | python3 -c 'import json, sys
d = json.load(sys.stdin)
d["outgoing"] = sorted((o for o in d["outgoing"] if o["kind"] == "receipt"),
                       key=lambda o: (o["to"], o["units"]))
del d["steps"]
json.dump(d, sys.stdout, indent=1, ensure_ascii=False)'
}
# lines NAME: of each unit or sender, in the order they were written
lines() {
    python3 - "$T/$1/state/status/status.log" << 'EOF'
import re, sys
lines = [l for l in open(sys.argv[1], encoding="utf-8") if " · #" in l]
print(*sorted(lines, key=lambda l: re.split(" +", l[32:], 1)[1].split(" ·")[0]),
      sep="", end="")
EOF
}
for o in calm hunted; do
    decided $o > "$T/$o.json"
done
[ -s "$T/calm.json" ] && diff "$T/calm.json" "$T/hunted.json" > "$T/why"
ok $? "the ledger is the same, line by line" "$T/why"
for o in calm hunted; do
    lines $o > "$T/$o.lines"
done
[ -s "$T/calm.lines" ] && diff "$T/calm.lines" "$T/hunted.lines" > "$T/why"
ok $? "status.log tells each mail once, a sender's in the order of receipt" "$T/why"
for o in calm hunted; do
    "$BUILD/tiepnhan" -c "$T/$o/etc/tiepnhan.conf" verify > "$T/$o.verify" 2>&1
    rc=$?
    [ $rc -eq 0 ] || break
done
ok "$rc" "verify finds nothing amiss" "$T/$o.verify"

# ---- another UIDVALIDITY, every UID another
rm -f "$box"/dovecot-uidlist "$box"/dovecot.index*
round hunted $now && grep -q UIDVALIDITY "$T/hunted/log"
ok $? "a change of UIDVALIDITY is noticed" "$T/hunted/log"
decided hunted > "$T/again.json"
cmp "$T/again.json" "$T/hunted.json" > "$T/why" && count hunted > "$T/why" &&
    grep -q "^$want$" "$T/why"
ok $? "read again under other UIDs: $(cat "$T/why")"
