#!/bin/bash
# The first hour: init asks, tries the servers and writes; doctor looks at
# everything outside through the workers. Against a real Dovecot with TLS
# and a scripted SMTP server.
# shellcheck disable=SC1091
. "$SRC/tests/lib-unprivileged.sh"
set -u
if ! command -v dovecot > /dev/null; then
    echo "1..0 # SKIP no dovecot"
    exit 0
fi
. "$SRC/tests/lib-net.sh"
export TIEPNHAN_DATADIR="$BUILD/data"
tiepnhan=$BUILD/tiepnhan

make_ca
cert good localhost 90
cert soon localhost 5
cert wrong other.example 90
dovecot_start box good
imap=$port
mkdir -p "$T/box/mail/.Junk/new" "$T/box/mail/.Junk/cur" "$T/box/mail/.Junk/tmp"
set -- "$SRC"/tests/samples/mail/*.eml
cp "$1" "$T/box/mail/new/1778000001.m1.test"
smtp_sink_start "$T/sunk" --tls "$T/good.pem" "$T/good.key"
smtp=$port

# answers PASSWORD CLERK: what an administrator would type
answers() {
    printf '%s\n' "Đảng ủy phường Thủy Nguyên" "Ban Xây dựng Đảng" \
        "đồng chí Nguyễn Văn A" "0225 000 100" "$2" \
        "localhost:$imap" baocao@office.example "$1" "$T/ca.pem" \
        "" "localhost:$smtp" "" "" "" "" "$T/office/state"
}

# ---- init
answers secret vanthu@office.example |
    $tiepnhan -c "$T/dry/tiepnhan.conf" init -n > "$T/out" 2> "$T/err"
[ $? -eq 0 ] && grep -q '^name = Đảng ủy phường' "$T/out" && [ ! -e "$T/dry" ]
ok $? "init -n shows the configuration and writes nothing"

answers wrong vanthu@office.example | head -n 10 |
    $tiepnhan -c "$T/office/tiepnhan.conf" init > "$T/out" 2> "$T/err"
rc=$?
[ $rc -eq 64 ] && grep -q 'FAIL mailbox:' "$T/out" &&
    grep -q 'check `user` and the password' "$T/out" && [ ! -e "$T/office" ]
ok $? "a wrong password is found before anything is written"
[ $rc -eq 64 ] || show "$T/err"

answers secret vanthu@office.example |
    $tiepnhan -c "$T/office/tiepnhan.conf" init > "$T/out" 2> "$T/err"
rc=$?
ok $rc "with the right answers it is done"
[ $rc -eq 0 ] || { show "$T/out"; show "$T/err"; }
conf=$T/office/tiepnhan.conf
[ "$(stat -c %a "$conf" "$T/office/credentials/mailbox-password" \
    "$T/office/credentials" | tr '\n' ' ')" = "640 600 700 " ]
ok $? "the password is its owner's alone"
[ "$(cat "$T/office/credentials/outgoing-password")" = secret ] &&
    ! grep -rq secret "$conf"
ok $? "and does not stand in the configuration"
grep -q '^# gets the daily summary' "$conf" &&
    $tiepnhan -c "$conf" config show > "$T/out" &&
    grep -q "^url = smtps://localhost:$smtp$" "$T/out" &&
    grep -q '^from = Ban Xây dựng Đảng <baocao@office.example>' "$T/out"
ok $? "the configuration has its comments, and what was proposed"
grep -q '^folders = INBOX, Junk$' "$conf"
ok $? "the folders are those that the server has"
{ answers secret vanthu | head -n 5; } |
    $tiepnhan -c "$T/dry/tiepnhan.conf" init > "$T/out" 2> "$T/err"
grep -q 'no mail address' "$T/err" && ! grep -q 'Mailbox: ' "$T/err"
ok $? "what cannot be right is asked again at once"
{ answers secret vanthu@office.example | head -n 8; echo ca.pem
    echo "$T/none.pem"; } |
    $tiepnhan -c "$T/dry/tiepnhan.conf" init > "$T/out" 2> "$T/err"
grep -q 'whole path' "$T/err" && grep -q 'none.pem cannot be read' "$T/err"
ok $? "a certificate's file too"
{ answers secret vanthu@office.example | head -n 10
    printf '%s\n' localhost:587 "" "" "" "" n "$T/office/state"; } |
    $tiepnhan -c "$T/dry/tiepnhan.conf" init -n > "$T/out" 2> "$T/err"
grep -q '^url = smtp://localhost:587$' "$T/out"
ok $? "port 587 means STARTTLS; what does not answer may be taken all the same"
mkdir "$T/locked" && chmod 555 "$T/locked"
answers secret vanthu@office.example |
    $tiepnhan -c "$T/locked/tiepnhan.conf" init > "$T/out" 2> "$T/err"
[ $? -eq 77 ] && grep -q 'run: sudo tiepnhan init' "$T/err" &&
    ! grep -q 'Name of the office' "$T/err"
ok $? "who may not write is told before the first question"
[ ! -e "$T/sunk/1.eml" ] && [ -e "$T/box/mail/new/1778000001.m1.test" ]
ok $? "nothing was sent, and nothing changed in the mailbox"
answers secret a@b.example | $tiepnhan -c "$conf" init > "$T/out" 2>&1
[ $? -eq 78 ] && grep -q 'is there already' "$T/out"
ok $? "a configuration that is there is not touched"

# ---- doctor
cp "$SRC/docs/examples/units.csv" "$T/office/"
doctor() { # doctor OUTPUT [OPTION…]
    out=$T/$1
    shift
    timeout 120 "$tiepnhan" -c "$conf" doctor "$@" > "$out" 2>&1
}
doctor fine
rc=$?
[ $rc -eq 0 ] && ! grep -q ^FAIL "$out"
ok $? "a healthy office has no failures"
[ $rc -eq 0 ] || show "$out"
missing=
for check in configuration units calendar clock "time zone" disk secrets jail \
    state mailbox folders outgoing; do
    grep -qE "^(ok|warn) +$check " "$out" || missing="$missing $check"
done
[ -z "$missing" ]
ok $? "every check has its line"
[ -z "$missing" ] || { echo "# missing:$missing"; show "$out"; }
grep -q 'certificate is good until' "$out" && grep -q 'Junk: 0 mails' "$out" &&
    grep -q 'INBOX: 1 mails' "$out" && ! grep -qw secret "$out"
rc=$?; ok $rc "certificate and folders are told, the password is not"; [ $rc -eq 0 ] || show "$out"
doctor json --json &&
    python3 - "$out" << 'PY'
import json, sys
rows = json.load(open(sys.argv[1]))
assert {r["result"] for r in rows} <= {"ok", "warn"}, rows
assert all(r["todo"] for r in rows if r["result"] != "ok")
assert [r for r in rows if r["check"] == "jail" and "seccomp" in r["text"]]
PY
ok $? "as JSON too; each warning says what to do"

# fails CHECK WORDS CODE NAME: doctor finds it, says what to do
fails() {
    doctor bad
    rc=$?
    [ $rc -eq "$3" ] && grep -qE "^FAIL +$1 .*($2)" "$out" &&
        grep -A1 -E "^FAIL +$1 " "$out" | grep -q -- '->'
    rc=$?
    ok $rc "$4"
    [ $rc -eq 0 ] || show "$out"
}
# with CHANGE COMMAND…: under a configuration changed by sed
with() {
    cp "$conf" "$T/saved.conf"
    sed -i "$1" "$conf"
    shift
    "$@"
    cp "$T/saved.conf" "$conf"
}
with 's/^folders = .*/folders = INBOX, Không có/' \
    fails folders 'Không có' 78 "a folder that is not there is named"
