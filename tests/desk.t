#!/bin/bash
# The clerk's desk on the command line: decisions and their undo, what a
# rehearsal leaves alone, slips of the pen, colours, published copies.
# shellcheck disable=SC1091
. "$SRC/tests/lib-unprivileged.sh"
set -u
. "$SRC/tests/lib-office.sh"
tn() { "$BUILD/tiepnhan" -c "$T/a/etc/tiepnhan.conf" "$@"; }
now=2026-05-14T17:00:00+07:00

echo 1..29
new_office a
mkdir "$T/share"
sed -i "s|^publish =.*|publish = $T/share|" "$T/a/etc/tiepnhan.conf"
deliver a 2026-05-14T16:30:00+07:00
round a 2026-05-14T16:30:00+07:00
state() { # of everything that a decision may change
    tn status --json --now $now | sed '/"last_fetch"/d'
    tn list --json --now $now
}
# decisions that each change something, and whose undo changes it back
cat > "$T/decisions" << 'EOS'
assign d5a1e3 TDP17
assign 2051db MTTQ CD CCB
accept 2f3b52
return 783581 --reason x --until 2026-05-20
not-a-report 783581
add --unit TDP02 --channel zalo
excuse TDP03
excuse DN-MM --section V
extend TDP04 2026-05-20
EOS
state > "$T/before"
while read -r words; do
    # shellcheck disable=SC2086
    tn $words -n --now $now > "$T/out" 2>&1 || echo "$words: -n failed"
    state | cmp -s - "$T/before" || echo "$words: a rehearsal changed it"
done < "$T/decisions" > "$T/why"
[ ! -s "$T/why" ]
ok $? "a rehearsal changes nothing" "$T/why"

while read -r words; do
    # shellcheck disable=SC2086
    event=$(tn $words --json --now $now | python3 -c \
        'import json, sys; print(json.load(sys.stdin)["event"])')
    state > "$T/after"
    cmp -s "$T/after" "$T/before" && echo "$words: changed nothing"
    python3 - "$T/after" << 'EOS' || echo "$words: counts"
import json, sys
c = json.JSONDecoder().raw_decode(open(sys.argv[1]).read())[0]["counts"]
sys.exit(c["units"] != c["submitted"] + c["not_submitted"] + c["excused"] or
         c["submitted"] != c["on_time"] + c["late"] or c["submitted"] !=
         c["complete"] + c["incomplete"] + c["unreadable"] + c["in_review"])
EOS
    tn undo "$event" --now $now > "$T/out" 2>&1 || echo "undo: $words"
    state > "$T/after"
    cmp -s "$T/after" "$T/before" || {
        echo "$words: undo left a trace"
        diff "$T/before" "$T/after" | head -n 5
    }
done < "$T/decisions" > "$T/why"
[ ! -s "$T/why" ]
ok $? "each decision counts at once, adds up, and can be taken back" "$T/why"
tn verify > "$T/out" 2>&1
ok $? "the chain is sound after all of them" "$T/out"

wrong() { # wrong STATUS WORDS-WANTED VERB…
    local want=$1 says=$2
    shift 2
    tn "$@" --now $now > "$T/out" 2>&1
    [ $? -eq "$want" ] && grep -qF -- "$says" "$T/out"
    ok $? "$1: $says" "$T/out"
}
wrong 66 'ý là TDP05, TDP15' excuse TDP5
wrong 66 'TDP01, TDP02, TDP03' extend TDP0 2026-05-20
wrong 66 'không có thư nào mang mã "abcdef"' accept abcdef
wrong 64 'right would be' extend TDP01 2026-13-01
wrong 64 '--reason TEXT is wanted' return 783581
wrong 64 '--reason TEXT is wanted' return 783581 --reason ''
wrong 64 '--section: right would be' excuse TDP01 --section ''
wrong 65 'is no id' campaign new "$samples/letters/cong-van-dan-chu.docx" --id ../x -n
wrong 75 'No space left' status --html /dev/full
tn status --html /dev/stdout --now $now 2> "$T/out" | grep -q '</html>'
ok $? "a page may go to a device" "$T/out"
{ tn status --html - --now $now; echo $? > "$T/out"; } 2> "$T/why" | head -c 10 \
    > /dev/null
[ "$(cat "$T/out")" = 0 ] && [ ! -s "$T/why" ]
ok $? "a reader of the page may stop early" "$T/why"
wrong 65 'đề cương không có mục này' excuse TDP01 --section IX
wrong 65 'thời điểm nhận ở sau hiện tại' add --unit TDP01 --received 2026-05-14T17:01
truncate -s 80M "$T/large"
wrong 65 'larger than a mail may be' inject "$T/large"
wrong 65 'larger than a mail may be' add "$T/large" --unit TDP01
wrong 64 '--register is a form of its own' list --register --json
wrong 65 'không có sự kiện này' undo 999999
tn extend 'hội  Phụ nữ phường' 2026-05-20 -n --now $now > "$T/out" 2>&1
ok $? "a unit may be named instead of its code" "$T/out"

