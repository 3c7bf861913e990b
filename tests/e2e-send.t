#!/bin/bash
# Mails of ours against a server with every fault: nothing is lost, no mail
# goes out more than twice, and the clerk hears of it.
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

# smtp_office NAME RULE…: an office that sends to a sink of its own. The
# mail of the days before is old by then: no receipts.
smtp_office() {
    new_office "$1"
    T=$NET
    smtp_sink_start "$T/$1" "${@:2}"
    T=$OFFICE
    rules=$NET/$1/rules
    sed -i "s|^url = maildir:$T/$1/outgoing|url = smtp://127.0.0.1:$port|" \
        "$T/$1/etc/tiepnhan.conf"
    sed -i '/^\[outgoing\]/,/^\[/s/^user = .*/user = office\npassword_file = password/' \
        "$T/$1/etc/tiepnhan.conf"
    printf 'geheim\n' > "$T/$1/etc/password"
}
weather() { printf '%s\n' "$@" > "$rules"; }
states() { # states NAME NOW: how many mails stand where
    ledger "$1" "$2" | python3 -c 'import collections, json, sys
c = collections.Counter(o["state"] for o in json.load(sys.stdin)["outgoing"])
print(" ".join(f"{k}={c[k]}" for k in sorted(c)))'
}
copies() { # copies NAME: mails by Message-ID and how often each came
    python3 - "$NET/$1" << 'PY'
import collections, glob, re, sys
c = collections.Counter()
for f in glob.glob(sys.argv[1] + "/*.eml"):
    text = open(f, encoding="utf-8", errors="replace").read()
    c[re.search(r"(?im)^message-id: *(\S+)", text)[1]] += 1
print(len(c), max(c.values(), default=0))
PY
}
page() { grep -q "$2" "$T/$1/state/status/dan-chu.html"; }

echo "1..18"

# ---- a password that is not taken: nobody's mail goes, none is lost
smtp_office auth "auth=535 5.7.8 wrong"
for at in 08:00 08:10 08:20 08:30; do
    round auth 2026-05-08T$at:00+07:00
    [ $? -eq 75 ] || echo "# $at: not 75"
done
states auth 2026-05-08T08:30:00+07:00 > "$T/why"
! grep -q 'uncertain\|failed\|sent' "$T/why"
ok $? "a refused password leaves every mail for later" "$T/why"
page auth 'không nhận tài khoản'
ok $? "the page says why"
[ "$(grep -c 'SỰ CỐ' "$T/auth/state/status/status.log")" -eq 1 ]
ok $? "status.log says it once" "$T/auth/state/status/status.log"
weather "auth=235 2.7.0 ok"
round auth 2026-05-08T09:00:00+07:00
ok $? "once the password is right all go out on that day" "$T/auth/log"
states auth 2026-05-08T09:00:00+07:00 > "$T/why"
[ "$(cat "$T/why")" = "sent=$(copies auth | cut -d' ' -f1)" ] &&
    [ "$(copies auth | cut -d' ' -f2)" -eq 1 ]
ok $? "each one once" "$T/why"
! page auth 'không nhận tài khoản' &&
    [ "$(grep -c 'SỰ CỐ' "$T/auth/state/status/status.log")" -eq 2 ]
ok $? "and the trouble is over on page and in the log"

# ---- a server that is away the whole day: the step lapses, is told
smtp_office away "greeting=421 4.3.2 closing"
for at in 08T08:00 08T12:00 08T16:30; do
    round away 2026-05-${at}:00+07:00
done
weather "greeting=220 back"
round away 2026-05-11T07:40:00+07:00
ledger away 2026-05-11T07:40:00+07:00 | python3 -c 'import json, sys
d = json.load(sys.stdin)
kinds = {}
for o in d["outgoing"]:
    kinds.setdefault(o["kind"], set()).add(o["state"])
assert kinds["reminder"] == {"withdrawn"}, kinds
assert kinds["summary"] == {"sent"}, kinds
first = {s["outcome"] for s in d["steps"] if s["step"] == "first" and
         not s["reason"].startswith("no ")}
