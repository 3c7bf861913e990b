#!/bin/bash
# tiepnhan-fetch against a real Dovecot with TLS, and against a maildir.
# shellcheck disable=SC1091,SC2012
. "$SRC/tests/lib-unprivileged.sh"
set -u
if ! command -v dovecot > /dev/null; then
    echo "1..0 # SKIP no dovecot"
    exit 0
fi
. "$SRC/tests/lib-net.sh"

fetch() { # fetch OUTPUT ARGUMENTS…
    out=$T/$1
    shift
    "$BUILD/tests/tool-fetch" "$@" > "$out" 2>&1
}
new_spool() {
    mkdir -p "$T/$1/tmp" "$T/$1/incoming"
}

make_ca
cert good localhost 10
cert wrong other.example 10
cert self localhost 10 self
cert expired localhost -1

# ---- certificates: only the good one is ever given the password
for kind in good wrong self expired; do
    dovecot_start "$kind" "$kind"
    new_spool "spool-$kind"
    fetch "$kind.out" "imaps://localhost:$port" reader secret "$T/ca.pem" \
        "$T/spool-$kind" INBOX
    rc=$?
    kill "$dovecot_pid"
    if [ "$kind" = good ]; then
        [ $rc -eq 0 ]
        ok $? "a good certificate is accepted"
    else
        [ $rc -ne 0 ] && grep -q '^trouble .*trouble=2' "$out" &&
            ! grep -q 'imap-login: Info: Login:\|user=<reader>' "$T/$kind/log"
        rc=$?
        ok $rc "a $kind certificate is refused before the password is sent"
    fi
    [ $rc -eq 0 ] || { show "$out"; show "$T/$kind/log"; }
done

# ---- a mailbox with the sample mails
dovecot_start box good
url="imaps://localhost:$port"
i=0
for m in "$SRC"/tests/samples/mail/*.eml; do
    i=$((i + 1))
    cp "$m" "$T/box/mail/new/$((1778000000 + i)).m$i.test"
done
total=$i
new_spool spool
fetch all.out "$url" reader secret "$T/ca.pem" "$T/spool" INBOX
[ "$(grep -c ^message "$out")" -eq "$total" ]
ok $? "every mail of the mailbox is fetched ($total)"
[ "$(ls "$T/spool/incoming" | wc -l)" -eq "$total" ] &&
    [ -z "$(ls "$T/spool/tmp")" ]
ok $? "each lies in incoming/, nothing is left in tmp/"
bad=0
for m in "$SRC"/tests/samples/mail/*.eml; do
    # the server turns line ends into CRLF
    sum=$(sed 's/\r$//; s/$/\r/' "$m" | sha256sum | cut -d' ' -f1)
    [ -f "$T/spool/incoming/$sum.eml" ] || bad=$((bad + 1))
done
[ $bad -eq 0 ]
ok $? "the bytes are the server's, named by their hash"
[ -z "$(find "$T/box/mail/cur" -name '*:2,*S*')" ]
ok $? "no mail was marked as read"
validity=$(sed -n 's/^folder .*validity=\([0-9]*\).*/\1/p' "$out")
next=$(sed -n 's/^folder-done .*next=\([0-9]*\).*/\1/p' "$out")
[ "$next" -eq $((total + 1)) ]
ok $? "the mark stands behind the last mail"

fetch again.out "$url" reader secret "$T/ca.pem" "$T/spool" \
    "INBOX:$validity:$next"
! grep -q ^message "$out" && grep -q ^round-done "$out"
ok $? "a second look with the mark fetches nothing"
fetch validity.out "$url" reader secret "$T/ca.pem" "$T/spool" \
    "INBOX:$((validity + 1)):$next"
[ "$(grep -c ^message "$out")" -eq "$total" ]
ok $? "a changed UIDVALIDITY looks at everything again"
fetch retry.out "$url" reader secret "$T/ca.pem" "$T/spool" \
    "INBOX:$validity:$next:3,9999"
grep -q '^message .*uid=3 ' "$out" && grep -q '^gone .*uid=9999 ' "$out"
ok $? "single UIDs are tried again, one that is gone is named"
MAX_BYTES=20000 fetch big.out "$url" reader secret "$T/ca.pem" \
    "$T/spool" INBOX
grep -q ^refused "$out" && grep -q ^message "$out" && grep -q ^round-done "$out"
ok $? "too large a mail is refused by its size, the rest comes"
SINCE=$(($(date +%s) + 5 * 86400)) fetch since.out "$url" reader secret \
    "$T/ca.pem" "$T/spool" INBOX
