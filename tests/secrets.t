#!/bin/bash
# No secret in an argument, an environment, a log, the state, a core or the
# memory that the daemon keeps; and the service stops within seconds
# whatever it is waiting for. Against a real Dovecot and a scripted SMTP
# server.
# shellcheck disable=SC1091
. "$SRC/tests/lib-unprivileged.sh"
set -u
if ! command -v dovecot > /dev/null; then
    echo "1..0 # SKIP no dovecot"
    exit 0
fi
. "$SRC/tests/lib-net.sh"
. "$SRC/tests/lib-wait.sh"
export TIEPNHAN_DATADIR="$BUILD/data"
secret=Mat-Khau-$RANDOM$RANDOM-kin
outgoing_secret=Thu-Di-$RANDOM$RANDOM-kin
word='(Mat-Khau|Thu-Di)-[0-9]+-kin'

make_ca
cert good localhost 90
dovecot_start box good
sed -i "s/password=secret/password=$secret/" "$T/box/dovecot.conf"
kill -HUP "$dovecot_pid"
imap=$port
smtp_sink_start "$T/sunk" --tls "$T/good.pem" "$T/good.key"
smtp=$port

mkdir -p "$T/etc"
cp "$SRC/docs/examples/units.csv" "$T/etc/"
printf '%s\n' "$secret" > "$T/etc/in"
printf '%s\n' "$outgoing_secret" > "$T/etc/out"
chmod 600 "$T/etc/in" "$T/etc/out"
sed -e "s|^url = imaps:.*|url = imaps://localhost:$imap\npassword_file = in|" \
    -e "s|^url = smtps:.*|url = smtps://localhost:$smtp\npassword_file = out|" \
    -e "s|^ca_file =.*|ca_file = $T/ca.pem|" -e "s|^folders = .*|folders = INBOX|" \
    -e "s|^state = .*|state = $T/state|" -e "s|^since = .*|since = 2020-01-01|" \
    -e "/^from = /a ca_file = $T/ca.pem" \
    "$SRC/docs/examples/tiepnhan.conf" > "$T/etc/tiepnhan.conf"
conf=$T/etc/tiepnhan.conf
start() { # start NAME: the service, in a folder of its own
    mkdir -p "$T/$1"
    (cd "$T/$1" && ulimit -c unlimited && exec env NOTIFY_SOCKET="$T/notify" \
        WATCHDOG_USEC=3000000 "$BUILD/tiepnhand" -d -c "$conf" \
        2> "$T/$1/log") &
    daemon=$!
    pids="$pids $daemon"
}
children() { pgrep -P "$daemon"; }
python3 - "$T/notify" "$T/heard" << 'PY' &
import socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.bind(sys.argv[1])
with open(sys.argv[2], "a", buffering=1) as f:
    while True:
        f.write(s.recv(4096).decode() + "\n")
PY
pids="$pids $!"
waits 5 test -S "$T/notify"

# ---- at work: logged in, a mail taken in, one answered
start work
in_idle() { grep -q 'last complete fetch 20' "$T/heard"; }
waits 30 in_idle
ok $? "the service has logged in and read the mailbox"
fetch=$(pgrep -P "$daemon" -x tiepnhan-fetch)
[ -n "$fetch" ] && [ "$(tr '\0' ' ' < "/proc/$fetch/cmdline")" = \
    "$BUILD/tiepnhan-fetch " ]
ok $? "a worker's command line is its path and nothing else"
# not dumpable: its memory and environment are closed even to its own user
! cat "/proc/$fetch/environ" 2> /dev/null > "$T/environ" ||
    [ "$(tr '\0' '\n' < "$T/environ")" = "LC_ALL=C.UTF-8" ]
ok $? "its environment holds no secret and no NOTIFY_SOCKET"
! grep -qE "$word" "/proc/$fetch/maps" 2> /dev/null &&
    ! head -c 1 "/proc/$fetch/mem" > /dev/null 2>&1
ok $? "its memory cannot be read by others of the same user"
seen=
for p in "$daemon" $(children); do
    tr '\0' '\n' < "/proc/$p/cmdline" | grep -qE "$word" && seen="$seen cmdline:$p"
    tr '\0' '\n' < "/proc/$p/environ" 2> /dev/null |
        grep -qE "$word" && seen="$seen environ:$p"
done
[ -z "$seen" ]
ok $? "no process shows it in arguments or environment"
! grep -rqE "$word" "$T/state" "$T/work/log" "$T/heard"
ok $? "neither state, log nor status hold it"
"$BUILD/tiepnhan" -c "$conf" config show > "$T/shown" &&
    ! grep -qE "$word" "$T/shown"
ok $? "config show does not show it"

# ---- cores
kill -SEGV "$fetch"
waits 10 eval '! kill -0 '"$fetch"' 2> /dev/null'
[ -z "$(find "$T/work" -name 'core*')" ]
ok $? "a worker that crashes leaves no core"
if grep -q '^core' /proc/sys/kernel/core_pattern; then
    kill -ABRT "$daemon"
    wait "$daemon" 2> /dev/null
    core=$(find "$T/work" -name 'core*' | head -n 1)
    [ -z "$core" ] || ! grep -qaE "$word" "$core"
    ok $? "the daemon's own core, if there is one, holds no secret"
    [ -z "$core" ] || rm -f "$core"
else
    kill -ABRT "$daemon"
    wait "$daemon" 2> /dev/null
    ok 0 "the daemon's own core holds no secret # SKIP cores go elsewhere"
fi

# ---- trouble is told without it
printf 'Mat-Khau-000-kin\n' > "$T/etc/in"
: > "$T/heard"
start wrong
waits 30 grep -qa 'in trouble since 20.*mật khẩu' "$T/heard"
rc=$?; ok $rc "STATUS= tells since when there is trouble, and which"; [ $rc -eq 0 ] || { show "$T/wrong/log"; show "$T/heard"; }
! grep -qaE "$word" "$T/heard" "$T/wrong/log"
ok $? "a refused password is told without saying it"
kill -TERM "$daemon"
wait "$daemon"

# ---- a stop takes seconds in any state
stops() { # stops NAME: what was started ends cleanly
    local before=$SECONDS
    kill -TERM "$daemon"
    wait "$daemon"
    rc=$?
    [ $rc -eq 0 ] && [ $((SECONDS - before)) -le 8 ]
    ok $? "$1"
}
sed -i "s|^password_file = in|password_command = sleep 600; echo never|" "$conf"
start command
waits 10 eval '[ -n "$(pgrep -f "sleep 600; echo never" -P '"$daemon"')" ]'
sleep 0.3
stops "while a password command hangs"
! pgrep -u "$(id -u)" -f '^sleep 600$' > /dev/null
ok $? "and what it had started is gone too"
sed -i "s|^password_command = .*|password_file = in|" "$conf"
python3 -c 'import socket, time
s = socket.create_server(("127.0.0.1", 0))
print(s.getsockname()[1], flush=True)
while True:
    c, _ = s.accept()
    keep = globals().setdefault("all", []); keep.append(c)' > "$T/deaf" &
pids="$pids $!"
waits 5 test -s "$T/deaf"
sed -i "s|^url = imaps:.*|url = imaps://localhost:$(cat "$T/deaf")|" "$conf"
start silent
waits 10 pgrep -P "$daemon" -x tiepnhan-fetch > /dev/null
sleep 0.5
stops "while a mail server does not answer"
ok "$(grep -c 'Segmentation\|panic' "$T"/*/log | grep -vc ':0$')" \
    "nothing crashed on the way"

echo "1..$n"
exit $failed
