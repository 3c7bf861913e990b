# Mails of a clerk to a made-up office, and what comes back; sourced after
# lib-office.sh.
# shellcheck shell=bash
CLERK=vanthu@dangbo-thuynguyen.example
OFFICE=baocao@dangbo-thuynguyen.example
letters=0

# put OFFICE-NAME WHEN < MAIL: into the mailbox, received then
put() {
    local name
    name=$(date -d "$2" +%s).clerk$letters.test
    cat > "$T/$1/mail/tmp/$name"
    touch -d "$2" "$T/$1/mail/tmp/$name"
    mv "$T/$1/mail/tmp/$name" "$T/$1/mail/new/"
}
# write_as ADDRESS OFFICE-NAME WHEN SUBJECT [HEADER…] < BODY
write_as() {
    local from=$1 o=$2 when=$3 subject=$4
    shift 4
    letters=$((letters + 1))
    {
        printf 'From: %s\nTo: %s\nSubject: =?utf-8?B?%s?=\n' "$from" \
            "$OFFICE" "$(printf %s "$subject" | base64 -w0)"
        printf 'Message-ID: <clerk%s.%s@test.example>\nDate: %s\n' \
            "$letters" "$o" "$(date -R -d "$when")"
        [ $# -eq 0 ] || printf '%s\n' "$@"
        printf 'MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n'
        printf 'Content-Transfer-Encoding: 8bit\n\n'
        cat
    } | put "$o" "$when"
}
clerk() { # clerk OFFICE-NAME WHEN SUBJECT [HEADER…] < BODY
    write_as "$CLERK" "$@"
}

mailed() { # mailed OFFICE-NAME: mails of ours to the clerk, as JSON lines
    python3 "$SRC/tests/mailed.py" "$T/$1/outgoing" "$CLERK"
}
# link OFFICE-NAME MAIL-SUBJECT WORDS: subject of the newest such link, its
# text into $T/body; both are regular expressions
link() {
    mailed "$1" | python3 -c '
import json, re, sys
best = None
for line in sys.stdin:
    m = json.loads(line)
    if re.search(sys.argv[1], m["subject"]):
        hits = [k for k in m["links"] if re.search(sys.argv[2], k["words"])]
        best = hits[0] if hits else best
if best is None:
    sys.exit("no link %r in a mail %r" % (sys.argv[2], sys.argv[1]))
open(sys.argv[3], "w").write(best["body"])
print(best["subject"])' "$2" "$3" "$T/body"
}
# click OFFICE-NAME WHEN MAIL-SUBJECT WORDS: the clerk clicks and sends
click() {
    local subject
    subject=$(link "$1" "$3" "$4") || return 1
    clerk "$1" "$2" "$subject" < "$T/body"
}
# enclose OFFICE-NAME WHEN SUBJECT FILE < BODY: the clerk sends a file
enclose() {
    local o=$1 when=$2
    letters=$((letters + 1))
    python3 -c '
import email.message, email.utils, os, sys
clerk, office, subject, name, number, date = sys.argv[1:]
m = email.message.EmailMessage()
m["From"], m["To"], m["Subject"] = clerk, office, subject
m["Message-ID"] = "<clerk%s@test.example>" % number
m["Date"] = date
m.set_content(sys.stdin.read())
with open(name, "rb") as f:
    m.add_attachment(f.read(), maintype="application", subtype="vnd.openxml"
                     "formats-officedocument.wordprocessingml.document",
                     filename=os.path.basename(name))
sys.stdout.buffer.write(m.as_bytes())' "$CLERK" "$OFFICE" "$3" "$4" \
        "$letters.$o" "$(date -R -d "$when")" | put "$o" "$when"
}
