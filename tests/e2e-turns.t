#!/bin/bash
# The service runs on while connections are cut, it is killed, the clock
# steps and the disk of its state fills, in turn: nothing is lost, nothing
# is there twice, and its memory and descriptors stay as they were.
# SOAK_SECONDS is how long (make soak: an hour).
# shellcheck disable=SC1091
. "$SRC/tests/lib-unprivileged.sh"
set -u
if ! command -v dovecot > /dev/null; then
    echo "1..0 # SKIP no dovecot"
    exit 0
fi
seconds=${SOAK_SECONDS:-50}
mails=$seconds
# A small disk needs a mount, that a user namespace of our own.
if [ -z "${SMALL_DISK:-}" ]; then
    SMALL_DISK=$(mktemp -d "${TMPDIR:-/tmp}/tiepnhan-disk.XXXXXX") || exit 1
    export SMALL_DISK
    trap 'rmdir "$SMALL_DISK"' EXIT
    mount="mount -t tmpfs -o size=$((16 + mails / 8))m none \"\$SMALL_DISK\" &&
        exec unshare -U --map-user=1000 --map-group=1000"
    if ! unshare -Urm sh -c "$mount true" 2> /dev/null; then
        echo "1..0 # SKIP no user namespaces here"
        exit 0
    fi
    unshare -Urm sh -c "$mount \"\$0\"" "$0"
    exit
fi
. "$SRC/tests/lib-net.sh"
NET=$T
. "$SRC/tests/lib-office.sh"
OFFICE=$T
n=0
trap 'T=$NET; cleanup; rm -rf "$OFFICE"' EXIT

echo "1..4"
T=$NET
make_ca
cert good localhost 10
dovecot_start box good
relay=$(free_port)
T=$OFFICE
box=$NET/box/mail/new
mkdir "$T/pool"
python3 "$SRC/tests/soak_mails.py" "$samples" "$SRC/docs/examples/units.csv" \
    "$mails" "$T/pool"
new_office a
mv "$T/a/state" "$SMALL_DISK/state"
ln -s "$SMALL_DISK/state" "$T/a/state"
printf 'secret\n' > "$T/a/etc/password"
sed -i -e "s|^url = maildir:$T/a/mail|url = imaps://localhost:$relay|" \
    -e "0,/^user = /s|^user = .*|user = reader\npassword_file = password|" \
    -e "0,/^ca_file =/s|^ca_file =.*|ca_file = $NET/ca.pem|" \
    -e 's|^folders = .*|folders = INBOX|' -e 's|^poll = .*|poll = 10s|' \
    "$T/a/etc/tiepnhan.conf"

clock=-
for lib in /usr/lib/*/faketime/libfaketime.so.1; do
    [ -e "$lib" ] && clock=$T/clock && export FAKETIME_LIBRARY="$lib"
done
[ "$clock" != - ] || echo "# no libfaketime: the clock does not step"
python3 "$SRC/tests/soak_turns.py" "$BUILD/tiepnhand" "$T/a" "$T/pool" \
    "$box" "$port" "$relay" "$SMALL_DISK" "$clock" "$seconds" > "$T/figures"
rc=$?
sed 's/^[^#]/# &/' "$T/figures"
ok $rc "the service recovers from each disturbance" "$T/a/log"

python3 - "$SMALL_DISK/state" "$NET/box/mail" > "$T/why" << 'END'
import hashlib, os, sqlite3, sys
state, box = sys.argv[1:]
db = sqlite3.connect("file:%s/tiepnhan.db?mode=ro" % state, uri=True)
rows = [r[0] for r in db.execute("SELECT sha256 FROM mail")]
files = {n[:64] for n in os.listdir(state + "/spool") if n.endswith(".eml")}
mails = set()
for folder in ("new", "cur"):
    for name in os.listdir(os.path.join(box, folder)):
        with open(os.path.join(box, folder, name), "rb") as f:
            mails.add(hashlib.sha256(f.read()).hexdigest())
print("%d mails, %d lost, %d doubled, %d files without a mail" % (len(mails),
      len(mails - (set(rows) & files)), len(rows) - len(set(rows)),
      len(files - set(rows))))
sys.exit(not mails or set(rows) != mails or files != mails or len(rows) != len(mails))
END
ok $? "$(cat "$T/why")"

# each receipt has a Message-ID of its own, by which a mailbox knows it
cat "$T"/a/outgoing/new/* 2> /dev/null | grep -i '^message-id:' | sort | uniq -d > "$T/why"
receipts=$(ls "$T/a/outgoing/new" 2> /dev/null | wc -l)
[ ! -s "$T/why" ] && { [ "$clock" = - ] || [ "$receipts" -gt 0 ]; }
ok $? "of $receipts mails of ours none went out twice" "$T/why"

"$BUILD/tiepnhan" -c "$T/a/etc/tiepnhan.conf" verify > "$T/why" 2>&1
ok $? "verify finds nothing amiss" "$T/why"
