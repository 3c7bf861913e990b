#!/bin/bash
# The disk of the state fills while the service runs: one clear line, no
# mail lost; when there is room again it goes on by itself.
# shellcheck disable=SC1091
. "$SRC/tests/lib-unprivileged.sh"
set -u
# A small disk needs a mount, that a user namespace of our own, and the
# daemon one more in which we are nobody special again.
if [ -z "${SMALL_DISK:-}" ]; then
    SMALL_DISK=$(mktemp -d "${TMPDIR:-/tmp}/tiepnhan-disk.XXXXXX") || exit 1
    trap 'rmdir "$SMALL_DISK"' EXIT
    # shellcheck disable=SC2016
    if ! unshare -Urm sh -c 'mount -t tmpfs -o size=6m none "$1" &&
        unshare -U --map-user=1000 --map-group=1000 true' sh "$SMALL_DISK" \
        2> /dev/null; then
        echo "1..0 # SKIP no user namespaces here"
        exit 0
    fi
    export SMALL_DISK
    # shellcheck disable=SC2016
    unshare -Urm sh -c 'mount -t tmpfs -o size=6m none "$SMALL_DISK" &&
        exec unshare -U --map-user=1000 --map-group=1000 "$0"' "$0"
    exit
fi
. "$SRC/tests/lib-office.sh"

echo "1..7"
now=2026-05-14T17:00:00+07:00
daemon=
trap 'kill $daemon 2> /dev/null; wait 2> /dev/null; rm -rf "$T"' EXIT
new_office a
conf=$T/a/etc/tiepnhan.conf
mv "$T/a/state" "$SMALL_DISK/state"
ln -s "$SMALL_DISK/state" "$T/a/state"
sed -i -e 's|^poll = .*|poll = 10s|' "$conf"
filed() { # filed COUNT: so many mails are decided on
    [ "$(ledger a $now 2> /dev/null |
        grep -c '"state": "\(filed\|held\)"')" -eq "$1" ]
}

"$BUILD/tiepnhand" -d -c "$conf" 2> "$T/log" &
daemon=$!
deliver a 2026-05-12
before=$(find "$T/a/mail/new" -type f | wc -l)
waits 60 filed "$before"
ok $? "$before mails are filed while there is room" "$T/log"
lines=$(wc -l < "$T/log")

# full to the last byte, then mail comes
dd if=/dev/zero of="$SMALL_DISK/ballast" bs=4096 2> /dev/null
deliver a
all=$(find "$T/a/mail/new" -type f | wc -l)
full_log() { tail -n "+$((lines + 1))" "$T/log"; }
told() { full_log | grep -qi 'no space\|disk.* full'; }
waits 40 told
ok $? "a full disk is told" "$T/log"
sleep 20
kill -0 $daemon
ok $? "the service stays" "$T/log"
full_log > "$T/said"
[ "$(wc -l < "$T/said")" -eq 1 ] && grep -q "nothing is lost" "$T/said"
ok $? "in one clear line" "$T/said"
[ "$(find "$T/a/mail/new" -type f | wc -l)" -eq "$all" ]
ok $? "the mailbox keeps its $all mails"

rm "$SMALL_DISK/ballast"
waits 90 filed "$all"
ok $? "with room again all $all mails are filed, without a restart" "$T/log"
kill $daemon
wait $daemon
"$BUILD/tiepnhan" -c "$conf" verify > "$T/why" 2>&1
ok $? "and verify finds nothing amiss" "$T/why"
