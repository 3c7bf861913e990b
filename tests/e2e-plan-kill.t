#!/bin/bash
# kill -9 at random moments of the rounds of a plan, over SMTP: in the end
# each unit has had each step once; a mail that may have been on its way is
# sent once more at most, with its Message-ID; then the clerk is told. $LONG: more kills.
# shellcheck disable=SC1091
. "$SRC/tests/lib-unprivileged.sh"
set -u
. "$SRC/tests/lib-net.sh"
NET=$T
. "$SRC/tests/lib-office.sh"
OFFICE=$T
n=0
trap 'T=$NET; cleanup; rm -rf "$OFFICE"' EXIT
trap 'exit 130' INT TERM

echo "1..4"
kills=${LONG:+12}
kills=${kills:-2}
RANDOM=${SEED:-20260508}
for o in calm hunted; do
    new_office $o small
    T=$NET
    smtp_sink_start "$T/$o"
    T=$OFFICE
    sed -i "s|^url = maildir:$T/$o/outgoing|url = smtp://127.0.0.1:$port|" \
        "$T/$o/etc/tiepnhan.conf"
done
# hunt TIME: rounds that are killed, one that ends, and half an hour later
# what was uncertain
hunt() {
    local pid
    for _ in $(seq "$kills"); do
        "$BUILD/tiepnhand" -c "$T/hunted/etc/tiepnhan.conf" --once \
            --now "2026-05-$1:00+07:00" 2>> "$T/hunted/log" &
        pid=$!
        sleep "0.$(printf '%03d' $((RANDOM % 500)))"
        kill -9 $pid 2> /dev/null && killed=$((killed + 1))
        wait $pid 2> /dev/null
        # workers of the dead see the end of their pipes and leave
        sleep 0.2
    done
    round hunted "2026-05-$1:00+07:00"
}
killed=0
for at in 07T16:30 08T08:00 08T08:35 08T09:10 12T08:00 12T08:35 12T09:10 \
    13T14:00 13T14:40 15T08:30 15T09:10 15T09:50 20T08:30 20T09:10; do
    for o in calm hunted; do
        deliver $o "2026-05-$at:00+07:00"
    done
    round calm "2026-05-$at:00+07:00"
    case $at in
    07T16:30 | 08T08:00 | 12T08:00 | 13T14:00 | 15T08:30 | 20T08:30)
        hunt $at
        ;;
    *) round hunted "2026-05-$at:00+07:00" ;;
    esac
done
[ $killed -gt 0 ]
ok $? "$killed rounds were killed"
# steps NAME: what each step became, and which mails there were
steps() {
    ledger "$1" 2026-05-20T10:00:00+07:00 | python3 -c '
import json, sys
d = json.load(sys.stdin)
for s in sorted((s["unit"], s["step"], s["outcome"]) for s in d["steps"]
                if s["unit"]):
    print(*s)
for o in sorted((o["kind"], o["step"] if o["kind"] == "reminder" else "",
                 o["to"], *o["units"]) for o in d["outgoing"]
                if o["state"] != "withdrawn"):
    print(*o)'
}
steps calm > "$T/want"
steps hunted > "$T/have"
same "each unit has had the same steps, each once" "$T/want" "$T/have"
[ "$(grep -c '^reminder' "$T/want")" -gt 15 ]
ok $? "and those were many" "$T/want"
ledger hunted 2026-05-20T10:00:00+07:00 > "$T/ledger"
python3 - "$NET/calm" "$NET/hunted" "$T/ledger" > "$T/why" 2>&1 << 'PY'
import collections, email, email.policy, glob, json, re, sys
def read(folder):
    ids, said = collections.Counter(), set()
    for path in glob.glob(folder + "/*.eml"):
        with open(path, "rb") as f:
            m = email.message_from_binary_file(f, policy=email.policy.default)
        ids[m["message-id"]] += 1
        said.add((m["message-id"], m["to"], re.sub(r"mã \w+", "mã",
                                                   m["subject"])))
    return ids, collections.Counter(x[1:] for x in said)
calm, want = read(sys.argv[1])
hunted, have = read(sys.argv[2])
print(sum(calm.values()), "copies calm,", sum(hunted.values()), "hunted")
assert max(calm.values()) == 1
assert max(hunted.values()) <= 2, hunted
assert not have - want, have - want
# one that two kills met on its way is left to the clerk, not sent a third
# time: the ledger says so
unsure = [o for o in json.load(open(sys.argv[3]))["outgoing"]
          if o["state"] == "uncertain"]
lost = sum((want - have).values())
print(lost, "left to the clerk")
assert lost <= len(unsure), (want - have, unsure)
PY
ok $? "every mail arrived or is the clerk's, none more than twice" "$T/why"
