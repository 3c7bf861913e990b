#!/bin/bash
# tiepnhan-fetch against a server with faults: what is whole is kept, what
# is not is named, nothing hangs, nothing grows.
# shellcheck disable=SC1091,SC2012
. "$SRC/tests/lib-unprivileged.sh"
set -u
. "$SRC/tests/lib-net.sh"
cd "$T" || exit 1

fake() { # fake FAULT [MAILS]: starts the server, runs one fetch
    port=$(free_port)
    python3 "$SRC/tests/imap-fake.py" "$port" "$@" > fake.log 2>&1 &
    fake_pid=$!
    pids="$pids $fake_pid"
    wait_for_port "$port"
    rm -rf spool
    mkdir -p spool/tmp spool/incoming
    run "$@"
}
run() {
    out=$T/$1.out
    timeout "${limit:-60}" /usr/bin/env "$BUILD/tests/tool-fetch" \
        "imap://127.0.0.1:$port" reader "${secret:-secret}" "" "$T/spool" \
        "INBOX${folder_state:-}" > "$out" 2>&1
    rc=$?
}
count() { grep -c "^$1 " "$out"; }
check() { # check NAME: the status of the last test
    status=$?
    ok $status "$1"
    [ $status -eq 0 ] || show "$out"
    [ -z "$(ls spool/tmp)" ] || echo "# left in tmp: $(ls spool/tmp)"
    kill "$fake_pid" 2> /dev/null
}

fake none
[ $rc -eq 0 ] && [ "$(count message)" -eq 5 ]
check "a server that behaves: all five mails"
grep -q EXAMINE "$port.commands" && ! grep -q 'SELECT\|STORE\|EXPUNGE' "$port.commands"
ok $? "nothing is opened for writing"
! grep -v 'BODY.PEEK\[\]\|RFC822.SIZE' "$port.commands" | grep -q FETCH
ok $? "only UID, size, date and the peeked body are asked for"
fake body-first
[ "$(count message)" -eq 5 ]
check "the body may stand before the UID"
fake wrong-size
[ "$(count message)" -eq 5 ]
check "an announced size that is wrong loses nothing"
fake no-uidnext
[ "$(count message)" -eq 5 ] && grep -q '^folder-done .*next=6 ' "$out"
check "a server without UIDNEXT"
fake surprise
[ "$(count message)" -eq 5 ]
check "unasked-for answers between the mails"
fake clicked 1005
[ "$(count message)" -eq 1005 ] && [ "$(count failed)" -eq 0 ] &&
    ! grep '^message ' "$out" | grep -v ' received=1778552043 ' &&
    [ "$(grep ^place "$out" | tail -2 | head -1 | sed 's/.*next=\([0-9]*\) .*/\1/')" = 1001 ]
check "that somebody reads mails meanwhile gives none another time or place"
fake other-uid
[ "$(count message)" -eq 5 ] && ! grep -q 'uid=99 ' "$out"
check "a body of a UID nobody asked for is thrown away"
fake no-body
[ "$(count message)" -eq 4 ] && grep -q '^failed .*uid=2 ' "$out" &&
    grep -q ^round-done "$out"
check "a mail without a body is named, the rest comes"
fake eof-in-literal
[ "$(count message)" -eq 4 ] && grep -q '^failed .*uid=2 ' "$out"
check "an end of the stream inside a mail: the others come, it is named"
fake poison
[ "$(count message)" -eq 4 ] && grep -q '^failed .*uid=3 ' "$out"
check "a mail that breaks the protocol is found and named"
fake huge-literal
[ "$(count message)" -ge 4 ] && [ "$(grep -c '^message .*size=367 ' "$out")" -eq 4 ]
check "a length beyond 32 bits harms no other mail"
fake flood
! grep -q '^message .*uid=2 ' "$out" && [ "$(count message)" -ge 1 ]
check "two gigabytes where a few bytes were announced are cut off"
fake endless-line
! grep -q '^message .*uid=2 ' "$out"
check "a line without end is cut off"
fake preauth
[ $rc -ne 0 ] && [ "$(count trouble)" -eq 1 ] && ! grep -q LOGIN "$port.commands" 2> /dev/null
check "a PREAUTH greeting is refused"
fake unknown-response
[ $rc -ne 0 ] && [ "$(count trouble)" -ge 1 ]
check "an answer that cannot be understood drops the connection"

