#!/bin/bash
# Receipts: to whom, when, how many; and the requests for what is missing
# under each policy.
# shellcheck disable=SC1091
. "$SRC/tests/lib-unprivileged.sh"
set -u
. "$SRC/tests/lib-office.sh"

echo "1..17"
# mail NAME TIME SAMPLE [SED]: a sample mail, changed, received at that time
mail() {
    local file
    file=$(date -d "$2" +%s).$RANDOM.$3
    sed "${4:-}" "$samples/mail/$3.eml" > "$T/$1/mail/tmp/$file"
    touch -d "$2" "$T/$1/mail/tmp/$file"
    mv "$T/$1/mail/tmp/$file" "$T/$1/mail/new/"
}
# receipts NAME TIME: "state hour address" of each
receipts() {
    ledger "$1" "$2" | python3 -c '
import datetime, json, sys
tz = datetime.timezone(datetime.timedelta(hours=7))
for o in json.load(sys.stdin)["outgoing"]:
    if o["kind"] == "receipt":
        print(o["state"], o["to"], *o["units"])'
}
RANDOM=1
tdp05=cb.tdp05@thuynguyen.example
day=2026-05-09T # a Saturday: receipts go on any day
new_office a small
mail a ${day}21:30:00+07:00 m01-zimbra-web
round a ${day}21:31:00+07:00
receipts a ${day}21:31:00+07:00 > "$T/have"
echo "pending $tdp05 TDP05" > "$T/want"
same "a report of the evening has its receipt written" "$T/want" "$T/have"
round a ${day}23:59:00+07:00
round a 2026-05-10T05:59:00+07:00
[ -z "$(ls "$T/a/outgoing/new" 2> /dev/null)" ]
ok $? "none goes out at night"
round a 2026-05-10T06:00:00+07:00
receipts a 2026-05-10T06:00:00+07:00 > "$T/have"
echo "sent $tdp05 TDP05" > "$T/want"
same "it goes at six, on a Sunday too" "$T/want" "$T/have"
grep -rl '^Auto-Submitted: auto-replied' "$T/a/outgoing/new" > /dev/null
ok $? "marked as an answer"
id=$(sed -n 's/^Message-I[dD]: *\(<.*>\).*/\1/p' \
    "$samples/mail/m01-zimbra-web.eml" | tr -d '\r')
grep -rqF "In-Reply-To: $id" "$T/a/outgoing/new"
ok $? "to that mail"

# the same file again, then an automatic mail with one, then old mail
mail a 2026-05-10T08:00:00+07:00 m01-zimbra-web 's/^Message-I[dD]: </&x/'
mail a 2026-05-10T08:01:00+07:00 m04-gmail-web \
    '1s/^/Auto-Submitted: auto-replied\n/'
mail a 2026-05-06T08:00:00+07:00 m05-thunderbird
round a 2026-05-10T09:00:00+07:00
receipts a 2026-05-10T09:00:00+07:00 > "$T/have"
same "none for the same file, for automatic mail, for backlog" \
    "$T/want" "$T/have"

# four distinct files of one address in a day: three receipts
new_office b small
python3 - "$samples/mail/m01-zimbra-web.eml" "$T/b/mail/new" << 'PY'
import email, email.policy, glob, io, os, sys, zipfile
with open(sys.argv[1], "rb") as f:
    raw = f.read()
for i in range(5):
    m = email.message_from_bytes(raw, policy=email.policy.default)
    part = next(p for p in m.walk() if (p.get_filename() or "").endswith(
        ".docx"))
    # the same report, packed anew with one more unread part
    old = zipfile.ZipFile(io.BytesIO(part.get_payload(decode=True)))
    new = io.BytesIO()
    with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as z:
        for name in old.namelist():
            z.writestr(name, old.read(name))
        z.writestr(f"docProps/note{i}.xml", "<a/>")
    part.set_content(new.getvalue(), maintype="application",
                     subtype="octet-stream", filename=f"BC {i}.docx")
    m.replace_header("Message-ID", f"<{i}@thuynguyen.example>")
    path = f"{sys.argv[2]}/{i}"
    with open(path, "wb") as f:
        f.write(m.as_bytes())
    # the first on the evening before, the others on 11/5 at nine
    at = 1778464800 + i - 41400 * (i == 0)
    os.utime(path, (at, at))
PY
mv "$T/b/mail/new/"[1-4] "$T/b/mail/"
round b 2026-05-10T21:45:00+07:00
mv "$T/b/mail/"[1-4] "$T/b/mail/new/"
round b 2026-05-11T09:30:00+07:00
receipts b 2026-05-11T09:30:00+07:00 > "$T/have"
printf 'sent %s TDP05\n' $tdp05 $tdp05 $tdp05 > "$T/want"
same "three receipts a day and address, one of the night before with them" "$T/want" "$T/have"

# ---- what lacks sections: ask, auto, never
for policy in ask auto never; do
    new_office $policy
    edit $policy supplement $policy
    mail $policy 2026-05-12T09:12:00+07:00 m10-zip-late
    walk $policy 2026 05-12T10:00 05-12T16:30 05-13T10:00
    ledger $policy 2026-05-13T12:00:00+07:00 | python3 -c '
