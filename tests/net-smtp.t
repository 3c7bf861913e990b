#!/bin/bash
# tiepnhan-send against a scripted server with every fault, and a maildir.
# shellcheck disable=SC1091
. "$SRC/tests/lib-unprivileged.sh"
set -u
. "$SRC/tests/lib-net.sh"

send() { # send OUTPUT ARGUMENTS…
    out=$T/$1
    shift
    timeout 60 "$BUILD/tests/tool-send" "$@" > "$out" 2>&1
}
sink() { # sink DIR RULES…
    smtp_sink_start "$T/$1" "${@:2}"
    url="smtp://127.0.0.1:$port"
}
from=baocao@office.example

sink plain
send plain.out "$url" "" "" "" "$from" a@unit.example b@unit.example
[ "$(grep -c ' sent 250' "$out")" -eq 2 ] && [ -f "$T/plain/2.eml" ]
ok $? "two mails go out, each with one recipient"
grep -q "^<$from>" "$T/plain/1.env" && grep -qx a@unit.example "$T/plain/1.env"
ok $? "the envelope sender is the from address"
python3 - "$T/plain/1.eml" <<'EOF'
import email, email.policy, sys
m = email.message_from_bytes(open(sys.argv[1], "rb").read(),
                             policy=email.policy.default)
assert m["subject"] == "Đề nghị gửi báo cáo", m["subject"]
assert m["from"].addresses[0].display_name == "Ban Xây dựng Đảng"
assert m.get_content().replace("\r\n", "\n") == "Kính gửi:\n.\nmột dòng chấm\n"
assert not m.defects and not m["from"].defects
EOF
ok $? "an independent reader finds the same subject, name and text"
kill "$sink_pid"

# ---- one recipient's trouble is not the next one's
sink rcpt "bad@unit.example=550 5.1.1 no such user" \
    "full@unit.example=450 4.2.2 mailbox full"
send rcpt.out "$url" "" "" "" "$from" bad@unit.example full@unit.example \
    good@unit.example
grep -q '^1 failed 550 550 5.1.1' "$out"
ok $? "5xx for a recipient is final"
grep -q '^2 later 450' "$out"
ok $? "4xx for a recipient is for later"
grep -q '^3 sent' "$out"
ok $? "the next recipient still gets his mail"
kill "$sink_pid"

for rule in "greeting=421 busy|later" "greeting=554 go away|trouble" \
    "mail=451 later|later" "mail=530 login first|trouble" \
    "data=554 no|failed" "dot=451 later|later" "dot=552 too big|failed" \
    "dot=drop-after|uncertain" "data=drop|later"; do
    sink "f$n" "${rule%|*}"
    send fault.out "$url" "" "" "" "$from" a@unit.example
    grep -q "^1 ${rule#*|} " "$out"
    rc=$?
    ok $rc "${rule%|*}: ${rule#*|}"
    [ $rc -eq 0 ] || show "$out"
    kill "$sink_pid"
done

sink auth "auth=535 5.7.8 wrong"
send auth.out "$url" user geheim "" "$from" a@unit.example b@unit.example
grep -q '^1 trouble 535' "$out" && ! grep -q '^2' "$out"
ok $? "a refused password stops all sending and is called so"
! grep -q geheim "$out"
ok $? "the password is in no message"
kill "$sink_pid"
send gone.out "$url" "" "" "" "$from" a@unit.example
grep -q '^1 later 0' "$out"
ok $? "a server that is away is for later"

# ---- TLS
make_ca
cert good localhost 10
cert wrong other.example 10
sink tls --tls "$T/good.pem" "$T/good.key"
send tls.out "smtps://localhost:$port" user geheim "$T/ca.pem" "$from" a@unit.example
grep -q '^1 sent' "$out"
ok $? "smtps with a good certificate"
kill "$sink_pid"
sink tlsbad --tls "$T/wrong.pem" "$T/wrong.key"
send tlsbad.out "smtps://localhost:$port" user geheim "$T/ca.pem" "$from" a@unit.example
grep -q '^1 trouble 0' "$out" && [ ! -f "$T/tlsbad/1.eml" ]
ok $? "smtps with the wrong certificate is refused"
kill "$sink_pid"
sink starttls --starttls "$T/good.pem" "$T/good.key"
send starttls.out "smtp://localhost:$port" user geheim "$T/ca.pem" "$from" a@unit.example
grep -q '^1 sent' "$out"
ok $? "STARTTLS with a good certificate"
kill "$sink_pid"
sink nostarttls
send nostarttls.out "smtp://localhost:$port" user geheim "$T/ca.pem" "$from" a@unit.example
grep -q '^1 trouble' "$out" && [ ! -f "$T/nostarttls/1.eml" ]
ok $? "no STARTTLS where it is required: nothing is sent"
kill "$sink_pid"

# ---- maildir
send md.out "maildir:$T/out" "" "" "" "$from" a@unit.example
grep -q '^1 sent' "$out" && [ "$(find "$T/out/new" -type f | wc -l)" -eq 1 ]
ok $? "a maildir takes outgoing mail"

echo "1..$n"
exit $failed