# ---- marks: what each kind of server is told, and what it never is
export MARKS="0:7:2"
AFTER="move:Đã nhận" folder_state=:7:6 fake zimbra
[ $rc -eq 0 ] && grep -q '^marked .*uid=2 ' "$out" &&
    grep -o 'UID .*' "$port.commands" | grep -v FETCH > told
printf '%s\n' 'UID COPY 2 "&ARAA4w- nh&Hq0-n"' \
    'UID STORE 2 +FLAGS.SILENT (\Deleted)' 'UID EXPUNGE 2' > want
cmp -s told want
check "without MOVE: COPY, \\Deleted and EXPUNGE of that one UID"
[ $rc -eq 0 ] || show told
! grep -v UID "$port.commands" | grep -q EXPUNGE
ok $? "and never an EXPUNGE of everything"
AFTER="move:Đã nhận" folder_state=:7:6 fake move
grep -q '^marked .*uid=2 ' "$out" && grep -q 'UID MOVE 2 "&ARAA4w- nh&Hq0-n"' "$port.commands" &&
    ! grep -q 'COPY\|STORE\|EXPUNGE' "$port.commands"
check "with MOVE: nothing else"
AFTER="move:Đã nhận" folder_state=:7:6 fake bare
grep -q '^marked .*uid=2 ' "$out" && grep -q 'UID STORE 2 +FLAGS.SILENT (TiepNhan)' "$port.commands" &&
    ! grep -q 'Deleted\|EXPUNGE\|MOVE' "$port.commands"
check "with neither: the mail stays, a keyword says that it is ours"
AFTER=keyword:DaNhan MARKS="0:6:2" folder_state=:7:6 fake zimbra
! grep -q ^marked "$out" && ! grep -q 'STORE\|COPY' "$port.commands"
check "a UID of another UIDVALIDITY is not touched"
unset MARKS

# ---- login by token
XOAUTH2=1 secret=good-token fake xoauth2
[ $rc -eq 0 ] && [ "$(count message)" -eq 5 ] && ! grep -q LOGIN "$port.commands" &&
    grep -qF 'XOAUTH2 user=reader^auth=Bearer good-token^^' "$port.commands"
check "XOAUTH2 with a token"
XOAUTH2=1 secret=old-token fake xoauth2
[ $rc -ne 0 ] && grep -q '^trouble .*trouble=3' "$out" && [ "$(count message)" -eq 0 ]
check "an expired token is called a refused login"

# ---- IDLE is begun anew, and the folder looked at, each poll
POLL_MS=300 limit=2 fake idle
[ "$(grep -c IDLE "$port.commands")" -ge 3 ] &&
    [ "$(grep -c EXAMINE "$port.commands")" -ge 3 ] && [ "$(count message)" -eq 5 ]
check "IDLE is renewed and polling goes on: $(grep -c IDLE "$port.commands") times in 2 s"

POLL_MS=300 limit=2 fake announce
[ "$(count message)" -eq 5 ] && grep -q IDLE "$port.commands" &&
    ! grep -q CAPABILITY "$port.commands"
check "what a server can do is not asked where it was said at the login"
fake announce 450
[ "$(count message)" -eq 450 ] && [ "$(wc -l < "$port.commands")" -eq 6 ] &&
    grep -q 'UID FETCH 1:450 (UID BODY.PEEK' "$port.commands"
check "450 mails take six commands: $(cut -d ' ' -f 2,3 "$port.commands" | tr '\n' ',')"
fake none 450
[ "$(count message)" -eq 450 ] && [ "$(grep ^place "$out" | sed 's/.*next=\([0-9]*\) .*/\1/' | tr '\n' ' ')" = "201 401 451 " ]
check "the mark moves on with each range"

# 200 cuts at random bytes: run until a round ends well, from disk each time
port=$(free_port)
python3 "$SRC/tests/imap-fake.py" "$port" cut-random 40 > fake.log 2>&1 &
fake_pid=$!
pids="$pids $fake_pid"
wait_for_port "$port"
rm -rf spool
mkdir -p spool/tmp spool/incoming
runs=0
rc=1
while [ $runs -lt 250 ] && ! { [ $rc -eq 0 ] && grep -q ^round-done "$out"; }; do
    runs=$((runs + 1))
    run cuts
done
[ "$(ls spool/incoming | wc -l)" -eq 40 ] && [ "$(count failed)" -eq 0 ]
check "200 connections cut at random bytes, $runs runs: 40 of 40 mails, each once"

echo "1..$n"
exit $failed