import json, sys
print(*sorted({o["kind"] for o in json.load(sys.stdin)["outgoing"]} &
              {"supplement", "supplement-list"}))' > "$T/have"
    case $policy in
    ask) echo supplement-list ;;
    auto) echo supplement ;;
    never) echo ;;
    esac > "$T/want"
    same "supplement = $policy" "$T/want" "$T/have"
done
# nobody has named a day to the unit: it has three working days
python3 "$SRC/tests/mailed.py" "$T/auto/outgoing" \
    nhansu@maymac-thunghiem.example > "$T/have"
grep -q 'trước ngày 15/5/2026' "$T/have"
ok $? "a request by policy names a day to come" "$T/have"

# one mail of two units: what is thought of each stands in the receipt
new_office c small
both=tdp.liencum@hopthu.example
mail c 2026-05-16T09:00:00+07:00 m10-zip-late \
    "s/nhansu@maymac-thunghiem.example/$both/"
round c 2026-05-16T09:10:00+07:00
command_at c 2026-05-16T09:20:00+07:00 extend TDP08 2026-05-20
command_at c 2026-05-16T09:20:00+07:00 excuse TDP07 --section V
id=$("$BUILD/tiepnhan" -c "$T/c/etc/tiepnhan.conf" list --json \
    --now 2026-05-16T09:21:00+07:00 | python3 -c '
import json, sys
print(json.load(sys.stdin)[0]["id"])')
command_at c 2026-05-16T09:22:00+07:00 assign "$id" TDP08 TDP07
round c 2026-05-16T09:25:00+07:00
python3 "$SRC/tests/mailed.py" "$T/c/outgoing" $both | python3 -c '
import json, sys
print(json.loads(sys.stdin.readline())["text"])' > "$T/have"
seven="Chi bộ Tổ dân phố số 7" eight="Chi bộ Tổ dân phố số 8"
grep -q "^- Tình trạng: $seven: trễ hạn 2 ngày. $eight: đúng hạn" "$T/have"
ok $? "the receipt of a joint report has each unit's time" "$T/have"
grep -q "^- Các mục chưa thấy: $eight: V\. " "$T/have"
ok $? "and whose section is missing" "$T/have"

# ---- a backlog: the first receipts do not wait for the last mail
new_office many
python3 "$SRC/tests/bench/make_reports.py" mails "$T/many/mail" 200 \
    "$T/many/etc/units.csv"
round many 2026-05-12T17:00:00+07:00
log=$T/many/state/status/status.log
first=$(grep -n -m 1 'BÁO NHẬN' "$log" | cut -d: -f 1)
last=$(grep -n 'ĐÃ NỘP' "$log" | tail -n 1 | cut -d: -f 1)
grep -c 'BÁO NHẬN' "$log" > "$T/why"
[ "${first:-0}" -gt 0 ] && [ "$first" -lt "${last:-0}" ]
ok $? "receipts go while the rest of a backlog is read" "$T/why"

# what came on a stick lacks a section: asked for by the clerk's word alone
new_office d
edit d supplement auto
cp "$samples/reports/bc-may-mac-thu-nghiem.docx" "$T/usb.docx"
command_at d 2026-05-12T09:00:00+07:00 add "$T/usb.docx" --unit DN-VT \
    --channel usb
walk d 2026 05-12T10:00
asked() { # requests to that unit so far
    python3 "$SRC/tests/mailed.py" "$T/d/outgoing" \
        vanthu@vantai-thunghiem.example |
        grep -c '"subject": "\[Đề nghị bổ sung'
}
asked > "$T/have"
command_at d 2026-05-12T10:10:00+07:00 supplement DN-VT
walk d 2026 05-13T10:20
asked >> "$T/have"
printf '0\n1\n' > "$T/want"
same "a request that the clerk agreed to goes, however the report came" \
    "$T/want" "$T/have"
cp "$T/d/etc/units.csv" "$T/units.csv"
sed -i 's/^\(DN-VT,.*\)vanthu@vantai-thunghiem.example/\1/' \
    "$T/d/etc/units.csv"
"$BUILD/tiepnhan" -c "$T/d/etc/tiepnhan.conf" supplement DN-VT \
    --now 2026-05-13T10:30:00+07:00 > "$T/have" 2>&1
[ $? -eq 65 ] && grep -q 'đề nghị gọi điện' "$T/have"
ok $? "and where none can go, the clerk is told" "$T/have"
cp "$T/units.csv" "$T/d/etc/units.csv"
id=$("$BUILD/tiepnhan" -c "$T/d/etc/tiepnhan.conf" list --json \
    --now 2026-05-13T10:35:00+07:00 | python3 -c '
import json, sys
print(json.load(sys.stdin)[0]["id"])')
command_at d 2026-05-13T10:35:00+07:00 return "$id" --reason "thiếu chữ ký"
walk d 2026 05-14T09:00
python3 "$SRC/tests/mailed.py" "$T/d/outgoing" vanthu@vantai-thunghiem.example |
    tail -n 1 > "$T/have"
grep -q 'thiếu chữ ký' "$T/have"
ok $? "a unit is told of a report sent back, however it came" "$T/have"