with "s|^ca_file = .*|ca_file =|" \
    fails mailbox 'certificate|SSL' 69 "an unknown authority is a failure"
with 's|^poll = .*|poll = often|' true
sed -i 's|^poll = .*|poll = often|' "$conf"
doctor bad
[ $? -eq 78 ] && grep -q 'tiepnhan.conf:[0-9]*: poll: ' "$out"
ok $? "a wrong configuration is told with its line, 78"
cp "$T/saved.conf" "$conf"
chmod 644 "$T/office/credentials/mailbox-password"
fails secrets 'mode 0644' 78 "a password that others may read is a failure"
chmod 600 "$T/office/credentials/mailbox-password"
cp "$T/office/credentials/mailbox-password" "$T/kept"
printf 'wrong\n' > "$T/office/credentials/mailbox-password"
fails mailbox '.' 77 "a wrong password is told"
cp "$T/kept" "$T/office/credentials/mailbox-password"
mkdir "$T/office/holidays"
echo "off 2020-01-01 Tết Dương lịch" > "$T/office/holidays/old.txt"
doctor calendar
[ $? -eq 0 ] && grep -qE "^warn +calendar .*$(date +%Y)" "$out" &&
    grep -q "$(date +%Y).txt" "$out"
ok $? "a year without a calendar is a warning with the line to write"
rm -r "$T/office/holidays"

kill "$sink_pid"
fails outgoing 'refused|connect' 69 "an SMTP server that is down"
smtp_try() { # smtp_try NAME CODE WORDS ARGUMENTS…
    local name=$1 code=$2 words=$3
    smtp_sink_start "$T/sunk" "${@:4}"
    with "s|^url = smtps:.*|url = smtps://localhost:$port|" \
        fails outgoing "$words" "$code" "$name"
    kill "$sink_pid"
}
smtp_try "one that refuses the password" 77 '535' \
    --tls "$T/good.pem" "$T/good.key" "auth=535 5.7.8 wrong"
smtp_try "one with another's certificate" 69 'certificate|subject|SSL' \
    --tls "$T/wrong.pem" "$T/wrong.key"
