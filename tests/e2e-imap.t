#!/bin/bash
# The same mails by IMAP (a real Dovecot, TLS) and by maildir give the same
# status; and the service hears of a new mail by IDLE.
# shellcheck disable=SC1091
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
daemon=
trap 'T=$NET; kill $daemon 2> /dev/null; cleanup; rm -rf "$OFFICE"' EXIT

echo "1..10"
now=2026-05-15T08:00:00+07:00
new_office dir
new_office imap
deliver dir
T=$NET
make_ca
cert good localhost 10
dovecot_start box good
T=$OFFICE
cp -p "$T/dir/mail/new/"* "$NET/box/mail/new/"
conf=$T/imap/etc/tiepnhan.conf
printf 'secret\n' > "$T/imap/etc/password"
sed -i -e "s|^url = maildir:$T/imap/mail|url = imaps://localhost:$port|" \
    -e "0,/^user = /s|^user = .*|user = reader\npassword_file = password|" \
    -e "0,/^ca_file =/s|^ca_file =.*|ca_file = $NET/ca.pem|" \
    -e 's|^folders = .*|folders = INBOX|' "$conf"

round dir $now
ok $? "the round over the maildir ends well" "$T/dir/log"
round imap $now
ok $? "the round over IMAP ends well" "$T/imap/log"
status() { # status NAME: without the hashes, which line ends change
    "$BUILD/tiepnhan" -c "$T/$1/etc/tiepnhan.conf" status --json --now $now |
        python3 -c 'import json, sys
d = json.load(sys.stdin)
for u in d["units"]: u.pop("submission")
for m in d["needs_clerk"]: m.pop("id")
print(json.dumps(d, indent=1, ensure_ascii=False, sort_keys=True))'
}
status dir > "$T/dir.json"
status imap > "$T/imap.json"
diff "$T/dir.json" "$T/imap.json" > "$T/why"
ok $? "both give the same status" "$T/why"
[ "$(grep -c '"submitted": true' "$T/imap.json")" -eq 19 ]
ok $? "with 19 units that have submitted"

ledger imap $now > "$T/ledger"
python3 "$SRC/tests/expected_mails.py" "$T/ledger" "$samples" crlf \
    > "$T/verdicts"
grep -v "$(printf '\t$')" "$T/verdicts" > "$T/why"
[ ! -s "$T/why" ] && [ "$(wc -l < "$T/verdicts")" -eq "$(wc -l < "$T/mails")" ]
ok $? "each of $(wc -l < "$T/verdicts") sample mails came by IMAP as expected" "$T/why"

# ---- IDLE: known to the ledger within seconds, long before the next poll
sed -i 's|^poll = .*|poll = 10m|' "$conf"
"$BUILD/tiepnhand" -d -c "$conf" 2> "$T/daemon.log" &
daemon=$!
sleep 4
printf 'From: x@y.example\r\nSubject: tin moi\r\n\r\nchao\r\n' \
    > "$NET/box/mail/tmp/news.test"
mv "$NET/box/mail/tmp/news.test" "$NET/box/mail/new/"
found=1
for _ in $(seq 60); do
    if "$BUILD/tiepnhan" -c "$conf" list --json 2> /dev/null |
        grep -q 'tin moi'; then
        found=0
        break
    fi
    sleep 0.25
done
ok $found "a mail that arrives is there within seconds" "$T/daemon.log"

# ---- folders that the server does not have
kill "$daemon" && wait "$daemon" 2> /dev/null
sed -i -e 's|^poll = .*|poll = 1s|' -e 's|^folders = .*|folders = INBOX, Junk|' \
    "$conf"
"$BUILD/tiepnhand" -d -c "$conf" 2> "$T/daemon.log" &
daemon=$!
sleep 5
[ "$(grep -c 'Junk cannot be opened' "$T/daemon.log")" -eq 1 ] &&
    ! grep -q 'works again' "$T/daemon.log"
ok $? "no folder for junk: said once, not at each poll" "$T/daemon.log"
kill "$daemon" && wait "$daemon" 2> /dev/null
daemon=
round imap $now
ok $? "and the mailbox has been read in whole" "$T/imap/log"
sed -i 's|^folders = .*|folders = INBOX, Báo cáo|' "$conf"
round imap $now
[ $? -eq 69 ] && grep -q 'folder Báo cáo cannot be opened' "$T/imap/log"
ok $? "any other folder may hold reports: without it the round is not whole" \
    "$T/imap/log"
"$BUILD/tiepnhan" -c "$conf" doctor > "$T/doctor"
grep -q 'name the folders as the server does; it has: INBOX' "$T/doctor"
ok $? "doctor says which folders there are" "$T/doctor"