! grep -q ^message "$out"
ok $? "mail from before the configured day is not looked at"
fetch folder.out "$url" reader secret "$T/ca.pem" "$T/spool" INBOX Nowhere
grep -q '^trouble .*trouble=8 .*Nowhere' "$out" && grep -q ^message "$out"
ok $? "a folder that is missing is named, the others are read"
fetch password.out "$url" reader wrong "$T/ca.pem" "$T/spool" INBOX
rc=$?
[ $rc -ne 0 ] && grep -q '^trouble .*trouble=3' "$out"
ok $? "a wrong password is called so"

# ---- marks, only where asked for
AFTER=keyword:TiepNhan MARKS="0:$validity:2" fetch mark.out "$url" reader \
    secret "$T/ca.pem" "$T/spool" "INBOX:$validity:$next"
grep -q '^marked .*uid=2 ' "$out" && grep -q TiepNhan "$T/box/mail/dovecot-keywords"
ok $? "a keyword is set on what the daemon asks for"
mkdir -p "$T/box/mail/.Lưu/new" "$T/box/mail/.L&AbA-u/"{new,cur,tmp}
rmdir "$T/box/mail/.Lưu/new" "$T/box/mail/.Lưu"
AFTER=move:Lưu MARKS="0:$validity:4" fetch move.out "$url" reader secret \
    "$T/ca.pem" "$T/spool" "INBOX:$validity:$next"
grep -q '^marked .*uid=4 ' "$out" &&
    [ -n "$(find "$T/box/mail/.L&AbA-u/" -name "*M*P*" -type f)" ]
rc=$?
ok $rc "a mail moves to a folder with a Vietnamese name"
[ $rc -eq 0 ] || { show "$out"; ls -Ra "$T/box/mail" | sed 's/^/# /'; }

# ---- IDLE: a mail that arrives later is told without a new connection
POLL_MS=60000 STOP_AFTER_MS=6000 "$BUILD/tests/tool-fetch" "$url" reader \
    secret "$T/ca.pem" "$T/spool" "INBOX:$validity:$next" \
    > "$T/idle.out" 2>&1 &
idle_pid=$!
for _ in $(seq 50); do
    grep -q ^round-done "$T/idle.out" && break
    sleep 0.1
done
printf 'Subject: news\r\n\r\nIDLE\r\n' > "$T/box/mail/tmp/news.1.test"
mv "$T/box/mail/tmp/news.1.test" "$T/box/mail/new/"
wait $idle_pid
rc=$?
grep -q ^message "$T/idle.out" && [ "$(grep -c ^round-done "$T/idle.out")" -ge 2 ]
ok $? "IDLE brings a new mail"
[ $rc -eq 0 ]
ok $? "the worker leaves when asked to"
[ $rc -eq 0 ] || show "$T/idle.out"
kill "$dovecot_pid"

# ---- the secret stands nowhere
! grep -rqa "secret" "$T/spool" "$T"/*.out
ok $? "the password is in no file and no event"

# ---- maildir
mkdir -p "$T/md/new" "$T/md/cur" "$T/md/tmp"
new_spool spool-md
printf 'Subject: a\n\nx\n' > "$T/md/new/1.a.test"
printf 'Subject: b\n\nx\n' > "$T/md/cur/2.b.test:2,S"
touch -d '2026-05-12T08:00:00+07:00' "$T/md/new/1.a.test"
fetch md.out "maildir:$T/md" "" "" "" "$T/spool-md"
[ "$(grep -c ^message "$out")" -eq 2 ] &&
    grep -q '^message .*received=1778547600 .*name=1.a.test' "$out"
ok $? "a maildir's mails are copied with the time of their files"
SEEN="1.a.test" fetch md2.out "maildir:$T/md" "" "" "" "$T/spool-md"
[ "$(grep -c ^message "$out")" -eq 1 ] && grep -q 'name=2.b.test' "$out"
ok $? "a known name is not copied again, whatever its flags"
[ -f "$T/md/new/1.a.test" ] && [ -f "$T/md/cur/2.b.test:2,S" ]
ok $? "the maildir itself is left as it was"
ln -s /etc/passwd "$T/md/new/3.c.test"
fetch md3.out "maildir:$T/md" "" "" "" "$T/spool-md"
! grep -q '3.c.test' "$out"
ok $? "a symbolic link in a maildir is no mail"

echo "1..$n"
exit $failed
