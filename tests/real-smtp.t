#!/bin/bash
# tiepnhan-send against OpenSMTPD, which only root can start; the worker
# itself runs as nobody. Skipped elsewhere. Plain on loopback: Debian 12's
# OpenSMTPD cannot serve TLS (its key process fails with OpenSSL 3); TLS is
# tried in net-smtp.t.
# shellcheck disable=SC1091
set -u
if [ "$(id -u)" -ne 0 ] || ! command -v smtpd > /dev/null; then
    echo "1..0 # SKIP needs root and OpenSMTPD"
    exit 0
fi
. "$SRC/tests/lib-net.sh"
chmod 755 "$T"
port=$(free_port)
mkdir "$T/box"
chown nobody: "$T/box"
printf '@ nobody\n' > "$T/virtual"
printf 'refused@unit.example\n' > "$T/refused"
cat > "$T/smtpd.conf" <<EOF
table people file:$T/virtual
table unwanted file:$T/refused
queue ttl 1h
listen on 127.0.0.1 port $port hostname localhost
action "box" maildir "$T/box" virtual <people>
match from any for rcpt-to <unwanted> reject
match from any for any action "box"
EOF
smtpd -dv -f "$T/smtpd.conf" > "$T/smtpd.log" 2>&1 &
pids="$pids $!"
wait_for_port "$port" || { show "$T/smtpd.log"; echo "Bail out! smtpd"; exit 1; }

send() {
    setpriv --reuid=65534 --regid=65534 --clear-groups \
        timeout 60 "$BUILD/tests/tool-send" "$@" > "$T/out" 2>&1
}
delivered() {
    for _ in $(seq 50); do
        [ "$(find "$T/box" -path '*/new/*' -type f | wc -l)" -ge "$1" ] && return 0
        sleep 0.1
    done
    return 1
}
send "smtp://localhost:$port" "" "" "" baocao@office.example \
    a@unit.example b@unit.example
[ "$(grep -c ' sent 250' "$T/out")" -eq 2 ]
rc=$?
ok $rc "OpenSMTPD takes two mails on one connection"
[ $rc -eq 0 ] || { show "$T/out"; tail -n 20 "$T/smtpd.log" | sed "s/^/# /"; }
delivered 2
ok $? "both are delivered"
mail=$(find "$T/box" -path '*/new/*' -type f | head -n 1)
python3 - "$mail" <<'EOF'
import email, email.policy, sys
m = email.message_from_bytes(open(sys.argv[1], "rb").read(),
                             policy=email.policy.default)
assert m["subject"] == "Đề nghị gửi báo cáo", m["subject"]
assert "baocao@office.example" in m["return-path"], m["return-path"]
assert m["auto-submitted"] == "auto-generated"
EOF
ok $? "what arrives reads as it was written"
send "smtp://localhost:$port" "" "" "" \
    baocao@office.example refused@unit.example c@unit.example
grep -q '^1 failed 5' "$T/out" && grep -q '^2 sent 250' "$T/out"
rc=$?
ok $rc "one refused recipient does not harm the next"
[ $rc -eq 0 ] || { show "$T/out"; tail -n 20 "$T/smtpd.log" | sed "s/^/# /"; }

echo "1..$n"
exit $failed
