#!/bin/bash
# The service itself: ready, at work, one of its kind, reloaded, stopped.
# shellcheck disable=SC1091
. "$SRC/tests/lib-unprivileged.sh"
set -u
. "$SRC/tests/lib-office.sh"

echo "1..9"
new_office a
sed -i 's|^poll = .*|poll = 10s|' "$T/a/etc/tiepnhan.conf"
conf=$T/a/etc/tiepnhan.conf

# what the service manager would hear
python3 - "$T/notify" "$T/heard" << 'EOF' &
import socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.bind(sys.argv[1])
with open(sys.argv[2], "w", buffering=1) as f:
    while True:
        f.write(s.recv(4096).decode() + "\n")
EOF
listener=$!
daemon=
trap 'kill $listener $daemon 2> /dev/null; rm -rf "$T"' EXIT
heard() { grep -q "$1" "$T/heard"; }
waits 5 test -S "$T/notify"

NOTIFY_SOCKET=$T/notify WATCHDOG_USEC=3000000 "$BUILD/tiepnhand" -d -c "$conf" \
    2> "$T/log" &
daemon=$!
waits 20 heard READY=1
ok $? "it says when it is ready" "$T/log"
waits 20 heard WATCHDOG=1
ok $? "and then that it is alive" "$T/heard"

"$BUILD/tiepnhand" --once -c "$conf" 2> "$T/second"
[ $? -eq 75 ] && grep -q "another tiepnhand" "$T/second"
ok $? "a second one refuses with a clear word" "$T/second"

deliver a
filed() { # filed COUNT: so many mails are decided on
    [ "$(ledger a 2026-05-14T17:00:00+07:00 2> /dev/null |
        grep -c '"state": "\(filed\|held\)"')" -eq "$1" ]
}
waits 60 filed 28
ok $? "mail that comes is taken in without being asked" "$T/log"
in_log() { grep -q "$1" "$T/a/state/status/status.log"; }
waits 10 in_log 'THIẾU MỤC  DN-MM'
ok $? "the status log follows"
waits 10 test -s "$T/a/state/status/dan-chu.html"
ok $? "and the page"

echo 'nonsense' >> "$conf"
kill -HUP $daemon
waits 10 grep -q 'stays in force' "$T/log"
ok $? "a wrong configuration is told and not taken" "$T/log"
sed -i '$d' "$conf"
kill -HUP $daemon
waits 10 grep -q 'reload: done' "$T/log"
ok $? "a right one is" "$T/log"

before=$SECONDS
kill -TERM $daemon
wait $daemon
rc=$?
daemon=
[ $rc -eq 0 ] && [ $((SECONDS - before)) -le 8 ]
ok $? "SIGTERM ends it cleanly within seconds" "$T/log"
