#!/bin/bash
# Many mails of one sender in a day: all are received, the rest is read
# tomorrow, the clerk is told once, and nobody else waits.
# shellcheck disable=SC1091
. "$SRC/tests/lib-unprivileged.sh"
set -u
. "$SRC/tests/lib-office.sh"

echo "1..9"
new_office a small
many=${MAILS:-230}
day=2026-05-13
put() { # put NAME FROM TIME BODY
    printf 'From: Máy <%s>\r\nTo: baocao@p.example\r\nSubject: %s\r\nMessage-ID: <%s@x>\r\n\r\n%s\r\n' \
        "$2" "$1" "$1" "$4" > "$T/a/mail/new/$1"
    touch -d "$3" "$T/a/mail/new/$1"
}
for i in $(seq "$many"); do
    put "1.$i.m" may@noi-khac.example "$day 09:00:00 +0700" "thư $i"
done
put 2.one.m cb.tdp05@thuynguyen.example "$day 09:30:00 +0700" "Kính hỏi hạn nộp"
round a ${day}T10:00:00+07:00
[ $? -eq 75 ]
ok $? "something is left for later" "$T/a/log"

count() { # count STATE NOW
    ledger a "$2" | grep -c "\"state\": \"$1\""
}
[ "$(ledger a ${day}T10:00:00+07:00 | grep -c '"sha256"')" -eq $((many + 1)) ]
ok $? "every mail is received"
[ "$(count deferred ${day}T10:00:00+07:00)" -eq $((many - 200)) ]
ok $? "$((many - 200)) of one sender wait" "$T/a/log"
"$BUILD/tiepnhan" -c "$T/a/etc/tiepnhan.conf" list --now ${day}T10:00:00+07:00 |
    grep -q 'cb.tdp05@thuynguyen.example'
ok $? "the other's is read"
log=$T/a/state/status/status.log
[ "$(grep -c 'CẦN XEM.*từ may@noi-khac.example.*quá nhiều thư trong ngày' "$log")" -eq 1 ]
ok $? "the clerk is told, in one line" "$log"
round a ${day}T10:05:00+07:00
[ "$(grep -c 'quá nhiều thư trong ngày' "$log")" -eq 1 ] &&
    [ "$(grep -c 'more than 200 mails of a day from may@noi-khac.example' "$T/a/log")" -eq 1 ]
ok $? "and not again; the journal has a line too" "$T/a/log"

"$BUILD/tiepnhan" -c "$T/a/etc/tiepnhan.conf" queue --now ${day}T10:06:00+07:00 > "$T/queue"
[ "$(grep -c 'quá nhiều thư trong ngày' "$T/queue")" -eq $((many - 200)) ]
ok $? "queue has them with the reason" "$T/queue"
id=$(sed -n 's/^#\([0-9a-f]*\) .*quá nhiều.*/\1/p' "$T/queue" | head -n 1)
"$BUILD/tiepnhan" -c "$T/a/etc/tiepnhan.conf" retry "$id" --now ${day}T10:07:00+07:00 > "$T/out" 2>&1
[ "$(count deferred ${day}T10:08:00+07:00)" -eq $((many - 201)) ]
ok $? "retry reads one of them at once" "$T/out"

round a 2026-05-14T00:01:00+07:00
[ "$(count deferred 2026-05-14T00:02:00+07:00)" -eq 0 ]
ok $? "the next day reads the rest" "$T/a/log"
