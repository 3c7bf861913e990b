#!/bin/bash
# The daemon and odd mailboxes: a server that writes every mail anew and
# counts from the start, one that wants a token, and the order in which the
# disk and then the server hear of a mail.
# shellcheck disable=SC1091,SC2012
. "$SRC/tests/lib-unprivileged.sh"
set -u
. "$SRC/tests/lib-net.sh"
NET=$T
. "$SRC/tests/lib-office.sh"
OFFICE=$T
n=0
trap 'T=$NET; cleanup; rm -rf "$OFFICE"' EXIT

echo "1..19"
now=2026-05-15T08:00:00+07:00

serve() { # serve FAULT FOLDER: the fake server on $port
    port=$(free_port)
    (cd "$NET" && exec python3 "$SRC/tests/imap-fake.py" "$port" "$1" "$2") \
        > "$NET/fake.log" 2>&1 &
    pids="$pids $!"
    wait_for_port "$port"
}
mailbox() { # mailbox OFFICE [LINE…]: read it from the server on $port
    local conf=$T/$1/etc/tiepnhan.conf line=
    [ $# -lt 2 ] || line=$(printf '\\n%s' "${@:2}")
    sed -i -e "0,/^url = /s|^url = .*|url = imap://127.0.0.1:$port$line|" \
        -e 's|^folders = .*|folders = INBOX|' "$conf"
}

# ---- one mailbox, then the same one after a move to another server
new_office moved
deliver moved
serve none "$T/moved/mail/new"
printf 'secret\n' > "$T/moved/etc/password"
mailbox moved 'password_file = password'
round moved $now
ok $? "the mailbox before the move" "$T/moved/log"
ledger moved $now > "$T/before"
cp "$T/moved/state/status/status.log" "$T/log.before"
account=imap://127.0.0.1:$port
kill "${pids##* }"
wait 2> /dev/null
# the same address, so that it is the same account
(cd "$NET" && exec python3 "$SRC/tests/imap-fake.py" "$port" rendered \
    "$T/moved/mail/new") > "$NET/fake.log" 2>&1 &
pids="$pids $!"
wait_for_port "$port"
round moved $now && grep -q "$account.*UIDVALIDITY 7 is now 8" "$T/moved/log"
ok $? "another UIDVALIDITY, every mail in other bytes" "$T/moved/log"
ledger moved $now > "$T/after"
python3 - "$T/before" "$T/after" > "$T/why" << 'EOF'
import json, sys
before, after = (json.load(open(p)) for p in sys.argv[1:])
known = {m["sha256"] for m in before["mails"]}
copies = [m for m in after["mails"] if m["sha256"] not in known]
old = [m for m in after["mails"] if m["sha256"] in known]
wrong = [m["subject"] for m in copies if m["duplicate_of"] not in known or
         m["counted"] or m["needs_clerk"]]
if wrong or old != before["mails"] or len(copies) != len(old):
    sys.exit("%d mails, %d copies; taken for new: %s"
             % (len(old), len(copies), wrong))
if after["counts"] != before["counts"]:
    sys.exit("other sums")
if after["outgoing"] != before["outgoing"]:
    sys.exit("somebody was written to again")
print("%d mails, %d copies" % (len(old), len(copies)))
EOF
ok $? "each is known again by Message-ID, time and content: $(cat "$T/why")" \
    "$T/why"
cmp "$T/log.before" "$T/moved/state/status/status.log" > "$T/why" 2>&1
ok $? "status.log tells none of them again" "$T/why"
kill "${pids##* }"

# ---- a token from a command
new_office token
serve xoauth2 2
mailbox token 'token_command = cat token'
printf 'good-token\n' > "$T/token/etc/token"
(cd "$T/token/etc" && round token $now) && ledger token $now > "$T/why" &&
    [ "$(grep -c '"sha256"' "$T/why")" -eq 2 ]
ok $? "token_command logs in by XOAUTH2" "$T/token/log"
printf 'old-token\n' > "$T/token/etc/token"
(cd "$T/token/etc" && round token $now)
[ $? -eq 69 ] && grep -q 'refused user' "$T/token/log" &&
    ! grep -q -- '-token' "$T/token/log"
ok $? "an expired one is told, the token itself is not" "$T/token/log"
kill "${pids##* }"

# ---- the server ends a connection that waits in IDLE
new_office idle
serve idle-cut 3
printf 'secret\n' > "$T/idle/etc/password"
mailbox idle 'password_file = password'
"$BUILD/tiepnhand" -d -c "$T/idle/etc/tiepnhan.conf" 2> "$T/idle/log" &
daemon=$!
for _ in $(seq 100); do
    grep -q IDLE "$NET/$port.commands" 2> /dev/null && break
    sleep 0.1
done
sleep 1
kill $daemon
wait $daemon
[ $? -eq 0 ] && grep -q IDLE "$NET/$port.commands" && ! grep -q fetch: "$T/idle/log"
ok $? "a connection that ends while idle is no trouble to be told" "$T/idle/log"
kill "${pids##* }"

# ---- a large mailbox: what is read is read, and how far can be seen
new_office large
serve slow 700
printf 'secret\n' > "$T/large/etc/password"
mailbox large 'password_file = password'
"$BUILD/tiepnhand" -c "$T/large/etc/tiepnhan.conf" --once --now $now \
    2> "$T/large/log" &
daemon=$!
doctor() { "$BUILD/tiepnhan" -c "$T/large/etc/tiepnhan.conf" doctor > "$T/why" 2>&1; }
seen=1
for _ in $(seq 100); do
    doctor
    grep -q 'being read: INBOX: UID [0-9]* of 700' "$T/why" && seen=0 && break
    sleep 0.1
done
kill -9 $daemon
wait 2> /dev/null $daemon
ok $seen "doctor tells how far the first reading is" "$T/why"
sleep 0.5
: > "$NET/$port.commands"
round large $now && ! grep -q 'SEARCH\|UID FETCH 1:' "$NET/$port.commands" &&
    [ "$(ledger large $now | grep -c '"sha256"')" -eq 700 ] && doctor
grep -q 'being read' "$T/why"
[ $? -ne 0 ] && ! grep -q 'SEARCH\|UID FETCH 1:' "$NET/$port.commands"
ok $? "cut short, it goes on where it was" "$NET/$port.commands"
kill "${pids##* }"

# ---- the worker itself dies, and there is none to send: neither the server nor the settings are at fault
new_office dead small
mkdir "$T/bin"
ln "$BUILD/tiepnhan-parse" "$T/bin/" 2> /dev/null ||
    cp "$BUILD/tiepnhan-parse" "$T/bin/"
cp "$BUILD/tiepnhand" "$T/bin/"
printf '#!/bin/sh\nkill -SEGV $$\n' > "$T/bin/tiepnhan-fetch"
chmod +x "$T/bin/tiepnhan-fetch"
timeout 60 "$T/bin/tiepnhand" -c "$T/dead/etc/tiepnhan.conf" --once \
    --now $now 2> "$T/dead/log"
[ $? -eq 69 ] && grep -q 'chương trình nhận thư bị dừng đột ngột' \
    "$T/dead/state/status/index.html" && grep -q 'tiepnhan-fetch ended' "$T/dead/log"
ok $? "a worker that dies is called so, to the clerk too" "$T/dead/log"
[ "$(grep -c 'tiepnhan-send cannot work' "$T/dead/log")" -eq 1 ] &&
    ledger dead $now | grep -q '"state": "pending"'
ok $? "what cannot be sent waits, and is not tried without end" "$T/dead/log"

# ---- nothing is told to the server before all of it is on disk
if ! command -v strace > /dev/null || ! strace -o /dev/null true 2> /dev/null
then
    for what in 12 13 14; do echo "ok $what # SKIP no strace here"; done
    exit 0
fi
cat > "$T/order.py" << 'EOF'
import re, sys
lines = open(sys.argv[1], errors="replace").read().splitlines()
state = re.escape(sys.argv[2])
store = {len(l) + 2 for l in open(sys.argv[3], "rb").read().splitlines()
         if b"UID STORE" in l}
pid = lambda i: lines[i].split()[0]

begun = {} # where a call ends → where it begins

def calls(pattern):
    """Where such calls end."""
    found = []
    for i, l in enumerate(lines):
        if not re.search(pattern, l):
            continue
        end = i
        if "unfinished" in l:
            end = next(k for k in range(i + 1, len(lines))
                       if pid(k) == pid(i) and "resumed" in lines[k])
        begun[end] = i
        found.append(end)
    return found

tells = [i for i in calls(r"sendto\(") if
         any(lines[i].endswith("= %d" % n) for n in store)]
tells = [i for i in tells if pid(i) == pid(tells[-1])][-2:]
kept = [i for i in calls(r"renameat\(3, 0x") if pid(i) != pid(tells[0])]
synced = calls(r"fsync\(\d+[ )]")
links = calls(r'\slinkat\(.*spool/incoming.*\.eml"')
folder = calls(r"fsync\(\d+<%s/spool>" % state)
rows = calls(r"fdatasync\(\d+<%s/tiepnhan\.db-wal>" % state)
gone = calls(r'unlinkat\(.*spool/incoming.*\.eml"')
if not len(tells) == len(kept) == len(links) == len(gone) == 2:
    sys.exit("told %s kept %s in the spool %s out of incoming %s"
             % (tells, kept, links, gone))
for i in kept: # each file is synced before it gets its name
    before = [k for k in range(begun[i]) if pid(k) == pid(i)]
    if not before or before[-1] not in synced:
        sys.exit("line %d: named, not synced" % i)
for name, link, out in zip(kept, links, gone):
    if not name < link < out < tells[0]:
        sys.exit("named %d, in the spool %d, told %d" % (name, link, tells[0]))
    if not any(link < f < r < out for f in folder for r in rows):
        sys.exit("folder and row are not synced between %d and %d" % (link, out))
print("file, name, spool, folder, row: by call %d; told: %d and %d"
      % (max(gone), tells[0], tells[1]))
EOF
mkdir "$T/some"
cp -p "$(ls -d "$T/moved/mail/new"/* | head -1)" "$T/some/"
cp -p "$(ls -d "$T/moved/mail/new"/* | tail -1)" "$T/some/"
# The worker's memory cannot be read, not even by strace: which of its calls
# says STORE is told by the length of the command.
# strace hears of several processes in an order of its own: a trace that does
# not show the order is taken again.
for try in 1 2 3; do
    o=order$try
    new_office $o
    serve zimbra "$T/some"
    printf 'secret\n' > "$T/$o/etc/password"
    mailbox $o 'password_file = password'
    sed -i 's|^after = .*|after = keyword:DaNhan|' "$T/$o/etc/tiepnhan.conf"
    strace -f -y -s 300 -o "$T/trace" -e trace=fsync,fdatasync,rename,renameat,renameat2,linkat,sendto,write,writev,unlinkat \
        "$BUILD/tiepnhand" -c "$T/$o/etc/tiepnhan.conf" --once --now $now \
        2> "$T/$o/log"
    ended=$?
    marks=$(grep -c 'UID STORE [12] +FLAGS.SILENT (DaNhan)' "$NET/$port.commands")
    python3 "$T/order.py" "$T/trace" "$T/$o/state" "$NET/$port.commands" \
        > "$T/why" 2>&1
    ordered=$?
    [ $ordered -ne 0 ] || break
done
ok $ended "a round that sets keywords, under strace" "$T/$o/log"
[ "$marks" -eq 2 ]
ok $? "both mails are marked" "$NET/$port.commands"
ok $ordered "file, folder and row are synced before the server hears: $(cat "$T/why")" \
    "$T/why"

# ---- mails that cannot be had: no round is whole before they are given up
stop() {
    kill "${pids##* }"
    wait "${pids##* }" 2> /dev/null
    pids=${pids% *}
}
again() { # again FAULT: the server at the same place with another fault
    (cd "$NET" && exec python3 "$SRC/tests/imap-fake.py" "$port" "$1" 5) \
        > "$NET/fake.log" 2>&1 &
    pids="$pids $!"
    wait_for_port "$port"
}
rounds() { # rounds NAME N: how each of them ends
    for _ in $(seq "$2"); do
        round "$1" $now
        printf '%s ' $?
    done
}
new_office poison small
serve poison 5
printf 'secret\n' > "$T/poison/etc/password"
mailbox poison 'password_file = password'
[ "$(rounds poison 4)" = "69 69 0 0 " ] &&
    [ "$(grep -c 'không lấy được thư này' \
        "$T/poison/state/status/status.log")" -eq 1 ]
ok $? "a mail that the server cannot give: told to the clerk after three tries" \
    "$T/poison/log"
tn() { "$BUILD/tiepnhan" -c "$T/poison/etc/tiepnhan.conf" "$@" --now $now; }
tn status --json > "$T/status.json"
event=$(python3 - "$T/status.json" << 'EOF'
import json, sys
d = json.load(open(sys.argv[1]))
items = [m for m in d["needs_clerk"] if m["id"].startswith("!")]
assert len(items) == 1 and len(d["needs_clerk"]) == d["counts"]["needs_clerk"]
assert "không lấy được thư này" in items[0]["reason"], items
assert items[0]["guesses"] == [] and items[0]["received"], items
print(items[0]["id"])
EOF
) && tn status | grep -q "^  $event .*không lấy được thư này" &&
    grep -q "· $event</p>" "$T/poison/state/status/dan-chu.html" &&
    tn undo "$event" > "$T/out" 2>&1 && { round poison $now; true; } &&
    ! tn status | grep -q "không lấy được thư này" &&
    ! grep -q "không lấy được" "$T/poison/state/status/dan-chu.html"
ok $? "it waits for the clerk, on the page too, until he has seen to it" \
    "$T/out"
stop
new_office away small
again poison
printf 'secret\n' > "$T/away/etc/password"
mailbox away 'password_file = password'
rounds away 1 > "$T/have"
stop
rounds away 4 >> "$T/have"
again none
rounds away 1 >> "$T/have"
[ "$(cat "$T/have")" = "69 69 69 69 69 0 " ] && [ "$(
    "$BUILD/tiepnhan" -c "$T/away/etc/tiepnhan.conf" list --json --now $now |
        grep -c '"sha256"')" -eq 5 ]
ok $? "no try is counted while the server is away: then all five are there" \
    "$T/away/log"

new_office locked small
deliver locked 2026-05-12T12:00:00+07:00
chmod 0 "$(ls -d "$T/locked/mail/new"/* | tail -1)"
rounds locked 2 > "$T/have"
chmod 600 "$T/locked/mail/new"/*
rounds locked 1 >> "$T/have"
[ "$(cat "$T/have")" = "69 69 0 " ] && [ "$(
    "$BUILD/tiepnhan" -c "$T/locked/etc/tiepnhan.conf" list --json --now $now |
        grep -c '"sha256"')" -eq "$(ls "$T/locked/mail/new" | wc -l)" ]
ok $? "a maildir's file that we may not read is trouble, not nothing" \
    "$T/locked/log"

# ---- other folders while the worker is in the old ones
new_office reload small
port=$(free_port)
(cd "$NET" && exec python3 "$SRC/tests/imap-fake.py" "$port" slow 400) \
    > "$NET/fake.log" 2>&1 &
pids="$pids $!"
wait_for_port "$port"
printf 'secret\n' > "$T/reload/etc/password"
mailbox reload 'password_file = password'
sed -i 's|^poll = .*|poll = 1s|' "$T/reload/etc/tiepnhan.conf"
"$BUILD/tiepnhand" -d -c "$T/reload/etc/tiepnhan.conf" 2> "$T/reload/log" &
daemon=$!
pids="$pids $daemon"
waits 20 grep -qs 'BODY' "$NET/$port.commands"
sed -i 's|^folders = .*|folders = Khac|' "$T/reload/etc/tiepnhan.conf"
kill -HUP "$daemon"
waits 30 grep -q Khac "$NET/$port.commands"
searched() { [ "$(grep -c 'UID SEARCH' "$NET/$port.commands")" -eq 2 ]; }
waits 10 searched
ok $? "a reload gives what is under way no other folder's name" \
    "$NET/$port.commands"
kill "$daemon"
wait "$daemon" 2> /dev/null
pids=${pids% *}
