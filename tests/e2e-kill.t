#!/bin/bash
# kill -9 at random moments of a round, again and again: in the end the
# ledger is that of an office that was never disturbed.
# shellcheck disable=SC1091
. "$SRC/tests/lib-unprivileged.sh"
set -u
. "$SRC/tests/lib-office.sh"

echo "1..5"
now=2026-05-14T08:00:00+07:00
kills=${KILLS:-50}
RANDOM=${SEED:-20260514}
for o in calm hunted; do
    new_office $o
    deliver $o
done
round calm $now
ok $? "the undisturbed round ends well" "$T/calm/log"

killed=0
for _ in $(seq $((kills * 3))); do
    [ $killed -lt "$kills" ] || break
    "$BUILD/tiepnhand" -c "$T/hunted/etc/tiepnhan.conf" --once --now $now \
        2>> "$T/hunted/log" &
    pid=$!
    sleep "0.$(printf '%03d' $((RANDOM % 400)))"
    if kill -9 $pid 2> /dev/null; then
        killed=$((killed + 1))
    fi
    wait $pid 2> /dev/null
done
# workers of the dead see the end of their pipes and leave
sleep 1
round hunted $now
ok $? "after $killed kills a round ends well" "$T/hunted/log"
[ "$killed" -gt 0 ]
ok $? "some were killed indeed"

for o in calm hunted; do
    ledger $o $now > "$T/$o.json"
done
[ -s "$T/calm.json" ] && diff "$T/calm.json" "$T/hunted.json" > "$T/why"
ok $? "the ledger is the same, line by line" "$T/why"

said() { # to whom our mails went, and of which mail they tell
    python3 - "$T/$1/outgoing/new" <<'EOF'
import email, email.policy, os, sys
lines = []
for name in os.listdir(sys.argv[1]):
    with open(os.path.join(sys.argv[1], name), "rb") as f:
        m = email.message_from_binary_file(f, policy=email.policy.default)
    lines.append(m["to"] + " " + m["subject"])
print("\n".join(sorted(lines)))
EOF
}
said calm > "$T/calm.said"
said hunted > "$T/hunted.said"
diff "$T/calm.said" "$T/hunted.said" > "$T/why"
ok $? "and each of our mails went out once" "$T/why"
