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
    timeout 60 /usr/bin/env "$BUILD/tests/tool-fetch" \
        "imap://127.0.0.1:$port" reader secret "" "$T/spool" \
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