assert first == {"lapsed"}, first' 2> "$T/why"
ok $? "a server away all day: the step lapses, the clerk's mail waits" "$T/why"
! grep -l 'cb.tdp' "$NET"/away/*.env > "$T/why"
ok $? "no unit is reminded on a later day" "$T/why"

# ---- 354, then silence: once more, with the same Message-ID, no oftener
smtp_office dot "dot=drop-after"
for at in 08:00 08:20 09:00 09:40 10:20 11:00 14:00; do
    round dot 2026-05-08T$at:00+07:00
done
copies dot > "$T/why"
[ "$(cut -d' ' -f2 "$T/why")" -eq 2 ]
ok $? "a mail whose end nobody knows goes out twice at most" "$T/why"
states dot 2026-05-08T14:00:00+07:00 > "$T/why"
grep -q "^uncertain=$(copies dot | cut -d' ' -f1)\$" "$T/why"
ok $? "then it stays uncertain" "$T/why"
grep -q 'SỰ CỐ.*chưa chắc thư đã đến' "$T/dot/state/status/status.log"
ok $? "and status.log says so" "$T/dot/state/status/status.log"

# ---- one recipient's fault is his own
smtp_office mixed "cb.tdp09@thuynguyen.example=550 5.1.1 no such user" \
    "cb.tdp04@thuynguyen.example=450 4.2.1 busy" \
    "cb.tdp02@thuynguyen.example=552 5.2.2 mailbox full" \
    "cb.tdp13@thuynguyen.example=hang 2"
round mixed 2026-05-08T08:00:00+07:00
round mixed 2026-05-08T08:05:00+07:00
round mixed 2026-05-08T16:30:00+07:00
ledger mixed 2026-05-08T16:30:00+07:00 | python3 -c 'import json, sys
d = json.load(sys.stdin)
by = {o["to"].split("@")[0]: o["state"] for o in d["outgoing"] if
      o["kind"] == "reminder"}
assert by["cb.tdp09"] == "failed" and by["cb.tdp02"] == "failed", by
assert by["cb.tdp04"] == "later" and by["cb.tdp13"] == "later", by
rest = {v for k, v in by.items() if k not in
        ("cb.tdp09", "cb.tdp02", "cb.tdp04", "cb.tdp13")}
assert rest == {"sent"}, by' 2> "$T/why"
ok $? "refused, busy, silent: each for that recipient only" "$T/why"
"$BUILD/tiepnhan" -c "$T/mixed/etc/tiepnhan.conf" status --json \
    --now 2026-05-08T16:30:00+07:00 | python3 -c 'import json, sys
u = {u["code"]: u for u in json.load(sys.stdin)["units"]}
assert u["TDP09"]["bounced"] == ["cb.tdp09@thuynguyen.example"], u["TDP09"]
assert u["TDP09"]["reminders"] == [], u["TDP09"]
assert u["TDP02"]["bounced"] == ["cb.tdp02@thuynguyen.example"], u["TDP02"]
assert u["TDP05"]["reminders"] == ["first"], u["TDP05"]' 2> "$T/why"
ok $? "a refused address stands beside its unit, which is not reminded" \
    "$T/why"
summary=$(grep -l '^To: vanthu@dangbo' "$NET"/mixed/*.eml | head -n 1)
python3 - "$summary" > "$T/why" 2>&1 << 'EOF2'
import email, email.policy, sys
m = email.message_from_binary_file(open(sys.argv[1], "rb"),
                                   policy=email.policy.default)
text = m.get_body().get_content()
print(text)
part = text.split("4. Địa chỉ bị trả lại thư:")[1]
assert "cb.tdp09@thuynguyen.example (Chi bộ Tổ dân phố số 9)" in part
assert "cb.tdp02@thuynguyen.example (Chi bộ Tổ dân phố số 2)" in part
EOF2
ok $? "and in the summary" "$T/why"

# ---- reports in a Dovecot that is stopped at 07:59
if command -v dovecot > /dev/null; then
    new_office imap
    deliver imap 2026-05-12T16:00:00+07:00
    T=$NET
    make_ca
    cert good localhost 10
    dovecot_start box good
    T=$OFFICE
    conf=$T/imap/etc/tiepnhan.conf
    printf 'secret\n' > "$T/imap/etc/password"
    sed -i -e "s|^url = maildir:$T/imap/mail|url = imaps://localhost:$port|" \
        -e "0,/^user = /s|^user = .*|user = reader\npassword_file = password|" \
        -e "0,/^ca_file =/s|^ca_file =.*|ca_file = $NET/ca.pem|" \
        -e 's|^folders = .*|folders = INBOX|' "$conf"
    round imap 2026-05-12T07:58:00+07:00
    ok $? "the mailbox is read at 07:58" "$T/imap/log"
    cp -p "$T/imap/mail/new/"* "$NET/box/mail/new/"
    kill "$dovecot_pid"
    wait "$dovecot_pid" 2> /dev/null
    round imap 2026-05-12T08:00:00+07:00
    [ $? -eq 69 ] && ! ledger imap 2026-05-12T08:00:00+07:00 |
        grep -q '"kind": "reminder"'
    ok $? "reports that wait in a stopped Dovecot stop the step of 08:00" \
        "$T/imap/log"
    # the same server again, on its port
    dovecot -F -c "$NET/box/dovecot.conf" > "$NET/box/out" 2>&1 &
    pids="$pids $!"
    wait_for_port "$port"
    round imap 2026-05-12T09:00:00+07:00
    ledger imap 2026-05-12T09:00:00+07:00 > "$T/ledger"
    python3 - "$T/ledger" > "$T/why" 2>&1 << 'PY'
import json, sys
d = json.load(open(sys.argv[1]))
asked = {u for o in d["outgoing"] if o["kind"] == "reminder"
         for u in o["units"]}
has = {u for m in d["mails"] if m["counted"] for u in m["units"]}
assert len(has) > 5 and len(asked) > 30 and not has & asked, has & asked
PY
    ok $? "read at 09:00, they are spared; the others are reminded then" \
        "$T/why"
    [ "$(ledger imap 2026-05-12T09:00:00+07:00 |
        grep -c '"kind": "fetch-trouble"')" -le 1 ]
    ok $? "the clerk is told once at most" "$T/why"
else
    for _ in 1 2 3 4; do ok 0 "no dovecot here # SKIP"; done
fi