# one file that two units handed in, each in its own way
cp "$samples/reports/bc-cb-tdp05.docx" "$T/joint.docx"
tn add "$T/joint.docx" --unit TDP10 --channel usb \
    --received 2026-05-12T09:00 --now $now > "$T/out" 2>&1
event=$(tn add "$T/joint.docx" --unit TDP11 --channel zalo \
    --received 2026-05-13T10:00 --json --now $now |
    sed -n 's/.*"event": *\([0-9]*\).*/\1/p')
ways() {
    tn status --json --now $now | python3 -c '
import json, sys
for u in json.load(sys.stdin)["units"]:
    if u["code"] in ("TDP10", "TDP11"):
        print(u["code"], u["channel"], u["received"])'
}
ways > "$T/have"
tn undo "$event" --now $now > /dev/null
ways >> "$T/have"
cat > "$T/want" << 'EOS'
TDP10 usb 2026-05-12T09:00:00+07:00
TDP11 zalo 2026-05-13T10:00:00+07:00
TDP10 usb 2026-05-12T09:00:00+07:00
TDP11  
EOS
same "a file entered for two units counts for both" "$T/want" "$T/have"
event=$(sed -n 's/.*USB .*!\([0-9]*\)$/\1/p' \
    "$T/a/state/status/status.log" | tail -n 1)
tn undo "$event" --now $now > "$T/out" 2>&1 &&
    ! tn list --needs-clerk --now $now | grep -q '/2026 17:00  -' &&
    tn list --now $now | grep -q 'ghi nhận tệp này đã được hoàn tác'
ok $? "a file whose entering was taken back asks nobody" "$T/out"

# a file that is no document: handed in, but nobody can tell what is in it
printf 'STT,Nội dung\n1,x\n' > "$T/list.csv"
event=$(tn add "$T/list.csv" --unit TDP02 --channel zalo --json --now $now |
    sed -n 's/.*"event": *\([0-9]*\).*/\1/p')
tn status --json --now $now | python3 -c '
import json, sys
u = {x["code"]: x for x in json.load(sys.stdin)["units"]}["TDP02"]
assert u["submitted"] and u["content"] == "unreadable", u
assert u["file"] == "list.csv" and u["channel"] == "zalo", u' 2> "$T/why"
ok $? "an entered file of another kind is not taken for complete" "$T/why"
tn undo "$event" --now $now > /dev/null

# colours on a terminal only, and not where they are not wanted
terminal() { # terminal ENVIRONMENT…
    env TERM=xterm "$@" python3 - "$BUILD/tiepnhan" \
        "$T/a/etc/tiepnhan.conf" $now << 'EOS'
import os, pty, sys
out = b""
def read(fd):
    global out
    data = os.read(fd, 65536)
    out += data
    return data
null = os.open("/dev/null", os.O_WRONLY)
os.dup2(null, 1)
pty.spawn([sys.argv[1], "-c", sys.argv[2], "status", "--now", sys.argv[3]],
          read)
sys.exit(0 if b"\033[" in out else 1)
EOS
}
terminal COLUMNS=80
ok $? "a terminal has colours"
terminal NO_COLOR=1
[ $? -eq 1 ]
ok $? "NO_COLOR has none"
tn status --now $now | python3 -c '
import sys, unicodedata
for line in sys.stdin.read().split("\n"):
    if len([c for c in line if not unicodedata.combining(c)]) > 80 or \
            "\033" in line:
        print(line)' > "$T/why"
[ ! -s "$T/why" ]
ok $? "in a pipe there are none, and no line over 80 columns" "$T/why"

round a $now
for f in dan-chu.html dan-chu.csv index.html status.log; do
    cmp "$T/share/$f" "$T/a/state/status/$f" || echo "$f"
    [ "$(stat -c %a "$T/a/state/status/$f")" = 640 ] || echo "$f: mode"
done > "$T/why" 2>&1
[ ! -s "$T/why" ]
ok $? "publish has copies of page, table, index and log" "$T/why"
rm -r "$T/share"
round a 2026-05-14T17:10:00+07:00
[ $? -ne 70 ] && [ ! -e "$T/share" ] && grep -q 'share' "$T/a/log"
ok $? "a share that is away is told in the log and not made" "$T/a/log"