smtp_try "one that is busy" 69 '421' \
    --tls "$T/good.pem" "$T/good.key" "greeting=421 busy"
smtp_sink_start "$T/sunk" --tls "$T/soon.pem" "$T/soon.key"
sed -i "s|^url = smtps:.*|url = smtps://localhost:$port|" "$conf"
doctor soon
[ $? -eq 0 ] && grep -qE '^warn +outgoing .*certificate ends on' "$out"
rc=$?; ok $rc "a certificate that ends soon is a warning"; [ $rc -eq 0 ] || show "$out"

# ---- an office with a state
"$BUILD/tiepnhand" --once -c "$conf" 2> "$T/err"
doctor after
[ $? -eq 0 ] && grep -q 'last complete fetch 20' "$out"
ok $? "after a round the state is looked at too"
state=$T/office/state/tiepnhan.db
! grep -q 'behind the mail server' "$out"
ok $? "mail that was received before it was taken says nothing of the clock"
sqlite3 "$state" 'UPDATE mail SET received_utc = taken_utc + 1260'
doctor behind
[ $? -eq 0 ] && grep -qE "^warn +clock .*at least 21 minutes behind" "$out" &&
    grep -A1 'minutes behind' "$out" | grep -q 'timedatectl set-ntp true'
ok $? "mail taken before the server had it: the clock here is behind" || show "$out"
sqlite3 "$T/office/state/tiepnhan.db" 'PRAGMA user_version = 99'
fails state 'newer' 78 "a database of a newer version is told"

# ---- credentials, as the unit hands them over
mkdir "$T/handed"
cp "$T/office/credentials/"* "$T/handed/"
sed '/^password_file/d' "$conf" > "$T/office/unit.conf"
CREDENTIALS_DIRECTORY=$T/handed $tiepnhan -c "$T/office/unit.conf" doctor \
    > "$T/out" 2>&1
grep -q '^ok    mailbox .*logged in' "$T/out" &&
    grep -q 'mailbox-password comes as a credential' "$T/out"
ok $? "a credential is used"
chmod 000 "$T/handed/mailbox-password"
CREDENTIALS_DIRECTORY=$T/handed $tiepnhan -c "$T/office/unit.conf" doctor \
    > "$T/out" 2>&1
grep -q '^FAIL  secrets .*Permission denied' "$T/out"
ok $? "one that cannot be read is told, not taken for none"
chmod 600 "$T/handed/mailbox-password"
echo > "$T/handed/mailbox-password"
CREDENTIALS_DIRECTORY=$T/handed $tiepnhan -c "$T/office/unit.conf" doctor \
    > "$T/out" 2>&1
grep -q '^warn  secrets .*no password of' "$T/out"
ok $? "the unit's empty one is none"

# a mailbox that is a folder: whatever user is named, nobody logs in
mkdir -p "$T/box/new" "$T/box/cur" "$T/box/tmp" "$T/out.box"
sed -e "s|^url = imaps:.*|url = maildir:$T/box|" \
    -e "s|^url = smtps:.*|url = maildir:$T/out.box|" \
    -e '/^password_file/d' -e '/^password_command/d' "$conf" \
    > "$T/office/folder.conf"
$tiepnhan -c "$T/office/folder.conf" doctor > "$T/out" 2>&1
grep -q "^ok    outgoing  *maildir:$T/out.box takes mail" "$T/out" &&
    ! grep -q 'no password of\|logged in' "$T/out"
rc=$?; ok $rc "folders want no password"; [ $rc -eq 0 ] || show "$T/out"

# ---- the first mistakes
"$BUILD/tiepnhand" -c "$T/none.conf" > "$T/out" 2>&1
[ $? -eq 78 ] && grep -q 'no configuration yet; sudo tiepnhan init' "$T/out"
ok $? "without a configuration tiepnhand says how to make one, 78"
$tiepnhan -c "$T/none.conf" status > "$T/out" 2>&1
[ $? -eq 78 ] && grep -q 'sudo tiepnhan init' "$T/out"
ok $? "so does tiepnhan"
chmod 000 "$T/saved.conf"
"$BUILD/tiepnhand" -c "$T/saved.conf" > "$T/out" 2>&1
[ $? -eq 77 ] &&
    grep -q "sudo -u tiepnhan $BUILD/tiepnhand -c $T/saved.conf" "$T/out"
ok $? "one that we may not read: 77 and the line that would work"
sed -e "s|^state = .*|state = /var/lib|" "$conf" > "$T/office/foreign.conf"
"$BUILD/tiepnhand" --once -c "$T/office/foreign.conf" > "$T/out" 2>&1
[ $? -eq 77 ] && grep -q "sudo -u root .*--once" "$T/out"
rc=$?; ok $rc "a state of another user: 77 and the line that would work"; [ $rc -eq 0 ] || show "$T/out"

echo "1..$n"
exit $failed
